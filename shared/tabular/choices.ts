/** Cells of a choice column that mean none of the options, for a person to assign. */
import type { ChoiceField } from '../kinds/define';
import { optionOf } from './convert';
import type { Labels } from './mapping';
import { isErrorCell } from './errorCell';
import { valueKey } from './names';
import type { Sheet } from './sheet';

export interface UnknownValue {
  /** As first written in the file. */
  readonly text: string;
  /** Key under which `FieldColumn.values` assigns an option. */
  readonly key: string;
  readonly count: number;
}

/** Distinct unknown values, the most frequent first, at most `limit`. */
export function unknownValues(
  sheet: Sheet,
  index: number,
  kind: string,
  name: string,
  field: ChoiceField,
  labels: Labels,
  limit = 100,
): readonly UnknownValue[] {
  const seen = new Map<string, { text: string; key: string; count: number; known: boolean }>();
  for (const { cells } of sheet.rows) {
    const text = (cells[index] ?? '').trim();
    if (!text || isErrorCell(text)) continue;
    const key = valueKey(text);
    const entry = seen.get(key);
    if (entry) entry.count++;
    else {
      const known = optionOf(kind, name, field, text, labels) !== undefined;
      seen.set(key, { text, key, count: 1, known });
    }
  }
  return [...seen.values()]
    .filter((value) => !value.known)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, limit)
    .map(({ text, key, count }) => ({ text, key, count }));
}
