/** Headquarters: how every laptop stands, and the files back to all of them in one go. */
import { useMemo, useState } from 'react';
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconFileExport, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../app/useNow';
import { useVault } from '../../../app/vaultContext';
import type { Sort } from '../../../ui/PlainTable';
import { TableFile } from '../../../ui/TableFile';
import { localDay } from '../../../ui/times';
import exchange from '../exchange.module.css';
import { ReturnDialog } from './ReturnDialog';
import { csvLines, needsAttention, searchRows, sortRows, type Column } from './siteColumns';
import { SiteTable } from './SiteTable';
import { useSiteRows } from './useSiteRows';

const HOUR = 3_600_000;

export function SitesTab() {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const now = useNow(HOUR);
  const rows = useSiteRows(now);
  const [search, setSearch] = useState('');
  const [only, setOnly] = useState('all');
  const [sort, setSort] = useState<Sort<Column>>({ column: 'freshness', down: false });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [writing, setWriting] = useState(false);
  const open = useMemo(() => rows.filter(needsAttention).length, [rows]);
  const shown = useMemo(() => {
    const kept = only === 'attention' ? rows.filter(needsAttention) : rows;
    return sortRows(searchRows(kept, search), sort, i18n.language);
  }, [rows, only, search, sort, i18n.language]);

  if (!rows.length) {
    return (
      <Text size="sm" c="dimmed" py="md">
        {t('scoreboard:empty')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Group justify="space-between" className={exchange.screenOnly ?? ''}>
        <Group gap="sm">
          <TextInput
            size="sm"
            type="search"
            w={240}
            aria-label={t('scoreboard:search')}
            placeholder={t('scoreboard:search')}
            leftSection={<IconSearch size={15} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('scoreboard:filter.label')}
            value={only}
            onChange={setOnly}
            data={[
              { value: 'all', label: t('scoreboard:filter.all', { count: rows.length }) },
              { value: 'attention', label: t('scoreboard:filter.attention', { count: open }) },
            ]}
          />
        </Group>
        <Group gap="xs">
          <TableFile
            name={() => `${t('scoreboard:csvName')}-${localDay(Date.now())}`}
            lines={() => csvLines(shown, t)}
          />
          <Button
            size="sm"
            disabled={!vault.isWriter()}
            leftSection={<IconFileExport size={16} aria-hidden />}
            onClick={() => setWriting(true)}
          >
            {chosen.size
              ? t('scoreboard:returns.forChosen', { count: chosen.size })
              : t('scoreboard:returns.forAll')}
          </Button>
        </Group>
      </Group>
      {shown.length ? (
        <SiteTable
          rows={shown}
          now={now}
          sort={sort}
          onSort={setSort}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : (
        <Text size="sm" c="dimmed" py="md" role="status">
          {t('scoreboard:nothingFound')}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('scoreboard:legend')}
      </Text>
      <ReturnDialog
        opened={writing}
        rows={rows}
        chosen={chosen}
        onClose={() => setWriting(false)}
      />
    </Stack>
  );
}
