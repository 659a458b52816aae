/** What an import does to each record: the dry run that the person reads before saying yes. */
import {
  DELETED,
  LINK,
  sameValue,
  type Change,
  type Dot,
  type RecordId,
  type Value,
} from '../log/change';
import {
  applyChange,
  conflictsOf,
  deletion,
  headsOf,
  type EarlyOverwrites,
  type RecordState,
} from '../log/record';
import { covers, type Vector } from '../log/vector';
import { upcastChange } from '../kinds/upcast';
import { asText, type Foreseen, type KindLookup, type Projection } from '../projection/projection';

export const outcomes = ['conflicting', 'new', 'changed', 'deleted', 'unchanged'] as const;
export type Outcome = (typeof outcomes)[number];

export interface FieldReport {
  readonly field: string;
  readonly before: Value;
  readonly after: Value;
  /** All distinct values, the shown one first, when the field is in conflict. */
  readonly heads: readonly { readonly value: Value; readonly dot: Dot; readonly at: number }[];
}

export interface RecordReport {
  readonly id: RecordId;
  readonly kind: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly fields: readonly FieldReport[];
}

export interface DryRun {
  /** Records by outcome; relations are counted by themselves. */
  readonly records: Readonly<Record<Outcome, number>>;
  readonly relations: Readonly<Record<Outcome, number>>;
  /** Records by kind and outcome. */
  readonly kinds: Readonly<Record<string, Readonly<Record<Outcome, number>>>>;
  /** Records of kinds that only a newer release knows: kept and passed on, not shown. */
  readonly unknownKinds: Readonly<Record<string, number>>;
  /** At most `cap` of each outcome, relations only when in conflict. */
  readonly items: readonly RecordReport[];
}

/** With a version what was worked out can be told from what has become stale. */
type Base = Pick<Projection, 'get' | 'early' | 'have'> & Partial<Pick<Projection, 'version'>>;

/** Where the changes go on from, when something came before them: a base. */
export interface Start {
  readonly records: ReadonlyMap<RecordId, RecordState>;
  readonly early: ReadonlySet<string>;
  readonly have: Vector;
}

/** A dry run that goes on while the file is still being read. */
export interface RunningDryRun extends Foreseen {
  add(changes: readonly Change[]): void;
  /** Of everything added. */
  report(cap: number): DryRun;
}

/** Applies changes to an overlay. The projection is only read, and must not move on meanwhile. */
export function beginDryRun(projection: Base, kindOf: KindLookup, start?: Start): RunningDryRun {
  const overlay = new Map<RecordId, RecordState>(start?.records);
  const early: EarlyOverwrites = new Set(start?.early ?? projection.early());
  const have: Record<string, number> = { ...(start?.have ?? projection.have()) };
  const added: (readonly Change[])[] = [];
  let begun = 0;
  return {
    of: projection,
    version: projection.version?.() ?? Number.NaN,
    records: overlay,
    have,
    early,
    add(changes) {
      begun++;
      for (const raw of changes) {
        if (start && covers(start.have, raw.r, raw.s)) continue;
        const change = upcastChange(kindOf(raw.k), raw);
        const state = overlay.get(raw.id) ?? projection.get(raw.id);
        overlay.set(raw.id, applyChange(state, change, have, early));
        have[raw.r] = raw.s;
      }
      added.push(changes);
    },
    isOf(changes) {
      // One that failed halfway has left something behind.
      if (added.length < begun) return false;
      let at = 0;
      for (const part of added)
        for (const change of part) if (changes[at++] !== change) return false;
      return at === changes.length;
    },
    report: (cap) => summary(overlay, projection, kindOf, cap),
  };
}

export function dryRun(
  changes: readonly Change[],
  projection: Base,
  kindOf: KindLookup,
  cap: number,
  start?: Start,
): DryRun {
  return dryRunOf(changes, projection, kindOf, start).report(cap);
}

