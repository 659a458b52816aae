/** What compacting would do, and doing it, with a way out until the very end. */
import { useEffect, useRef, useState } from 'react';
import { Alert, Button, Group, List, Loader, Modal, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { certificateOf } from '../../../../shared/trust/roster';
import type { Result } from '../../../../shared/result';
import { sizeText } from '../../../places/exchange/deviceNames';
import { RefusalNote } from '../../../places/exchange/RefusalNote';
import type { CompactionPreview } from '../../../store/compactionStore';
import { pause } from '../../../store/pause';
import { useLocale } from '../../locale';
import { showDone } from '../../notices';
import { useVault } from '../../vaultContext';

interface Running {
  readonly done: number;
  readonly total: number;
}

export function CompactDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const vault = useVault();
  const locale = useLocale();
  const [preview, setPreview] = useState<Result<CompactionPreview>>();
  const [running, setRunning] = useState<Running>();
  const controller = useRef<AbortController>(undefined);

  useEffect(() => {
    let gone = false;
    void count();
    async function count(): Promise<void> {
      // The dialogue is seen first: looking at every record takes a moment.
      await pause();
      const found = await vault.compaction.preview();
      if (!gone) setPreview(found);
    }
    return () => {
      gone = true;
      controller.current?.abort();
    };
  }, [vault]);

  async function start(): Promise<void> {
    controller.current = new AbortController();
    setRunning({ done: 0, total: 0 });
    const result = await vault.compaction.run({
      signal: controller.current.signal,
      onProgress: (done, total) => setRunning({ done, total }),
    });
    setRunning(undefined);
    if (!result.ok) return setPreview(result);
    const { changes, records, size } = result.value;
    showDone(
      t('compaction:dialog.done', {
        count: changes,
        records: records.toLocaleString(locale),
        size: sizeText(size, locale),
      }),
    );
    onClose();
  }

  const found = preview?.ok ? preview.value : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('compaction:dialog.title')}
      closeButtonProps={{ 'aria-label': t('compaction:close') }}
      closeOnClickOutside={!running}
    >
      <Stack gap="sm">
        {!preview && (
          <Group gap="xs">
            <Loader size="xs" />
            <Text size="sm">{t('compaction:dialog.counting')}</Text>
          </Group>
        )}
        {preview && !preview.ok && <RefusalNote refusal={preview.refusal} />}
        {found && !running && <Found found={found} />}
        {running && (
          <>
            <Text size="sm" role="status">
              {running.total > 0 && running.done < running.total
                ? t('compaction:dialog.progress', { ...running })
                : t('compaction:dialog.finishing')}
            </Text>
            <Progress
              value={running.total ? (running.done / running.total) * 100 : 100}
              animated
              aria-label={t('compaction:dialog.title')}
            />
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            size="sm"
            onClick={() => (running ? controller.current?.abort() : onClose())}
          >
            {t('compaction:cancel')}
          </Button>
          {!running && (
            <Button size="sm" disabled={!found?.changes} onClick={() => void start()}>
              {t('compaction:dialog.start')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Found({ found }: { readonly found: CompactionPreview }) {
  const { t } = useTranslation();
  const { trust } = useVault();
  const { changes, dead, awaited } = found;
  return (
    <>
      {changes === 0 && awaited.length === 0 && (
        <Text size="sm">{t('compaction:dialog.nothing')}</Text>
      )}
      {changes > 0 && (
        <>
          <Text size="sm">{t('compaction:dialog.changes', { count: changes })}</Text>
          {dead > 0 && <Text size="sm">{t('compaction:dialog.dead', { count: dead })}</Text>}
          <Text size="sm" c="dimmed">
            {t('compaction:dialog.stays')}
          </Text>
        </>
      )}
      {awaited.length > 0 && (
        <Alert color="yellow" variant="light">
          <Text size="sm">{t('compaction:dialog.awaited')}</Text>
          <List size="sm" mt={4}>
            {awaited.map((device) => (
              <List.Item key={device}>
                {certificateOf(trust.roster(), device)?.name ?? device}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
