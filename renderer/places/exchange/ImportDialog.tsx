/** Importing a file, from choosing it to the result. */
import { useState } from 'react';
import { Button, Group, Modal, PasswordInput, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../shared/host';
import type { Refusal } from '../../../shared/result';
import { filesOf } from '../../app/drop/dropped';
import { PathField } from '../../app/drop/PathField';
import { receiveFiles } from '../../app/drop/receive';
import { useVault } from '../../app/vaultContext';
import { sizeText } from './deviceNames';
import classes from './exchange.module.css';
import { ImportDone } from './ImportDone';
import { ImportReport } from './ImportReport';
import { ProgressView } from './ProgressView';
import { RefusalNote } from './RefusalNote';
import { useImport } from './useImport';

interface ImportDialogProps {
  readonly opened: boolean;
  /** A file dropped on the page. */
  readonly file: OpenedFile | undefined;
  readonly onClose: () => void;
  readonly onSendBack: (replica: string) => void;
}

export function ImportDialog({ opened, ...rest }: ImportDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={rest.onClose}
      title={t('exchange:in.title')}
      size={920}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('exchange:close') }}
    >
      {opened && <ImportSteps {...rest} />}
    </Modal>
  );
}

function ImportSteps({ file, onClose, onSendBack }: Omit<ImportDialogProps, 'opened'>) {
  const steps = useImport(file);
  const { state } = steps;
  switch (state.step) {
    case 'choose':
      return (
        <ChooseFile
          name={state.name}
          refusal={state.refusal}
          onChoose={steps.choose}
          onDrop={steps.drop}
          onFile={steps.take}
          onSeveral={onClose}
        />
      );
    case 'passphrase':
      return (
        <AskPassphrase
          file={state.file}
          refusal={state.refusal}
          onAnother={() => void steps.choose()}
          onRead={(passphrase) => void steps.read(passphrase)}
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

interface ChooseFileProps {
  /** File that was refused. */
  readonly name: string | undefined;
  readonly refusal: Refusal | undefined;
  readonly onChoose: () => Promise<void>;
  readonly onDrop: (file: File) => Promise<void>;
  readonly onFile: (file: OpenedFile) => void;
  /** Several files are for the import of many. */
  readonly onSeveral: () => void;
}

function ChooseFile({ name, refusal, onChoose, onDrop, onFile, onSeveral }: ChooseFileProps) {
  const { t } = useTranslation();
  const vault = useVault();
  return (
    <Stack gap="sm">
      {name && <span className={classes.fileName}>{name}</span>}
      <RefusalNote refusal={refusal} />
      <UnstyledButton
        className={classes.dropZone ?? ''}
        onClick={() => void onChoose()}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const [file, second] = event.dataTransfer.files;
          if (second) {
            const read = filesOf(event.dataTransfer);
            onSeveral();
            void read().then((files) => receiveFiles(vault, files));
          } else if (file) void onDrop(file);
        }}
        data-autofocus
      >
        <IconFileImport size={30} stroke={1.4} aria-hidden />
        <Text size="sm" mt="xs">
          {t('exchange:in.dropHere')}
        </Text>
      </UnstyledButton>
      <PathField onFile={onFile} />
      <Text size="sm" c="dimmed">
        {t('exchange:in.nothingYet')}
      </Text>
    </Stack>
  );
}

interface AskPassphraseProps {
  readonly file: OpenedFile;
  readonly refusal: Refusal | undefined;
  readonly onAnother: () => void;
  readonly onRead: (passphrase: string) => void;
}

function AskPassphrase({ file, refusal, onAnother, onRead }: AskPassphraseProps) {
  const { t, i18n } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) onRead(passphrase);
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
          label={t('exchange:in.passphrase')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoFocus
        />
        <Text size="sm" c="dimmed">
          {t('exchange:in.nothingYet')}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" size="sm" disabled={!passphrase}>
            {t('exchange:in.read')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
