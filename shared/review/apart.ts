/** Records that a person has looked at and found to be different things under one name. */
import type { RecordId } from '../log/change';
import type { RecordState } from '../log/record';

/** Kind of the records that say so. */
export const DISTINCT = 'distinct';

export interface Apart {
  has(a: RecordId, b: RecordId): boolean;
}

const pairKey = (a: RecordId, b: RecordId): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** `said`: the visible records of kind `distinct`. */
export function apartOf(said: readonly RecordState[]): Apart {
  const pairs = new Set<string>();
  for (const { values } of said) {
    const ids = idsIn(values.records);
    ids.forEach((a, i) => {
      for (const b of ids.slice(i + 1)) pairs.add(pairKey(a, b));
    });
  }
  return { has: (a, b) => pairs.has(pairKey(a, b)) };
}

/** The records that one such record names. */
export function idsIn(value: unknown): readonly RecordId[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}
