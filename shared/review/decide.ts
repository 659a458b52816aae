/** Decisions as edits: one value, several joined, a new one, or one rule for many conflicts. */
import type { FieldDef, KindDef } from '../kinds/define';
import { DELETED, type RecordId, type Value } from '../log/change';
import type { Edit } from '../log/changeset';
import { compareStamps, type Stamp } from '../log/record';
import type { Choice, Conflict } from './conflict';

/** Stands between two texts that are both kept, on a line of its own. */
export const SEPARATOR = '* * *';

/** The edit that settles the conflict with that value; for a deletion, true deletes and null keeps. */
export function settle(conflict: Pick<Conflict, 'id' | 'field'>, value: Value): Edit {
  const { id, field } = conflict;
  if (field !== DELETED) return { do: 'set', id, fields: { [field]: value } };
  return { do: value === true ? 'delete' : 'restore', id };
}

/**
 * All values in one, where the field can hold that: lists are united, long texts stand below each
 * other. Undefined where a person has to choose.
 */
export function bothOf(field: FieldDef | undefined, choices: readonly Choice[]): Value | undefined {
  const values = choices.map((choice) => choice.value).filter((value) => value !== null);
  if (field?.type === 'tags') {
    const lists = values.filter((value): value is readonly Value[] => Array.isArray(value));
    return lists.length > 1 ? [...new Set(lists.flat())] : undefined;
  }
  if (field?.type !== 'longText') return undefined;
  const texts = values.filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  // A text that another one holds already says nothing of its own.
  const own = texts.filter(
    (text) => !texts.some((other) => other !== text && other.includes(text)),
  );
  const joined = own.join(`\n\n${SEPARATOR}\n\n`);
  return texts.length > 1 && joined.length <= field.max ? joined : undefined;
}

/**
 * A merged record that was edited elsewhere meanwhile: its late edits go to the record it was merged
 * into, and it stays deleted.
 */
export function carryOver(conflict: Conflict, into: RecordId, kind: KindDef): readonly Edit[] {
  const fields = Object.fromEntries(
    conflict.late
      .filter(({ field }) => kind.fields[field] && !kind.fields[field].computed)
      .map(({ field, head }) => [field, head.value]),
  );
  return [
    ...(Object.keys(fields).length ? [{ do: 'set', id: into, fields } as const] : []),
    { do: 'delete', id: conflict.id, into },
  ];
}

/** Which of the values a rule takes. */
export type Rule =
  | { readonly take: 'newest' }
  /** The newest that one of these devices wrote; conflicts they have no part in are left alone. */
  | { readonly take: 'devices'; readonly devices: ReadonlySet<string> };

export function choiceBy(rule: Rule, conflict: Conflict): Choice | undefined {
  const wanted = (stamp: Stamp) => rule.take === 'newest' || rule.devices.has(stamp.r);
  let best: { readonly choice: Choice; readonly stamp: Stamp } | undefined;
  for (const choice of conflict.choices) {
    for (const stamp of choice.stamps) {
      if (!wanted(stamp)) continue;
      if (!best || compareStamps(stamp, best.stamp) < 0) best = { choice, stamp };
    }
  }
  return best?.choice;
}

export interface BulkPlan {
  readonly edits: readonly Edit[];
  /** Conflicts that are settled, and those the rule says nothing about. */
  readonly settled: number;
  readonly left: number;
  /** Records that are deleted by it. */
  readonly deleted: number;
}

/** How many conflicts are looked at between two reports. */
const SLICE = 500;

/** One rule for many conflicts. Yields how many are done. */
export function* settleBy(rule: Rule, conflicts: readonly Conflict[]): Generator<number, BulkPlan> {
  const edits: Edit[] = [];
  let left = 0;
  let deleted = 0;
  for (const [i, conflict] of conflicts.entries()) {
    if (i % SLICE === 0) yield i;
    const choice = choiceBy(rule, conflict);
    if (!choice) left++;
    else {
      if (conflict.field === DELETED && choice.value === true) deleted++;
      edits.push(settle(conflict, choice.value));
    }
  }
  return { edits, settled: conflicts.length - left, left, deleted };
}
