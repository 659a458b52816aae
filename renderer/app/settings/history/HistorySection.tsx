/** How much history there is, compacting it, and the archive that it goes to. */
import { useEffect, useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openArchive } from '../../../exchange/archiveFile';
import { EXTENSION } from '../../../exchange/exportFile';
import { sizeText } from '../../../places/exchange/deviceNames';
import type { ArchiveSize } from '../../../store/archive';
import { localDay, localTime } from '../../../ui/times';
import { useLocale } from '../../locale';
import { showDone, showRefusal } from '../../notices';
import { useHost, useVault } from '../../vaultContext';
import { Facts, Section } from '../Section';
import { ArchiveDialog } from './ArchiveDialog';
import { CompactDialog } from './CompactDialog';

/** Shown on members of an organisation: alone, there is nobody to give a compacted file to. */
export function HistorySection() {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const locale = useLocale();
  const [dialog, setDialog] = useState<'compact' | 'archive'>();
  const [opening, setOpening] = useState(false);
  const archive = useArchiveSize();
  const isHeadquarters = vault.trust.certificate()?.role === 'hq';
  const now = vault.compaction.now();
  const files = vault.archive.files();
  if (!vault.trust.roster()) return null;

  async function open(): Promise<void> {
    const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
    const chosen = await host.openFiles({ filters, multiple: false });
    if (!chosen.ok) return showRefusal(chosen.refusal);
    const [file] = chosen.value;
    if (!file) return;
    setOpening(true);
    const opened = await openArchive(vault, { file });
    setOpening(false);
    if (opened.ok) showDone(t('compaction:opened', { count: opened.value.changes }));
    else showRefusal(opened.refusal);
  }

  const facts = [
    [
      t('compaction:facts.compacted'),
      now
        ? t('compaction:facts.compactedValue', {
            count: now.changes,
            records: now.records.toLocaleString(locale),
            size: sizeText(now.size, locale),
          })
        : t('compaction:facts.none'),
    ] as const,
    ...(now ? [[t('compaction:facts.when'), localTime(now.at)] as const] : []),
    ...(archive?.segments
      ? [
          [
            t('compaction:facts.archive'),
            t('compaction:facts.archiveValue', {
              count: archive.changes,
              size: sizeText(archive.bytes, locale),
            }),
          ] as const,
        ]
      : []),
  ];
  return (
    <Section title={t('compaction:title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t(isHeadquarters ? 'compaction:text' : 'compaction:site')}
      </Text>
      <Facts facts={facts} />
      <Group gap="xs" mt="sm">
        {isHeadquarters && (
          <Button
            variant="default"
            size="xs"
            disabled={!vault.isWriter()}
            onClick={() => setDialog('compact')}
          >
            {t('compaction:compact')}
          </Button>
        )}
        {isHeadquarters && (archive?.segments ?? 0) > 0 && (
          <Button
            variant="default"
            size="xs"
            disabled={!vault.isWriter()}
            onClick={() => setDialog('archive')}
          >
            {t('compaction:save')}
          </Button>
        )}
        <Button variant="default" size="xs" loading={opening} onClick={() => void open()}>
          {t('compaction:open')}
        </Button>
      </Group>
      {files.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="md" mb={4}>
            {t('compaction:files.title')}
          </Text>
          <Facts
            facts={files.map(({ id, name, changes, bytes, at }) => [
              name,
              vault.archive.isOpen(id)
                ? t('compaction:files.opened')
                : t('compaction:files.line', {
                    count: changes,
                    size: sizeText(bytes, locale),
                    day: localDay(at),
                  }),
            ])}
          />
        </>
      )}
      {dialog === 'compact' && <CompactDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'archive' && <ArchiveDialog onClose={() => setDialog(undefined)} />}
    </Section>
  );
}

/** Read again after every change of the vault: the archive grows and shrinks with them. */
function useArchiveSize(): ArchiveSize | undefined {
  const vault = useVault();
  const compacted = vault.compaction.now()?.at;
  const saved = vault.archive.files().length;
  const [size, setSize] = useState<ArchiveSize>();
  useEffect(() => {
    let gone = false;
    void vault.archive.size().then(
      (found) => {
        if (!gone) setSize(found);
        return undefined;
      },
      (error: unknown) => {
        // The vault may be closed while a page that is already gone still reads.
        if (!gone) throw error;
      },
    );
    return () => {
      gone = true;
    };
    // These two are not used, but they are what changes the size.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [vault, compacted, saved]);
  return size;
}
