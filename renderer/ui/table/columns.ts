/** The columns of a kind as the table works with them. */
import type { FieldDef, KindDef } from '../../../shared/kinds/define';
import type { Value } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import type { Delivery } from '../../store/exchangeStore';
import { formatValue, type Format } from '../formatValue';
import { DELIVERY } from './view';

export interface Column {
  readonly id: string;
  readonly label: string;
  /** Undefined for columns that are not a field. */
  readonly field: FieldDef | undefined;
  /** The stored value; for delivery its state. */
  value(record: RecordState): Value | undefined;
  /** What the cell shows. */
  text(record: RecordState): string;
}

export interface ColumnSources {
  readonly format: Format;
  delivery(id: string): Delivery;
  deliveryLabel(delivery: Delivery): string;
  readonly deliveryTitle: string;
}

export function createColumn(kind: KindDef, id: string, sources: ColumnSources): Column {
  const { format } = sources;
  if (id === DELIVERY) {
    return {
      id,
      label: sources.deliveryTitle,
      field: undefined,
      value: (record) => sources.delivery(record.id),
      text: (record) => sources.deliveryLabel(sources.delivery(record.id)),
    };
  }
  return {
    id,
    label: format.labels.field(kind.name, id),
    field: kind.fields[id],
    value: (record) => record.values[id],
    text: (record) => formatValue(format, kind, id, record.values[id]),
  };
}

/** Do values of this column sort and line up as quantities? */
export const isQuantity = (column: Column): boolean =>
  column.field?.type === 'number' || column.field?.type === 'minutes';
