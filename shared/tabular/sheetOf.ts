/** Records as rows of a sheet that imports as the same records again. */
import type { KindDef } from '../kinds/define';
import type { Fields, RecordId } from '../log/change';
import { cellOf } from './convert';
import type { KindLabels } from './mapping';

export interface SheetRecord {
  readonly id: RecordId;
  readonly values: Fields;
}

/**
 * A header row of labels, then one row per record, for every field a spreadsheet can hold (frozen
 * structures stay out). `refText` says how a ref is written; by default as the id, which the import
 * understands too. Texts that look like formulas are guarded.
 */
export function sheetOf(
  kind: KindDef,
  records: readonly SheetRecord[],
  labels: KindLabels,
  refText: (id: RecordId) => string = (id) => id,
): readonly (readonly string[])[] {
  const fields = Object.entries(kind.fields).filter(([, field]) => field.type !== 'json');
  const header = fields.map(([name]) => labels.fields?.[name] ?? name);
  return [
    header,
    ...records.map(({ values }) =>
      fields.map(([name, field]) => {
        const value = values[name];
        if (field.type !== 'ref') return cellOf(field, value, labels.options?.[name]);
        return typeof value === 'string' ? cellOf(field, refText(value)) : '';
      }),
    ),
  ];
}
