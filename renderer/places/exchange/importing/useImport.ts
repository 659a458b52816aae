/** The steps of an import: choose, open, report, apply. Nothing is touched before apply. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import type { Refusal } from '../../../../shared/result';
import { useHost, useVault } from '../../../app/vaultContext';
import { tidyRecoveryKey } from '../../../exchange/enrol';
import type { ProgressReport } from '../../../exchange/engine';
import { EXTENSION } from '../../../exchange/exportFile';
import { applyPackage, readPackage, type ReadyImport } from '../../../exchange/importFile';
import { sortOf } from '../../../exchange/seal';
import type { ExchangeEntry } from '../../../store/exchangeStore';
import { tookRequest } from '../devices/enrolling';

/** Asked for only where the file cannot be opened without. */
export type Secret = 'passphrase' | 'recoveryKey';

export type ImportState =
  | {
      readonly step: 'choose';
      /** The file that was refused, and why. */
      readonly refusal?: Refusal | undefined;
      readonly file?: OpenedFile;
    }
  | {
      readonly step: 'secret';
      readonly secret: Secret;
      readonly file: OpenedFile;
      readonly refusal?: Refusal;
    }
  | { readonly step: 'reading'; readonly file: OpenedFile; readonly report?: ProgressReport }
  | {
      readonly step: 'report';
      readonly file: OpenedFile;
      readonly ready: ReadyImport;
      readonly refusal?: Refusal;
    }
  | { readonly step: 'applying'; readonly ready: ReadyImport }
  | { readonly step: 'done'; readonly ready: ReadyImport; readonly entry: ExchangeEntry };

/** After these the same file may be opened after all; every other refusal needs another file. */
const AGAIN: ReadonlySet<string> = new Set([
  'exchange.passphrase',
  'exchange.cancelled',
  'trust.recoveryKey',
]);

export interface ImportSteps {
  readonly state: ImportState;
  choose(): Promise<void>;
  drop(file: File): Promise<void>;
  take(file: OpenedFile): void;
  /** With what the person typed. */
  read(typed: string): Promise<void>;
  askRecoveryKey(): void;
  cancel(): void;
  apply(): Promise<void>;
}

interface ImportOptions {
  /** Dropped, opened from outside, or kept from an earlier release. */
  readonly initial: OpenedFile | undefined;
  readonly onClose: () => void;
  readonly onApplied: (() => void) | undefined;
}

export function useImport({ initial, onClose, onApplied }: ImportOptions): ImportSteps {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<ImportState>({ step: 'choose' });
  const running = useRef<AbortController>(undefined);
  const started = useRef(false);

  async function open(
    file: OpenedFile,
    secret?: { readonly is: Secret; readonly typed: string },
  ): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'reading', file });
    const recoveryKey =
      secret?.is === 'recoveryKey' ? await tidyRecoveryKey(secret.typed) : undefined;
    if (secret?.is === 'recoveryKey' && !recoveryKey) {
      setState({ ...secretStep('recoveryKey', file), refusal: { code: 'trust.recoveryKey' } });
      return;
    }
    const result = await readPackage(vault, {
      file,
      ...(secret?.is === 'passphrase' ? { passphrase: secret.typed } : {}),
      ...(recoveryKey ? { recoveryKey } : {}),
      signal: controller.signal,
      onProgress: (report) => setState({ step: 'reading', file, report }),
    });
    if (result.ok) setState({ step: 'report', file, ready: result.value });
    else if (secret && AGAIN.has(result.refusal.code)) {
      setState({ ...secretStep(secret.is, file), refusal: result.refusal });
    } else setState({ step: 'choose', file, refusal: result.refusal });
  }

  /** A passphrase is asked for only when the file says that it needs one. */
  async function begin(file: OpenedFile): Promise<void> {
    if (sortOf(file.bytes) === 'request') {
      // Closing goes back to the place, so the way to the devices comes after it.
      onClose();
      tookRequest(file);
    } else if (sortOf(file.bytes) === 'passphrase') setState(secretStep('passphrase', file));
    else await open(file);
  }

  useEffect(() => {
    if (!initial || started.current) return;
    started.current = true;
    void begin(initial);
    // Once, with the file that the dialogue was opened for.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [initial]);

  return {
    state,
    async choose() {
      const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
      const opened = await host.openFiles({ filters, multiple: false });
      if (!opened.ok) setState({ step: 'choose', refusal: opened.refusal });
      else if (opened.value[0]) await begin(opened.value[0]);
    },
    drop: async (file) => begin(await fileOf(file)),
    take: (file) => void begin(file),
    async read(typed) {
      if (state.step === 'secret') await open(state.file, { is: state.secret, typed });
    },
    askRecoveryKey() {
      if (state.step === 'choose' && state.file) setState(secretStep('recoveryKey', state.file));
    },
    cancel: () => running.current?.abort(),
    async apply() {
      if (state.step !== 'report') return;
      const { ready, file } = state;
      setState({ step: 'applying', ready });
      const result = await applyPackage(vault, ready);
      if (!result.ok) {
        setState({ step: 'report', file, ready, refusal: result.refusal });
        return;
      }
      onApplied?.();
      setState({ step: 'done', ready, entry: result.value });
    },
  };
}

const secretStep = (secret: Secret, file: OpenedFile) =>
  ({ step: 'secret', secret, file }) satisfies ImportState;

const fileOf = async (file: File): Promise<OpenedFile> => ({
  name: file.name,
  bytes: new Uint8Array(await file.arrayBuffer()),
});
