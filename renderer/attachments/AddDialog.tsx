/** What is about to be attached: names, captions, smaller copies of photos; then progress. */
import { useEffect, useRef, useState } from 'react';
import { Button, Group, Loader, Modal, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordId } from '../../shared/log/change';
import type { Refusal } from '../../shared/result';
import { showDone } from '../app/notices';
import { showRefusal, undoAndTell } from '../app/useCommit';
import { useVault } from '../app/vaultContext';
import { addFiles, type Row } from './addFiles';
import { PendingRow } from './PendingRow';
import { examine, type PickedFile } from './pickedFiles';

interface AddDialogProps {
  readonly of: RecordId;
  /** Undefined: closed. */
  readonly files: readonly PickedFile[] | undefined;
  onClose(): void;
}

export function AddDialog({ of, files, onClose }: AddDialogProps) {
  const { t } = useTranslation();
  const running = useRef<AbortController>(undefined);
  const close = () => {
    running.current?.abort();
    onClose();
  };
  return (
    <Modal
      opened={files !== undefined}
      onClose={close}
      size="lg"
      title={t('attachments:addTitle', { count: files?.length ?? 0 })}
      closeButtonProps={{ 'aria-label': t('attachments:close') }}
    >
      {files && (
        <AddForm of={of} files={files} onRun={(stop) => (running.current = stop)} onClose={close} />
      )}
    </Modal>
  );
}

interface AddFormProps {
  readonly of: RecordId;
  readonly files: readonly PickedFile[];
  /** What stops the work when the dialogue is closed in the middle of it. */
  onRun(stop: AbortController): void;
  onClose(): void;
}

const REDUCE = 'attachments.reduce';

function AddForm({ of, files, onRun, onClose }: AddFormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [rows, setRows] = useState<readonly Row[]>();
  const [progress, setProgress] = useState<number>();
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refusal>>(new Map());

  const fallbackName = t('attachments:fallbackName');
  useEffect(() => {
    let wanted = true;
    const reduce = vault.setting<boolean>(REDUCE) ?? false;
    const look = async () => {
      const examined = await Promise.all(files.map((file) => examine(file, fallbackName)));
      if (wanted) setRows(examined.map((file) => ({ file, caption: '', useReduced: reduce })));
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [files, fallbackName, vault]);

  async function add(all: readonly Row[]) {
    const stop = new AbortController();
    onRun(stop);
    setProgress(0);
    setRefusals(new Map());
    if (all.some(({ file }) => file.reduced)) {
      await vault.setSetting(
        REDUCE,
        all.some(({ file, useReduced }) => file.reduced && useReduced),
      );
    }
    const added = await addFiles(vault, of, all, {
      signal: stop.signal,
      onProgress: (share) => setProgress(share * 100),
    });
    if (stop.signal.aborted) return;
    setProgress(undefined);
    if (added.refused.size > 0) {
      setRefusals(added.refused);
      return;
    }
    if (added.commit && !added.commit.ok) {
      showRefusal(added.commit.refusal);
      return;
    }
    onClose();
    showDone(t('attachments:added', { count: all.length }), () => void undoAndTell(vault));
  }

  if (!rows) {
    return (
      <Group gap="sm" py="md">
        <Loader size="sm" />
        <Text size="sm" role="status">
          {t('attachments:examining')}
        </Text>
      </Group>
    );
  }
  const change = (key: string, part: Partial<Omit<Row, 'file'>>) =>
    setRows(rows.map((row) => (row.file.key === key ? { ...row, ...part } : row)));
  const busy = progress !== undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (rows.length > 0 && !busy) void add(rows);
      }}
    >
      <Stack gap="sm">
        <div>
          {rows.map((row, i) => (
            <PendingRow
              key={row.file.key}
              row={row}
              refusal={refusals.get(row.file.key)}
              isFirst={i === 0}
              disabled={busy}
              onChange={(part) => change(row.file.key, part)}
              onRemove={() => setRows(rows.filter((other) => other !== row))}
            />
          ))}
        </div>
        {busy && <Progress value={progress} aria-label={t('attachments:progress')} />}
        <Group justify="flex-end">
          <Button size="sm" variant="default" onClick={onClose}>
            {t('attachments:cancel')}
          </Button>
          <Button size="sm" type="submit" loading={busy} disabled={rows.length === 0}>
            {t('attachments:addNow', { count: rows.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
