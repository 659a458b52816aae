/** The register of one kind: find, sort, filter, arrange, select, export. Derived from its fields. */
import { useDeferredValue, useMemo, useState } from 'react';
import { Button, CloseButton, Group, Switch, Text, TextInput } from '@mantine/core';
import { IconDownload, IconPlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { KindDef } from '../../shared/kinds/define';
import { kindOf } from '../../shared/kinds/registry';
import { paths } from '../app/paths';
import { showRefusal } from '../app/useCommit';
import { useHost, useVault } from '../app/vaultContext';
import { useLabels } from './labels';
import { BulkBar } from './table/BulkBar';
import { createCollation } from './table/collation';
import { ColumnChooser } from './table/ColumnChooser';
import { EmptyTable } from './table/EmptyTable';
import { toCsv } from './table/exportCsv';
import { Grid } from './table/Grid';
import { filterRows, sortRows } from './table/rows';
import { useColumns } from './table/useColumns';
import { useTableView } from './table/useTableView';
import { ViewMenu } from './table/ViewMenu';
import { localDay } from './times';
import { UnknownKind } from './UnknownKind';
import classes from './table/KindTable.module.css';

export function KindTable({ kind: name }: { readonly kind: string }) {
  const kind = kindOf(name);
  return kind ? <Register key={name} kind={kind} /> : <UnknownKind kind={name} />;
}

function Register({ kind }: { readonly kind: KindDef }) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const labels = useLabels();
  const [, navigate] = useLocation();
  const views = useTableView(kind);
  const { view } = views;
  const [withDeleted, setWithDeleted] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const query = useDeferredValue(view.query);

  const columns = useColumns(kind);
  const shown = useMemo(
    () =>
      view.columns.flatMap((id) => {
        const column = columns.find((one) => one.id === id);
        return column ? [column] : [];
      }),
    [columns, view.columns],
  );
  const records = withDeleted
    ? vault.projection.deleted(kind.name)
    : vault.projection.records(kind.name);
  const version = vault.version();
  const collation = useMemo(() => createCollation(labels.locale), [labels.locale]);
  const rows = useMemo(
    () => {
      const kept = filterRows(records, shown, columns, { filters: view.filters, query });
      return sortRows(kept, columns, view.sort, collation);
    },
    // Names behind references and delivery change without the records themselves: hence the version.
    // oxlint-disable-next-line react/exhaustive-deps
    [records, shown, columns, view.filters, view.sort, query, collation, version],
  );

  async function exportShown() {
    const saved = await host.saveFile({
      name: `${labels.plural(kind.name)} ${localDay(Date.now())}.csv`,
      filters: [{ name: 'CSV', extensions: ['csv'] }],
      bytes: toCsv(shown, rows),
    });
    if (!saved.ok) showRefusal(saved.refusal);
  }

  const ids = useMemo(
    () => (selected.size ? rows.map((row) => row.id).filter((id) => selected.has(id)) : []),
    [rows, selected],
  );
  const filtered = Object.keys(view.filters).length > 0 || view.query.trim() !== '';

  return (
    <div className={classes.page}>
      <Group gap="xs">
        <TextInput
          size="xs"
          w={260}
          aria-label={t('table:quickFilter')}
          placeholder={t('table:quickFilter')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={view.query}
          onChange={(event) => views.change({ query: event.currentTarget.value })}
          rightSection={
            view.query && (
              <CloseButton
                size="xs"
                aria-label={t('form:clear')}
                onClick={() => views.change({ query: '' })}
              />
            )
          }
        />
        <Text size="sm" c="dimmed" role="status">
          {rows.length === records.length
            ? t('table:count', { count: rows.length })
            : t('table:countOf', { count: rows.length, total: records.length })}
        </Text>
        {filtered && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => views.change({ filters: {}, query: '' })}
          >
            {t('table:clearFilters')}
          </Button>
        )}
        <Group gap="xs" ml="auto">
          <Switch
            size="xs"
            label={t('table:deletedOnes')}
            checked={withDeleted}
            onChange={(event) => {
              setWithDeleted(event.currentTarget.checked);
              setSelected(new Set());
            }}
          />
          <ViewMenu views={views} />
          <ColumnChooser
            all={columns}
            shown={view.columns}
            onChange={(next) => views.change({ columns: next })}
            onReset={views.reset}
          />
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={15} />}
            disabled={!rows.length}
            onClick={() => void exportShown()}
          >
            {t('table:export')}
          </Button>
          <Button
            size="xs"
            leftSection={<IconPlus size={15} />}
            disabled={!vault.isWriter()}
            onClick={() => navigate(paths.create(kind.name))}
          >
            {t('table:new', { kind: labels.kindInText(kind.name) })}
          </Button>
        </Group>
      </Group>
      {ids.length > 0 && (
        <BulkBar
          kind={kind}
          ids={ids}
          deleted={withDeleted}
          onDone={() => setSelected(new Set())}
        />
      )}
      {rows.length ? (
        <Grid
          kind={kind}
          label={labels.plural(kind.name)}
          columns={shown}
          rows={rows}
          views={views}
          selected={selected}
          onSelect={setSelected}
          onOpen={(id) => navigate(paths.record(id))}
        />
      ) : (
        <EmptyTable
          kind={kind}
          reason={filtered ? 'filtered' : withDeleted ? 'noneDeleted' : 'none'}
          onClear={() => views.change({ filters: {}, query: '' })}
        />
      )}
    </div>
  );
}
