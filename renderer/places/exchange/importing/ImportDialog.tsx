/** Importing a file, from choosing it to the result. */
import { useState } from 'react';
import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import type { Refusal } from '../../../../shared/result';
import { sizeText } from '../deviceNames';
import classes from '../exchange.module.css';
import { ProgressView } from '../ProgressView';
import { RefusalNote } from '../RefusalNote';
import { StepsDialog } from '../StepsDialog';
import { ChooseFile } from './ChooseFile';
import { ImportDone } from './ImportDone';
import { ImportReport } from './ImportReport';
import { useImport, type Secret } from './useImport';

interface ImportDialogProps {
  readonly opened: boolean;
  /** Dropped on the window, or opened from outside. */
  readonly file: OpenedFile | undefined;
  readonly onClose: () => void;
  readonly onSendBack: (replica: string) => void;
  readonly onApplied?: (() => void) | undefined;
}

export function ImportDialog({ opened, ...rest }: ImportDialogProps) {
  const { t } = useTranslation();
  return (
    <StepsDialog opened={opened} title={t('exchange:in.title')} size={920} onClose={rest.onClose}>
      <ImportSteps {...rest} />
    </StepsDialog>
  );
}

function ImportSteps(props: Omit<ImportDialogProps, 'opened'>) {
  const { file, onClose, onSendBack, onApplied } = props;
  const steps = useImport({ initial: file, onClose, onApplied });
  const { state } = steps;
  switch (state.step) {
    case 'choose':
      return (
        <ChooseFile
          file={state.file}
          refusal={state.refusal}
          onChoose={steps.choose}
          onDrop={steps.drop}
          onFile={steps.take}
          onRecoveryKey={steps.askRecoveryKey}
          onClose={onClose}
        />
      );
    case 'secret':
      return (
        <AskSecret
          key={state.secret}
          secret={state.secret}
          file={state.file}
          refusal={state.refusal}
          onAnother={() => void steps.choose()}
          onRead={(typed) => void steps.read(typed)}
        />
      );
    case 'reading':
      return <ProgressView report={state.report} onCancel={steps.cancel} />;
    case 'applying':
      return <ProgressView report={{ stage: 'save', done: 0, total: 0 }} />;
    case 'report':
      return (
        <ImportReport
          ready={state.ready}
          refusal={state.refusal}
          onApply={() => void steps.apply()}
          onClose={onClose}
        />
      );
    case 'done':
      return (
        <ImportDone
          ready={state.ready}
          entry={state.entry}
          onClose={onClose}
          onSendBack={onSendBack}
        />
      );
  }
}

interface AskSecretProps {
  readonly secret: Secret;
  readonly file: OpenedFile;
  readonly refusal: Refusal | undefined;
  readonly onAnother: () => void;
  readonly onRead: (typed: string) => void;
}

function AskSecret({ secret, file, refusal, onAnother, onRead }: AskSecretProps) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed) onRead(typed);
      }}
    >
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">
            <span className={classes.fileName}>{file.name}</span>{' '}
            <Text span inherit c="dimmed">
              {sizeText(file.bytes.length, i18n.language)}
            </Text>
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={onAnother}>
            {t('exchange:in.another')}
          </Button>
        </Group>
        <RefusalNote refusal={refusal} />
        <PasswordInput
          size="sm"
          label={t(`exchange:in.${secret}`)}
          description={secret === 'recoveryKey' ? t('exchange:in.recoveryKeyHelp') : undefined}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoFocus
        />
        <Text size="sm" c="dimmed">
          {t('exchange:in.nothingYet')}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" size="sm" disabled={!typed}>
            {t('exchange:in.read')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
