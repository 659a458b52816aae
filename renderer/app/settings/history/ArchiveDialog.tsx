/** Saving the archive as a file; its space is freed when the person says that the file is safe. */
import { useEffect, useRef, useState } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../../shared/result';
import { saveArchive, type SavedArchive } from '../../../exchange/archiveFile';
import type { ProgressReport } from '../../../exchange/engine';
import { sizeText } from '../../../places/exchange/deviceNames';
import { ProgressView } from '../../../places/exchange/ProgressView';
import { RefusalNote } from '../../../places/exchange/RefusalNote';
import { useLocale } from '../../locale';
import { showDone } from '../../notices';
import { useHost, useVault } from '../../vaultContext';

type State =
  | { readonly step: 'start'; readonly refusal?: Refusal }
  | { readonly step: 'working'; readonly report?: ProgressReport }
  | { readonly step: 'saved'; readonly saved: SavedArchive; readonly refusal?: Refusal };

export function ArchiveDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<State>({ step: 'start' });
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  async function save(): Promise<void> {
    controller.current = new AbortController();
    setState({ step: 'working' });
    const saved = await saveArchive(vault, host, {
      filterName: t('exchange:filter'),
      signal: controller.current.signal,
      onProgress: (report) => setState({ step: 'working', report }),
    });
    if (!saved.ok) setState({ step: 'start', refusal: saved.refusal });
    else if (saved.value) setState({ step: 'saved', saved: saved.value });
    else setState({ step: 'start' });
  }

  async function free(saved: SavedArchive): Promise<void> {
    const freed = await vault.archive.free(saved.file, saved.segments);
    if (!freed.ok) return setState({ step: 'saved', saved, refusal: freed.refusal });
    showDone(t('compaction:archive.freed', { name: saved.file.name }));
    onClose();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('compaction:archive.title')}
      closeButtonProps={{ 'aria-label': t('compaction:close') }}
      closeOnClickOutside={state.step === 'start'}
    >
      {state.step === 'working' ? (
        <ProgressView
          {...(state.report ? { report: state.report } : { report: undefined })}
          onCancel={() => controller.current?.abort()}
        />
      ) : (
        <Stack gap="sm">
          <RefusalNote refusal={state.refusal} />
          {state.step === 'saved' ? (
            <Saved saved={state.saved} onKeep={onClose} onFree={() => void free(state.saved)} />
          ) : (
            <>
              <Text size="sm">{t('compaction:archive.text')}</Text>
              <Group justify="flex-end" gap="xs">
                <Button variant="default" size="sm" onClick={onClose}>
                  {t('compaction:cancel')}
                </Button>
                <Button size="sm" data-autofocus onClick={() => void save()}>
                  {t('compaction:archive.start')}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      )}
    </Modal>
  );
}

interface SavedProps {
  readonly saved: SavedArchive;
  readonly onKeep: () => void;
  readonly onFree: () => void;
}

function Saved({ saved, onKeep, onFree }: SavedProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { name, bytes } = saved.file;
  return (
    <>
      <Text size="sm" role="status">
        {t('compaction:archive.saved', { name, size: sizeText(bytes, locale) })}
      </Text>
      <Text size="sm">{t('compaction:archive.check')}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onKeep}>
          {t('compaction:archive.keep')}
        </Button>
        <Button size="sm" onClick={onFree}>
          {t('compaction:archive.free')}
        </Button>
      </Group>
    </>
  );
}
