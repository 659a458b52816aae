/**
 * Records of one kind that claim the same natural key though different devices made them: perhaps
 * one thing entered twice. Nothing is merged by itself. Parts of a record are left out, because the
 * same step stands in many plans, and so are kinds whose parts cannot be moved.
 */
import type { KindDef } from '../kinds/define';
import { parseDot, type RecordId } from '../log/change';
import type { RecordState } from '../log/record';
import { valueKey } from '../tabular/names';
import { deviceOf, type DeviceId } from '../trust/device';
import type { Apart } from './apart';

export interface DuplicateGroup {
  /** Distinct and lasting for the same records. */
  readonly key: string;
  readonly kind: string;
  /** The key fields that agree, best first. */
  readonly fields: readonly string[];
  readonly ids: readonly RecordId[];
}

/** A name that so many records share is no name; only the first of them are compared. */
const MOST_COMPARED = 60;
const SLICE = 2000;

/** May records of the kind be suggested as duplicates? `parts` are the kinds of its parts. */
export const mayRepeat = (kind: KindDef, parts: readonly KindDef[]): boolean =>
  kind.place !== undefined &&
  kind.parent === undefined &&
  !kind.appendOnly &&
  !parts.some((part) => part.appendOnly);

/** The device that made the record, in any epoch of its database. */
export const originOf = (state: RecordState): DeviceId => deviceOf(parseDot(state.dots[0] ?? '').r);

/** One pass over the records of a kind; yields how many have been looked at. */
export function* findDuplicates(
  kind: KindDef,
  records: readonly RecordState[],
  apart: Apart,
): Generator<number, readonly DuplicateGroup[]> {
  const found = new Map<string, { fields: string[]; ids: readonly RecordId[] }>();
  for (const [at, field] of kind.keys.entries()) {
    const groups = new Map<string, RecordState | RecordState[]>();
    for (const [i, record] of records.entries()) {
      if (i % SLICE === 0) yield i;
      const key = keyOf(record, field);
      if (!key) continue;
      const known = groups.get(key);
      // Nearly every key is held by one record: a list is made for the second one only.
      if (!known) groups.set(key, record);
      else if (Array.isArray(known)) known.push(record);
      else groups.set(key, [known, record]);
    }
    const better = kind.keys.slice(0, at);
    for (const group of groups.values()) {
      if (!Array.isArray(group)) continue;
      const ids = alike(group.slice(0, MOST_COMPARED), better, apart);
      if (ids.length < 2) continue;
      const name = ids.join(' ');
      const entry = found.get(name);
      if (entry) entry.fields.push(field);
      else found.set(name, { fields: [field], ids });
    }
  }
  return [...found].map(([name, group]) => ({
    key: `${kind.name} ${name}`,
    kind: kind.name,
    ...group,
  }));
}

/** Case, width and runs of blanks do not count. Empty: no key. */
function keyOf(record: RecordState, field: string): string {
  const value = record.values[field];
  return typeof value === 'string' || typeof value === 'number' ? valueKey(String(value)) : '';
}

/** Members that may be the same thing as some other member. */
function alike(
  group: readonly RecordState[],
  better: readonly string[],
  apart: Apart,
): readonly RecordId[] {
  const origins = group.map(originOf);
  if (new Set(origins).size < 2) return [];
  return group
    .filter((a, i) =>
      group.some(
        (b, j) =>
          i !== j &&
          origins[i] !== origins[j] &&
          !apart.has(a.id, b.id) &&
          !better.some((field) => differ(keyOf(a, field), keyOf(b, field))),
      ),
    )
    .map((record) => record.id)
    .toSorted();
}

/** Two serial numbers that differ mean two things, whatever they are called. */
const differ = (a: string, b: string): boolean => a !== '' && b !== '' && a !== b;
