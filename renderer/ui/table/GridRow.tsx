import { memo } from 'react';
import { Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconRosetteDiscountCheckOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import type { RecordState } from '../../../shared/log/record';
import { conflictsOf } from '../../../shared/log/record';
import { RecordLink } from '../RecordLink';
import { titleOf } from '../recordTitle';
import { StatusBadge } from '../StatusBadge';
import { isQuantity, type Column } from './columns';
import classes from './KindTable.module.css';

export const rowId = (id: string): string => `row-${id}`;

interface GridRowProps {
  readonly kind: KindDef;
  readonly record: RecordState;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly widths: ReadonlyMap<string, number>;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly active: boolean;
  /** It is not any more what was approved. */
  readonly changed: boolean;
  onPress(index: number, range: boolean): void;
  onTick(index: number, range: boolean): void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { kind, record, index, columns, widths } = props;
  const { t } = useTranslation();
  return (
    <div
      id={rowId(record.id)}
      role="row"
      className={classes.row}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      data-active={props.active || undefined}
      onClick={(event) => props.onPress(index, event.shiftKey)}
    >
      <div
        role="gridcell"
        className={`${classes.cell} ${classes.check}`}
        onClick={(event) => event.stopPropagation()}
      >
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={t('table:selectRow', { name: titleOf(record) })}
          checked={props.selected}
          onChange={() => undefined}
          onClick={(event) => props.onTick(index, event.shiftKey)}
        />
      </div>
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          style={{ width: widths.get(column.id) }}
          data-quantity={isQuantity(column) || undefined}
          data-title={column.id === kind.title || undefined}
        >
          {column.id === kind.title && conflictsOf(record).length > 0 && (
            <IconAlertTriangle
              size={15}
              className={classes.marker}
              role="img"
              aria-label={t('record:inConflict')}
            />
          )}
          {column.id === kind.title && props.changed && (
            <IconRosetteDiscountCheckOff
              size={15}
              className={classes.markerWarn}
              role="img"
              aria-label={t('review:approval.badge')}
            />
          )}
          <CellValue kind={kind} column={column} record={record} />
        </div>
      ))}
    </div>
  );
});

function CellValue({
  kind,
  column,
  record,
}: {
  readonly kind: KindDef;
  readonly column: Column;
  readonly record: RecordState;
}) {
  const value = column.value(record);
  if (column.id === 'status' && kind.lifecycle) return <StatusBadge kind={kind} value={value} />;
  if (column.field?.type === 'ref' && typeof value === 'string' && value) {
    return <RecordLink id={value} icon={false} />;
  }
  return <span title={column.text(record)}>{column.text(record)}</span>;
}
