/** What a record is called on screens. */
import { kindOf } from '../../shared/kinds/registry';
import type { RecordState } from '../../shared/log/record';
import { asText, type Projection } from '../../shared/projection/projection';

/** The record's name, else its number, else its id; empty only when there is no record. */
export function titleOf(record: RecordState | undefined): string {
  if (!record) return '';
  const kind = kindOf(record.kind);
  const title = kind ? asText(record.values[kind.title]) : '';
  return title || asText(record.values.number) || record.id;
}

/** Name of the record behind an id; the id itself when the record is not here (yet). */
export const titleIn = (projection: Projection, id: string): string =>
  titleOf(projection.get(id)) || id;

export const numberOf = (record: RecordState): string => asText(record.values.number);