export function dryRunOf(
  changes: readonly Change[],
  projection: Base,
  kindOf: KindLookup,
  start?: Start,
): RunningDryRun {
  const run = beginDryRun(projection, kindOf, start);
  run.add(changes);
  return run;
}

const none = (): Record<Outcome, number> => ({
  conflicting: 0,
  new: 0,
  changed: 0,
  deleted: 0,
  unchanged: 0,
});

function summary(
  overlay: ReadonlyMap<RecordId, RecordState>,
  projection: Base,
  kindOf: KindLookup,
  cap: number,
): DryRun {
  const records = none();
  const relations = none();
  const listed = none();
  const byKind: Record<string, Record<Outcome, number>> = {};
  const unknownKinds: Record<string, number> = {};
  const items: RecordReport[] = [];
  for (const after of overlay.values()) {
    if (!kindOf(after.kind)) {
      unknownKinds[after.kind] = (unknownKinds[after.kind] ?? 0) + 1;
      continue;
    }
    const before = projection.get(after.id);
    const outcome = outcomeOf(before, after);
    if (after.kind === LINK) relations[outcome]++;
    else {
      records[outcome]++;
      (byKind[after.kind] ??= none())[outcome]++;
    }
    const worth = outcome !== 'unchanged' && (after.kind !== LINK || outcome === 'conflicting');
    if (!worth || listed[outcome] >= cap) continue;
    listed[outcome]++;
    const title = asText(after.values[kindOf(after.kind)?.title ?? '']) || after.id;
    const fields = fieldReports(before, after);
    items.push({ id: after.id, kind: after.kind, title, outcome, fields });
  }
  return { records, relations, kinds: byKind, unknownKinds, items };
}

function outcomeOf(before: RecordState | undefined, after: RecordState): Outcome {
  if (conflictsOf(after).length) return 'conflicting';
  if (deletion(after) === 'deleted') {
    return before && deletion(before) === 'deleted' ? 'unchanged' : 'deleted';
  }
  if (!before) return 'new';
  return deletion(before) === 'deleted' || differs(before, after) ? 'changed' : 'unchanged';
}

/** Any field but the mark of deletion, which is looked at by itself. */
function differs(before: RecordState, after: RecordState): boolean {
  for (const field in after.values) {
    if (field !== DELETED && !isSame(before, after, field)) return true;
  }
  return false;
}

const isSame = (before: RecordState | undefined, after: RecordState, field: string): boolean =>
  sameValue(before?.values[field] ?? null, after.values[field] ?? null);

function fieldReports(before: RecordState | undefined, after: RecordState): FieldReport[] {
  const contested = conflictsOf(after);
  const out: FieldReport[] = [];
  // What has heads has a value, if only null.
  for (const field in after.values) {
    const heads = contested.includes(field) ? distinctHeads(after, field) : [];
    if (heads.length === 0 && (field === DELETED || isSame(before, after, field))) continue;
    const values = { before: before?.values[field] ?? null, after: after.values[field] ?? null };
    out.push({ field, ...values, heads });
  }
  return out.concat(deletionReport(before, after, contested));
}

/** Deleting and bringing back are shown as such, not as the list of dots that the field holds. */
function deletionReport(
  before: RecordState | undefined,
  after: RecordState,
  contested: readonly string[],
): FieldReport[] {
  const was = before ? deletion(before) === 'deleted' : false;
  const is = deletion(after) === 'deleted';
  if (was === is || contested.includes(DELETED)) return [];
  return [{ field: DELETED, before: was, after: is, heads: [] }];
}

function distinctHeads(state: RecordState, field: string): FieldReport['heads'] {
  const out: { value: Value; dot: Dot; at: number }[] = [];
  for (const { value, stamp } of headsOf(state, field)) {
    if (out.some((head) => sameValue(head.value, value))) continue;
    out.push({ value, dot: `${stamp.r}:${stamp.s}`, at: stamp.t[0] });
  }
  return out;
}
