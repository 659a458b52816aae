/** Writing a file: for whom, what, how it is protected; then progress, then what to do with it. */
import { useRef, useState } from 'react';
import { Alert } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Host } from '../../../../shared/host';
import type { Result } from '../../../../shared/result';
import { useHost, useVault } from '../../../app/vaultContext';
import type { ProgressReport } from '../../../exchange/engine';
import { exportExtract } from '../../../exchange/extractFile';
import { exportPackage, type ExportContent } from '../../../exchange/exportFile';
import type { ExchangeEntry } from '../../../store/exchangeStore';
import type { Vault } from '../../../store/vault';
import { exchangeRefusal } from '../deviceNames';
import { ProgressView } from '../ProgressView';
import { StepsDialog } from '../StepsDialog';
import type { ExportChoice } from './choices';
import { ExportDone } from './ExportDone';
import { ExportForm } from './ExportForm';

interface ExportDialogProps {
  readonly opened: boolean;
  /** Replica of the peer chosen beforehand. */
  readonly to: string | undefined;
  readonly content?: ExportContent | undefined;
  readonly onClose: () => void;
}

type State =
  | { readonly step: 'form'; readonly note?: string | undefined }
  | { readonly step: 'working'; readonly report?: ProgressReport }
  | { readonly step: 'done'; readonly entry: ExchangeEntry; readonly choice: ExportChoice };

export function ExportDialog({ opened, ...rest }: ExportDialogProps) {
  const { t } = useTranslation();
  return (
    <StepsDialog opened={opened} title={t('exchange:out.title')} size={720} onClose={rest.onClose}>
      <ExportSteps {...rest} />
    </StepsDialog>
  );
}

function ExportSteps({ to, content, onClose }: Omit<ExportDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<State>({ step: 'form' });
  const running = useRef<AbortController>(undefined);

  async function write(choice: ExportChoice): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working' });
    const result = await writeFile(vault, host, choice, t, {
      signal: controller.signal,
      onProgress: (report) => setState({ step: 'working', report }),
    });
    if (!result.ok) setState({ step: 'form', note: exchangeRefusal(vault, result.refusal, t) });
    else if (result.value) setState({ step: 'done', entry: result.value, choice });
    else setState({ step: 'form', note: t('exchange:out.gone') });
  }
  const note = state.step === 'form' && state.note && (
    <Alert color="orange" role="alert">
      {state.note}
    </Alert>
  );
  if (state.step === 'done') return <ExportDone {...state} onClose={onClose} />;
  return (
    <>
      {/* Kept while the file is written, so that a refusal loses nothing that was typed. */}
      <div hidden={state.step !== 'form'}>
        <ExportForm
          to={to}
          content={content}
          onSubmit={(choice) => void write(choice)}
          onCancel={onClose}
          note={note}
        />
      </div>
      {state.step === 'working' && (
        <ProgressView report={state.report} onCancel={() => running.current?.abort()} />
      )}
    </>
  );
}

interface Running {
  readonly signal: AbortSignal;
  readonly onProgress: (report: ProgressReport) => void;
}

function writeFile(
  vault: Vault,
  host: Host,
  choice: ExportChoice,
  t: TFunction,
  running: Running,
): Promise<Result<ExchangeEntry | null>> {
  const common = { ...running, filterName: t('exchange:filter') };
  switch (choice.sort) {
    case 'extract':
      return exportExtract(vault, host, {
        ...common,
        scope: choice.scope,
        budget: choice.budget,
        passphrase: { kind: 'passphrase', passphrase: choice.passphrase },
      });
    case 'passphrase':
      return exportPackage(vault, host, {
        ...common,
        peer: choice.peer,
        content: choice.content,
        seal: { kind: 'passphrase', passphrase: choice.passphrase },
      });
    case 'devices': {
      const { receivers, content, encrypted, blobs } = choice;
      const peers = receivers.map(({ peer }) => peer);
      const one = peers.length === 1 ? peers[0] : undefined;
      return exportPackage(vault, host, {
        ...common,
        peer: one,
        ...(one ? {} : { peers }),
        content,
        blobs,
        seal: encrypted
          ? { kind: 'recipients', devices: receivers.map(({ device }) => device) }
          : { kind: 'clear' },
      });
    }
  }
}
