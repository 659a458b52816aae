/**
 * Which record each row means. Rows that claim the same key stay records of their own (no silent
 * loss): a row first takes the record it equals, then the k-th row left takes the k-th record left,
 * so that importing a file again finds every row unchanged.
 */
import type { KindDef } from '../kinds/define';
import { sameValue, type Value } from '../log/change';
import type { RecordState } from '../log/record';
import { asText } from '../projection/projection';
import { valueKey } from './names';
import { SLICE } from './planParts';
import type { Draft } from './readRow';

export interface Pairing {
  /** The existing record of each row that has one. */
  readonly pairs: ReadonlyMap<Draft, RecordState>;
  /** Rows sharing a key with other rows of the file: the key and how many. */
  readonly duplicates: ReadonlyMap<Draft, { readonly key: string; readonly count: number }>;
}

/** Comparing every row with every record of one key is worth it only for few of them. */
const MAX_COMPARISONS = 250_000;

/** Yields once per slice of rows, with nothing to say. */
export function* pairRows(
  drafts: readonly Draft[],
  records: readonly RecordState[],
  keys: readonly string[],
  kind: KindDef,
): Generator<undefined, Pairing> {
  const groups = new Map<string, Draft[]>();
  const withParent = kind.parent && drafts.some((draft) => draft.values[kind.parent ?? '']);
  const parent = withParent ? kind.parent : undefined;
  const numbers = new Set(keys.includes('number') ? records.map((r) => keyText(r, 'number')) : []);
  let steps = 0;
  for (const draft of drafts) {
    if (++steps % SLICE === 0) yield undefined;
    const key = draftKey(draft, keys, parent, numbers);
    if (!key) continue;
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  }
  const pairs = new Map<Draft, RecordState>();
  const duplicates = new Map<Draft, { key: string; count: number }>();
  const taken = new Set<string>();
  const indexes = new Map<string, ReadonlyMap<string, RecordState[]>>();
  for (const field of keys) indexes.set(field, yield* indexBy(records, field, parent));
  for (const [key, group] of groups) {
    if (++steps % SLICE === 0) yield undefined;
    const field = key.slice(0, key.indexOf(' '));
    const known = indexes.get(field)?.get(key) ?? [];
    const free = known.filter((record) => !taken.has(record.id));
    for (const [draft, record] of pairGroup(group, free)) {
      pairs.set(draft, record);
      taken.add(record.id);
    }
    if (group.length < 2) continue;
    for (const draft of group) {
      duplicates.set(draft, { key: asText(draft.values[field]), count: group.length });
    }
  }
  return { pairs, duplicates };
}

const keyText = (record: RecordState, field: string): string => {
  const value = record.values[field];
  return typeof value === 'string' || typeof value === 'number' ? valueKey(String(value)) : '';
};

const compound = (field: string, key: string, parent: Value | undefined): string =>
  `${field} ${typeof parent === 'string' ? parent : ''} ${key}`;

function draftKey(
  draft: Draft,
  keys: readonly string[],
  parent: string | undefined,
  numbers: ReadonlySet<string>,
): string | undefined {
  for (const field of keys) {
    const value = draft.values[field];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const key = valueKey(String(value));
    // A number of another vault says nothing here; the next key decides.
    if (!key || (field === 'number' && !numbers.has(key))) continue;
    return compound(field, key, parent && field !== 'number' ? draft.values[parent] : undefined);
  }
  return undefined;
}

function* indexBy(
  records: readonly RecordState[],
  field: string,
  parent: string | undefined,
): Generator<undefined, ReadonlyMap<string, RecordState[]>> {
  const index = new Map<string, RecordState[]>();
  let steps = 0;
  for (const record of records) {
    if (++steps % SLICE === 0) yield undefined;
    const key = keyText(record, field);
    if (!key) continue;
    const whole = compound(field, key, parent && field !== 'number' ? record.values[parent] : '');
    const list = index.get(whole);
    if (list) list.push(record);
    else index.set(whole, [record]);
  }
  return index;
}

function pairGroup(group: readonly Draft[], free: readonly RecordState[]) {
  const ordered = free.length > 1 ? free.toSorted(byNumber) : free;
  const pairs: (readonly [Draft, RecordState])[] = [];
  const left = [...ordered];
  const waiting: Draft[] = [];
  const compare = group.length * ordered.length <= MAX_COMPARISONS;
  for (const draft of group) {
    const at = compare ? left.findIndex((record) => equals(draft, record)) : -1;
    const [record] = at < 0 ? [] : left.splice(at, 1);
    if (record) pairs.push([draft, record]);
    else waiting.push(draft);
  }
  waiting.slice(0, left.length).forEach((draft, i) => {
    const record = left[i];
    if (record) pairs.push([draft, record]);
  });
  return pairs;
}

const equals = (draft: Draft, record: RecordState): boolean =>
  Object.entries(draft.values).every(([field, value]) =>
    sameValue(record.values[field] ?? null, value),
  );

const byNumber = (a: RecordState, b: RecordState): number => {
  const x = asText(a.values.number ?? a.id);
  const y = asText(b.values.number ?? b.id);
  return x < y ? -1 : x > y ? 1 : 0;
};
