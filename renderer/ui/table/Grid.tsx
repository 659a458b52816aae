/**
 * The scrolling part of a table. Only the rows in sight are in the page; the table library keeps
 * sorting and widths of the columns, while rows are filtered and sorted in rows.ts, because an
 * object per row costs more than all the rest at a hundred thousand records.
 */
import { useMemo, useRef } from 'react';
import { Checkbox } from '@mantine/core';
import { functionalUpdate, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import type { RecordState } from '../../../shared/log/record';
import { useApprovalState } from '../record/useApprovals';
import type { Column } from './columns';
import { gridFeatures } from './gridFeatures';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import { useFillHeight } from './useFillHeight';
import { useGridKeys } from './useGridKeys';
import type { TableViews } from './useTableView';
import { usualWidth } from './view';
import classes from './KindTable.module.css';

const ROW_HEIGHT = 36;
const CHECK_WIDTH = 40;
const NO_ROWS: RecordState[] = [];

interface GridProps {
  readonly kind: KindDef;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly rows: readonly RecordState[];
  readonly views: TableViews;
  readonly selected: ReadonlySet<string>;
  onSelect(ids: ReadonlySet<string>): void;
  onOpen(id: string): void;
}

export function Grid({ kind, label, columns, rows, views, selected, onSelect, onOpen }: GridProps) {
  const { t } = useTranslation();
  const { view, change } = views;
  const box = useRef<HTMLDivElement>(null);
  const height = useFillHeight(box, selected.size > 0);

  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.label,
        size: usualWidth(kind, column.id),
        minSize: 60,
        accessorFn: () => null,
      })),
    [columns, kind],
  );
  const table = useTable({
    features: gridFeatures,
    data: NO_ROWS,
    columns: definitions,
    state: useMemo(
      () => ({
        sorting: view.sort.map((sort) => ({ ...sort })),
        columnSizing: { ...view.widths },
      }),
      [view.sort, view.widths],
    ),
    manualSorting: true,
    enableMultiSort: true,
    sortDescFirst: false,
    columnResizeMode: 'onEnd',
    onSortingChange: (updater) =>
      change({
        sort: functionalUpdate(
          updater,
          view.sort.map((sort) => ({ ...sort })),
        ),
      }),
    onColumnSizingChange: (updater) =>
      change({ widths: functionalUpdate(updater, { ...view.widths }) }),
  });

  // oxlint-disable-next-line react/incompatible-library -- the compiler is not used here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const keys = useGridKeys({
    rows,
    selected,
    onSelect,
    onOpen,
    page: Math.max(1, Math.floor(height / ROW_HEIGHT) - 2),
    scrollTo: (index) => virtual.scrollToIndex(index),
  });

  const approvable = kind.lifecycle?.approval !== undefined;
  const stateOf = useApprovalState();
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const widths = new Map(headers.map((header) => [header.column.id, header.getSize()]));
  const total = CHECK_WIDTH + [...widths.values()].reduce((sum, width) => sum + width, 0);
  const all = selected.size > 0 && rows.every((row) => selected.has(row.id));

  return (
    <div
      ref={box}
      className={classes.grid}
      style={{ height }}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-activedescendant={keys.activeId}
      onKeyDown={keys.onKeyDown}
    >
      <div role="rowgroup" className={classes.head} style={{ width: total }}>
        <div role="row" aria-rowindex={1} style={{ display: 'flex' }}>
          <div role="columnheader" className={`${classes.headCell} ${classes.check}`}>
            <Checkbox
              size="xs"
              aria-label={t('table:selectAll')}
              checked={all}
              indeterminate={selected.size > 0 && !all}
              onChange={() => onSelect(all ? new Set() : new Set(rows.map((row) => row.id)))}
            />
          </div>
          {headers.map((header) => (
            <GridHeader
              key={header.id}
              kind={kind}
              header={header}
              column={columns.find((one) => one.id === header.column.id)}
              views={views}
            />
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize(), width: total, position: 'relative' }}
      >
        {virtual.getVirtualItems().map((item) => {
          const record = rows[item.index];
          if (!record) return null;
          return (
            <GridRow
              key={item.key}
              kind={kind}
              record={record}
              index={item.index}
              columns={columns}
              widths={widths}
              top={item.start}
              height={ROW_HEIGHT}
              selected={selected.has(record.id)}
              active={keys.active === item.index}
              changed={approvable && stateOf(record).is === 'changed'}
              onPress={keys.press}
              onTick={keys.tick}
            />
          );
        })}
      </div>
    </div>
  );
}
