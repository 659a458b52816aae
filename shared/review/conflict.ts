/**
 * What is in conflict, as a person decides it: per field the distinct values with the heads that
 * hold each, and for a deletion against edits the two ways out.
 */
import { DELETED, dotOf, sameValue, type RecordId, type Value } from '../log/change';
import {
  compareStamps,
  conflictsOf,
  deletion,
  headsOf,
  seenByDeleters,
  type Head,
  type RecordState,
  type Stamp,
} from '../log/record';
import type { Projection } from '../projection/projection';

export interface Choice {
  /** For a deletion: true deletes the record, null keeps it. */
  readonly value: Value;
  /** Who holds it, the newest first. Never empty. */
  readonly stamps: readonly Stamp[];
}

export interface LateEdit {
  readonly field: string;
  readonly head: Head;
}

export interface Conflict {
  /** `<record> <field>`: distinct within a vault. */
  readonly key: string;
  readonly id: RecordId;
  readonly kind: string;
  /** `$deleted` when the record was deleted on one device and edited on another. */
  readonly field: string;
  /** At least two, the one that is shown meanwhile first. */
  readonly choices: readonly Choice[];
  /** For a deletion: the edits that the deleter had not seen. */
  readonly late: readonly LateEdit[];
}

/** Every conflict of a record that is still there; none for one that everybody knows is deleted. */
export function conflictsIn(state: RecordState): readonly Conflict[] {
  const fields = conflictsOf(state);
  if (!fields.length || deletion(state) === 'deleted') return [];
  return fields.map((field) => {
    const late = field === DELETED ? lateEdits(state) : [];
    const choices = field === DELETED ? waysOut(state, late) : distinct(headsOf(state, field));
    return { key: `${state.id} ${field}`, id: state.id, kind: state.kind, field, choices, late };
  });
}

/** All conflicts of a vault, those that arose last first; fields of one record stay together. */
export function allConflicts(projection: Projection): readonly Conflict[] {
  const records: { readonly conflicts: readonly Conflict[]; readonly newest: Stamp }[] = [];
  for (const id of projection.conflicts()) {
    const state = projection.get(id);
    const conflicts = state ? conflictsIn(state).toSorted((a, b) => (a.key < b.key ? -1 : 1)) : [];
    const newest = conflicts.flatMap(stampsOf).toSorted(compareStamps)[0];
    if (newest) records.push({ conflicts, newest });
  }
  return records
    .toSorted((a, b) => compareStamps(a.newest, b.newest) || byId(a.conflicts, b.conflicts))
    .flatMap(({ conflicts }) => conflicts);
}

/** Every head that takes part. */
export const stampsOf = (conflict: Conflict): readonly Stamp[] =>
  conflict.choices.flatMap((choice) => choice.stamps);

const byId = ([a]: readonly Conflict[], [b]: readonly Conflict[]): number =>
  (a?.id ?? '') < (b?.id ?? '') ? -1 : 1;

function distinct(heads: readonly Head[]): readonly Choice[] {
  const choices: { value: Value; stamps: Stamp[] }[] = [];
  for (const { value, stamp } of heads) {
    const known = choices.find((choice) => sameValue(choice.value, value));
    if (known) known.stamps.push(stamp);
    else choices.push({ value, stamps: [stamp] });
  }
  return choices;
}

function lateEdits(state: RecordState): readonly LateEdit[] {
  const saw = seenByDeleters(state);
  return Object.keys(state.heads)
    .filter((field) => field !== DELETED)
    .flatMap((field) =>
      headsOf(state, field)
        .filter((head) => !saw.has(dotOf(head.stamp)))
        .map((head) => ({ field, head })),
    );
}

/** Keeping comes first: a contested record stays visible. */
function waysOut(state: RecordState, late: readonly LateEdit[]): readonly Choice[] {
  const marks = headsOf(state, DELETED);
  const stampsWhere = (wanted: boolean) =>
    marks.filter(({ value }) => (value !== null) === wanted).map(({ stamp }) => stamp);
  const keepers = [...stampsWhere(false), ...late.map(({ head }) => head.stamp)];
  const once = new Map(keepers.map((stamp) => [dotOf(stamp), stamp]));
  return [
    { value: null, stamps: [...once.values()].toSorted(compareStamps) },
    { value: true, stamps: stampsWhere(true) },
  ];
}
