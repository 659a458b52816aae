/** A stored value as text, for tables, exports, histories and prints. */
import type { FieldDef, KindDef } from '../../shared/kinds/define';
import { formatMinutes } from '../../shared/kinds/duration';
import type { Value } from '../../shared/log/change';
import type { Labels } from './labels';
import { localTime } from './times';

export interface Format {
  readonly labels: Labels;
  /** Name of the record a ref field points to. */
  titleOf(id: string): string;
  readonly yes: string;
  readonly no: string;
}

/** Empty text for an empty value. Values of a type they should not have are shown as they are. */
export function formatValue(
  format: Format,
  kind: KindDef,
  name: string,
  value: Value | undefined,
): string {
  if (value === undefined || value === null || value === '') return '';
  const field: FieldDef | undefined = kind.fields[name];
  switch (field?.type) {
    case 'flag':
      return typeof value === 'boolean' ? (value ? format.yes : format.no) : plain(value);
    case 'choice':
      return typeof value === 'string'
        ? format.labels.option(kind.name, name, value)
        : plain(value);
    case 'ref':
      return typeof value === 'string' ? format.titleOf(value) : plain(value);
    case 'minutes':
      return typeof value === 'number' ? duration(format.labels, value) : plain(value);
    case 'number':
      return typeof value === 'number' ? withUnit(format.labels, value, field.unit) : plain(value);
    case 'dateTime':
      return typeof value === 'number' ? localTime(value) : plain(value);
    case 'tags':
      return Array.isArray(value) ? value.map(plain).join(', ') : plain(value);
    default:
      return plain(value);
  }
}

export const duration = (labels: Labels, minutes: number): string =>
  formatMinutes(minutes, { hour: labels.unit('hour'), minute: labels.unit('minute') });

function withUnit(labels: Labels, value: number, unit: string | undefined): string {
  const digits = new Intl.NumberFormat(labels.locale, { maximumFractionDigits: 6 }).format(value);
  return unit ? `${digits} ${labels.unit(unit)}` : digits;
}

const plain = (value: Value): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
