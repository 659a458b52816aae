/** Where a file is chosen or dropped; and what can be done about one that was refused. */
import { Alert, Anchor, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import type { Refusal } from '../../../../shared/result';
import { filesOf } from '../../../app/drop/dropped';
import { PathField } from '../../../app/drop/PathField';
import { receiveFiles } from '../../../app/drop/receive';
import { showDone, showRefusal } from '../../../app/notices';
import { useHostInfo, useVault } from '../../../app/vaultContext';
import classes from '../exchange.module.css';
import { RefusalNote } from '../RefusalNote';

interface ChooseFileProps {
  /** The file that was refused. */
  readonly file: OpenedFile | undefined;
  readonly refusal: Refusal | undefined;
  readonly onChoose: () => Promise<void>;
  readonly onDrop: (file: File) => Promise<void>;
  readonly onFile: (file: OpenedFile) => void;
  readonly onRecoveryKey: () => void;
  readonly onClose: () => void;
}

export function ChooseFile(props: ChooseFileProps) {
  const { file, refusal, onChoose, onDrop, onFile, onRecoveryKey, onClose } = props;
  const { t } = useTranslation();
  const vault = useVault();
  return (
    <Stack gap="sm">
      {file && <span className={classes.fileName}>{file.name}</span>}
      <RefusalNote refusal={refusal} />
      {refusal?.code === 'exchange.recipient' && (
        <Anchor component="button" type="button" size="sm" onClick={onRecoveryKey}>
          {t('exchange:in.useRecoveryKey')}
        </Anchor>
      )}
      {file && refusal?.code === 'exchange.newer' && <KeepFile file={file} onKept={onClose} />}
      <UnstyledButton
        className={classes.dropZone ?? ''}
        onClick={() => void onChoose()}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const [first, second] = event.dataTransfer.files;
          if (second) {
            // Several files are for the import of many.
            const read = filesOf(event.dataTransfer);
            onClose();
            void read().then((files) => receiveFiles(vault, files));
          } else if (first) void onDrop(first);
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

/** A file of a later release is kept whole rather than misread. */
function KeepFile({ file, onKept }: { readonly file: OpenedFile; readonly onKept: () => void }) {
  const { t } = useTranslation();
  const vault = useVault();
  const { version } = useHostInfo();
  async function keep(): Promise<void> {
    const kept = await vault.heldFiles.keep(file, version);
    if (!kept.ok) return showRefusal(kept.refusal);
    showDone(t('exchange:held.kept', { name: file.name }));
    onKept();
  }
  return (
    <Alert color="harbour">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('exchange:held.offer')}</Text>
        <Button size="xs" onClick={() => void keep()}>
          {t('exchange:held.keep')}
        </Button>
      </Group>
    </Alert>
  );
}
