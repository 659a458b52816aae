/** A column's head: sort, filter, width. */
import type { Header } from '@tanstack/react-table';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import type { RecordState } from '../../../shared/log/record';
import { useLabels } from '../labels';
import { ColumnFilter } from './ColumnFilter';
import type { Column } from './columns';
import type { gridFeatures } from './gridFeatures';
import type { TableViews } from './useTableView';
import { DELIVERY } from './view';
import classes from './KindTable.module.css';

interface GridHeaderProps {
  readonly kind: KindDef;
  readonly header: Header<typeof gridFeatures, RecordState>;
  readonly column: Column | undefined;
  readonly views: TableViews;
}

export function GridHeader({ kind, header, column, views }: GridHeaderProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  if (!column) return null;
  const { view } = views;
  const sorted = header.column.getIsSorted();
  const place = view.sort.findIndex((sort) => sort.id === column.id);
  const options =
    column.id === DELIVERY
      ? (['notExported', 'exported', 'confirmed'] as const).map((value) => ({
          value,
          label: t(`record:delivery.${value}`),
        }))
      : column.field?.type === 'choice'
        ? column.field.options.map((value) => ({
            value,
            label: labels.option(kind.name, column.id, value),
          }))
        : [];

  return (
    <div
      role="columnheader"
      aria-label={column.label}
      className={classes.headCell}
      style={{ width: header.getSize() }}
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
    >
      <button
        type="button"
        className={classes.headLabel}
        title={t('table:sortHint', { column: column.label })}
        onClick={header.column.getToggleSortingHandler()}
      >
        <span>{column.label}</span>
        {sorted === 'asc' && <IconArrowUp size={13} aria-hidden />}
        {sorted === 'desc' && <IconArrowDown size={13} aria-hidden />}
        {sorted && view.sort.length > 1 && <small>{place + 1}</small>}
      </button>
      <ColumnFilter
        column={column}
        filter={view.filters[column.id]}
        options={options}
        onChange={(filter) => {
          const { [column.id]: _, ...other } = view.filters;
          views.change({ filters: filter ? { ...other, [column.id]: filter } : other });
        }}
      />
      <div
        aria-hidden
        className={classes.resizer}
        data-active={header.column.getIsResizing() || undefined}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => {
          const { [column.id]: _, ...other } = view.widths;
          views.change({ widths: other });
        }}
      />
    </div>
  );
}
