/** Writing a file: for whom, what, under which passphrase; then progress, then what to do with it. */
import { useRef, useState } from 'react';
import { Alert, Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../shared/result';
import { useHost, useVault } from '../../app/vaultContext';
import type { ProgressReport } from '../../exchange/engine';
import { exportPackage } from '../../exchange/exportFile';
import type { ExchangeEntry } from '../../store/exchangeStore';
import { exchangeRefusal, sizeText } from './deviceNames';
import { ExportForm, type ExportChoice } from './ExportForm';
import classes from './exchange.module.css';
import { ProgressView } from './ProgressView';

interface ExportDialogProps {
  readonly opened: boolean;
  /** Replica of the peer chosen beforehand. */
  readonly to: string | undefined;
  readonly onClose: () => void;
}

type State =
  | { readonly step: 'form'; readonly note?: string | undefined }
  | { readonly step: 'working'; readonly report?: ProgressReport }
  | { readonly step: 'done'; readonly entry: ExchangeEntry; readonly passphrase: string };

export function ExportDialog({ opened, to, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('exchange:out.title')}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('exchange:close') }}
    >
      {opened && <ExportSteps to={to} onClose={onClose} />}
    </Modal>
  );
}

function ExportSteps({ to, onClose }: Omit<ExportDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<State>({ step: 'form' });
  const running = useRef<AbortController>(undefined);

  async function write({ peer, content, passphrase }: ExportChoice): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working' });
    const result = await exportPackage(vault, host, {
      peer: vault.exchange.peers().find((known) => known.replica === peer),
      content,
      seal: { kind: 'passphrase', passphrase },
      filterName: t('exchange:filter'),
      signal: controller.signal,
      onProgress: (report) => setState({ step: 'working', report }),
    });
    if (!result.ok) setState({ step: 'form', note: words(result.refusal) });
    else if (result.value) setState({ step: 'done', entry: result.value, passphrase });
    else setState({ step: 'form', note: t('exchange:out.gone') });
  }
  const words = (refusal: Refusal) => exchangeRefusal(vault, refusal, t);
  const form = (
    <ExportForm to={to} onSubmit={(choice) => void write(choice)} onCancel={onClose}>
      {state.step === 'form' && state.note && (
        <Alert color="orange" role="alert">
          {state.note}
        </Alert>
      )}
    </ExportForm>
  );
  return (
    <>
      {/* Kept while the file is written, so that a refusal loses nothing that was typed. */}
      <div hidden={state.step !== 'form'}>{form}</div>
      {state.step === 'working' && (
        <ProgressView report={state.report} onCancel={() => running.current?.abort()} />
      )}
      {state.step === 'done' && <Done {...state} onClose={onClose} />}
    </>
  );
}

interface DoneProps {
  readonly entry: ExchangeEntry;
  readonly passphrase: string;
  readonly onClose: () => void;
}

function Done({ entry, passphrase, onClose }: DoneProps) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap="sm">
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t('exchange:out.done')}>
        {t('exchange:out.doneText', {
          name: entry.name,
          size: sizeText(entry.bytes, i18n.language),
        })}
      </Alert>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('exchange:out.doneCopy')}
        </Text>
        <span className={classes.fileName}>{passphrase}</span>
        <CopyButton value={passphrase}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? 'exchange:out.copied' : 'exchange:out.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Group justify="flex-end">
        <Button size="sm" onClick={onClose} data-autofocus>
          {t('exchange:close')}
        </Button>
      </Group>
    </Stack>
  );
}
