/** The steps of importing many files: choose, read, passphrase, report, apply. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exchangeExtension, type FileRead, type OpenedFile } from '../../../../shared/host';
import { ok, type Refusal } from '../../../../shared/result';
import { useHost, useHostInfo, useVault } from '../../../app/vaultContext';
import { applyMany, planMany } from '../../../exchange/importMany';
import type { ManyReport } from '../../../exchange/manyReport';
import { readMany, type ManyProgress, type ReadSet } from '../../../exchange/readMany';
import { createWorkerPool } from '../../../exchange/workerPool';

type Doing = 'read' | 'plan' | 'apply';

export type ManyState =
  | { readonly step: 'choose'; readonly refusal?: Refusal; readonly empty?: string }
  | { readonly step: 'working'; readonly doing: Doing; readonly progress?: ManyProgress }
  | { readonly step: 'locked'; readonly set: ReadSet; readonly tried: boolean }
  | { readonly step: 'report'; readonly set: ReadSet; readonly report: ManyReport }
  | { readonly step: 'done'; readonly report: ManyReport };

export interface ManySteps {
  readonly state: ManyState;
  chooseFolder(): Promise<void>;
  chooseFiles(): Promise<void>;
  read(files: readonly FileRead[]): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  /** Goes on without the files that no passphrase opened. */
  leaveLocked(): Promise<void>;
  apply(): Promise<void>;
  cancel(): void;
}

export function useImportMany(initial: readonly FileRead[]): ManySteps {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const { version } = useHostInfo();
  const [state, setState] = useState<ManyState>({ step: 'choose' });
  const running = useRef<AbortController>(undefined);
  const begun = useRef(false);

  /** A closed dialogue leaves nothing at work. */
  useEffect(() => () => running.current?.abort(), []);

  function begin(doing: Doing) {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working', doing });
    const onProgress = (progress: ManyProgress) => {
      if (!controller.signal.aborted) setState({ step: 'working', doing, progress });
    };
    return { signal: controller.signal, onProgress };
  }

  async function open(
    files: readonly FileRead[],
    passphrase: string | undefined,
    earlier: ReadSet | undefined,
  ): Promise<void> {
    const options = begin('read');
    const pool = createWorkerPool();
    const set = await readMany(vault, {
      files,
      engine: pool.engine,
      ...(passphrase === undefined ? {} : { passphrase }),
      ...options,
    });
    pool.close();
    if (options.signal.aborted) {
      setState(earlier ? { step: 'locked', set: earlier, tried: false } : { step: 'choose' });
      return;
    }
    const all = earlier ? joined(earlier, set) : set;
    if (all.locked.length) {
      setState({ step: 'locked', set: all, tried: passphrase !== undefined });
    } else await plan(all);
  }

  async function plan(set: ReadSet): Promise<void> {
    const options = begin('plan');
    const report = await planMany(vault, set, options);
    if (options.signal.aborted) setState({ step: 'choose' });
    else setState({ step: 'report', set, report });
  }

  async function read(files: readonly FileRead[]): Promise<void> {
    await open(distinct(files), undefined, undefined);
  }

  useEffect(() => {
    // Once, although React mounts twice while developing.
    if (begun.current || !initial.length) return;
    begun.current = true;
    void read(initial);
  });

  return {
    state,
    read,
    async chooseFolder() {
      const folder = await host.openFolder({ extensions: [exchangeExtension] });
      if (!folder.ok) setState({ step: 'choose', refusal: folder.refusal });
      else if (folder.value?.files.length) await read(folder.value.files);
      else if (folder.value) setState({ step: 'choose', empty: folder.value.name });
    },
    async chooseFiles() {
      const filters = [{ name: t('exchange:filter'), extensions: [exchangeExtension] }];
      const opened = await host.openFiles({ filters, multiple: true });
      if (!opened.ok) setState({ step: 'choose', refusal: opened.refusal });
      else if (opened.value.length) await read(opened.value.map(asRead));
    },
    async unlock(passphrase) {
      if (state.step === 'locked') await open(state.set.locked.map(asRead), passphrase, state.set);
    },
    async leaveLocked() {
      if (state.step !== 'locked') return;
      const { set } = state;
      const refused = set.locked.map(({ name }) => ({
        name,
        refusal: { code: 'folder.locked' } as const,
      }));
      await plan({ ...set, locked: [], refused: [...set.refused, ...refused] });
    },
    async apply() {
      if (state.step !== 'report') return;
      const report = await applyMany(vault, state.set, { ...begin('apply'), release: version });
      setState({ step: 'done', report });
    },
    cancel: () => running.current?.abort(),
  };
}

const asRead = ({ name, bytes }: OpenedFile): FileRead => ({ name, read: ok(bytes) });

const joined = (earlier: ReadSet, now: ReadSet): ReadSet => ({
  opened: [...earlier.opened, ...now.opened],
  refused: [...earlier.refused, ...now.refused],
  locked: now.locked,
});

/** Names tell files apart in the report; two folders may each have an `a.holdfast`. */
function distinct(files: readonly FileRead[]): readonly FileRead[] {
  const names = new Set<string>();
  return files.map((file) => {
    let { name } = file;
    for (let n = 2; names.has(name); n += 1) name = `${file.name} (${n})`;
    names.add(name);
    return name === file.name ? file : { ...file, name };
  });
}
