/** Importing a folder of files at once: one reading, one report, one yes. */
import { useState } from 'react';
import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { IconFiles, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileRead } from '../../../../shared/host';
import type { ReadSet } from '../../../exchange/readMany';
import exchange from '../exchange.module.css';
import { FilesProgress } from '../FilesProgress';
import { RefusalNote } from '../RefusalNote';
import { StepsDialog } from '../StepsDialog';
import { ManyReportView } from './ManyReportView';
import { useImportMany, type ManySteps } from './useImportMany';

interface ImportManyDialogProps {
  readonly opened: boolean;
  /** Dropped, or opened from outside; empty to ask. */
  readonly files: readonly FileRead[];
  readonly onClose: () => void;
  /** Goes on to the files back; only where there are several to write. */
  readonly onReturns?: (() => void) | undefined;
}

export function ImportManyDialog({ opened, ...rest }: ImportManyDialogProps) {
  const { t } = useTranslation();
  return (
    <StepsDialog opened={opened} title={t('folder:title')} size={1000} onClose={rest.onClose}>
      <Steps {...rest} />
    </StepsDialog>
  );
}

function Steps({ files, onClose, onReturns }: Omit<ImportManyDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const steps = useImportMany(files);
  const { state } = steps;
  switch (state.step) {
    case 'choose':
      return <Choose steps={steps} />;
    case 'working':
      return (
        <FilesProgress
          doing={t(`folder:doing.${state.doing}`)}
          progress={state.progress}
          help={t(state.doing === 'apply' ? 'folder:cancelApply' : 'folder:nothingYet')}
          onCancel={() => steps.cancel()}
        />
      );
    case 'locked':
      return <Locked set={state.set} tried={state.tried} steps={steps} />;
    case 'report':
      return (
        <ManyReportView
          report={state.report}
          done={false}
          onApply={() => void steps.apply()}
          onClose={onClose}
        />
      );
    case 'done':
      return <ManyReportView report={state.report} done onClose={onClose} onReturns={onReturns} />;
  }
}

function Choose({ steps }: { readonly steps: ManySteps }) {
  const { t } = useTranslation();
  const { state } = steps;
  return (
    <Stack gap="md">
      <Text size="sm">{t('folder:lead')}</Text>
      {state.step === 'choose' && <RefusalNote refusal={state.refusal} />}
      {state.step === 'choose' && state.empty !== undefined && (
        <Alert color="orange" role="alert">
          {t('folder:empty', { name: state.empty })}
        </Alert>
      )}
      <Group gap="sm">
        <Button
          size="sm"
          leftSection={<IconFolderOpen size={16} aria-hidden />}
          onClick={() => void steps.chooseFolder()}
          data-autofocus
        >
          {t('folder:chooseFolder')}
        </Button>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconFiles size={16} aria-hidden />}
          onClick={() => void steps.chooseFiles()}
        >
          {t('folder:chooseFiles')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('folder:nothingYet')}
      </Text>
    </Stack>
  );
}

interface LockedProps {
  readonly set: ReadSet;
  readonly tried: boolean;
  readonly steps: ManySteps;
}

function Locked({ set, tried, steps }: LockedProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) void steps.unlock(passphrase);
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('folder:locked.lead', { count: set.locked.length })}</Text>
        {tried && (
          <Alert color="red" role="alert">
            {t('folder:locked.wrong', { count: set.locked.length })}
          </Alert>
        )}
        <ul className={exchange.rows} style={{ maxHeight: 220, overflow: 'auto' }}>
          {set.locked.map(({ name }) => (
            <li key={name}>
              <span className={exchange.fileName}>{name}</span>
            </li>
          ))}
        </ul>
        <PasswordInput
          size="sm"
          label={t('exchange:in.passphrase')}
          description={t('folder:locked.help')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoFocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={() => void steps.leaveLocked()}>
            {t('folder:locked.leave')}
          </Button>
          <Button type="submit" size="sm" disabled={!passphrase}>
            {t('folder:locked.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
