/** Names that several records answer to: nothing is merged by itself, a person looks at them. */
import type { RecordId } from '../log/change';
import { valueKey } from './names';
import type { Duplicate } from './plan';

export interface Duplicates {
  /** `ids` may go on growing until `list` is called. */
  note(kind: string, text: string, ids: readonly RecordId[]): void;
  /** One entry per kind and name, in the order they were met; only those of several records. */
  list(): readonly Duplicate[];
}

export function collectDuplicates(): Duplicates {
  const met = new Map<string, { kind: string; text: string; ids: Set<readonly RecordId[]> }>();
  return {
    note(kind, text, ids) {
      const key = `${kind} ${valueKey(text)}`;
      const entry = met.get(key);
      if (entry) entry.ids.add(ids);
      else met.set(key, { kind, text: text.trim(), ids: new Set([ids]) });
    },
    list: () =>
      [...met.values()]
        .map(({ kind, text, ids }) => ({ kind, text, ids: [...new Set([...ids].flat())] }))
        .filter(({ ids }) => ids.length > 1),
  };
}
