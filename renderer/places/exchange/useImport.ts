/** The steps of an import: choose, passphrase, read, report, apply. Nothing is touched before apply. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../shared/host';
import type { Refusal } from '../../../shared/result';
import { useHost, useVault } from '../../app/vaultContext';
import type { ProgressReport } from '../../exchange/engine';
import { EXTENSION } from '../../exchange/exportFile';
import { applyPackage, readPackage, type ReadyImport } from '../../exchange/importFile';
import type { ExchangeEntry } from '../../store/exchangeStore';

export type ImportState =
  | { readonly step: 'choose'; readonly refusal?: Refusal | undefined; readonly name?: string }
  | { readonly step: 'passphrase'; readonly file: OpenedFile; readonly refusal?: Refusal }
  | { readonly step: 'reading'; readonly file: OpenedFile; readonly report?: ProgressReport }
  | { readonly step: 'report'; readonly ready: ReadyImport; readonly refusal?: Refusal }
  | { readonly step: 'applying'; readonly ready: ReadyImport }
  | { readonly step: 'done'; readonly ready: ReadyImport; readonly entry: ExchangeEntry };

/** After these the same file may be opened after all; every other refusal needs another file. */
const AGAIN: ReadonlySet<string> = new Set(['exchange.passphrase', 'exchange.cancelled']);

export interface ImportSteps {
  readonly state: ImportState;
  choose(): Promise<void>;
  drop(file: File): Promise<void>;
  take(file: OpenedFile): void;
  read(passphrase: string): Promise<void>;
  cancel(): void;
  apply(): Promise<void>;
}

export function useImport(initial: OpenedFile | undefined): ImportSteps {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<ImportState>(
    initial ? { step: 'passphrase', file: initial } : { step: 'choose' },
  );
  const running = useRef<AbortController>(undefined);

  return {
    state,
    async choose() {
      const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
      const opened = await host.openFiles({ filters, multiple: false });
      if (!opened.ok) setState({ step: 'choose', refusal: opened.refusal });
      else if (opened.value[0]) setState({ step: 'passphrase', file: opened.value[0] });
    },
    take: (file) => setState({ step: 'passphrase', file }),
    async drop(file) {
      setState({ step: 'passphrase', file: await fileOf(file) });
    },
    async read(passphrase) {
      if (state.step !== 'passphrase') return;
      const { file } = state;
      const controller = new AbortController();
      running.current = controller;
      setState({ step: 'reading', file });
      const result = await readPackage(vault, {
        file,
        passphrase,
        signal: controller.signal,
        onProgress: (report) => setState({ step: 'reading', file, report }),
      });
      if (result.ok) setState({ step: 'report', ready: result.value });
      else if (AGAIN.has(result.refusal.code)) {
        setState({ step: 'passphrase', file, refusal: result.refusal });
      } else setState({ step: 'choose', name: file.name, refusal: result.refusal });
    },
    cancel: () => running.current?.abort(),
    async apply() {
      if (state.step !== 'report') return;
      const { ready } = state;
      setState({ step: 'applying', ready });
      const result = await applyPackage(vault, ready);
      if (result.ok) setState({ step: 'done', ready, entry: result.value });
      else setState({ step: 'report', ready, refusal: result.refusal });
    },
  };
}

export const fileOf = async (file: File): Promise<OpenedFile> => ({
  name: file.name,
  bytes: new Uint8Array(await file.arrayBuffer()),
});
