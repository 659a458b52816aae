/**
 * A record as the log projects it: for every field the heads that nobody has overwritten, and the
 * value shown, which is the head with the greatest clock. Applying changes is order-independent
 * per record as long as each replica's own changes arrive in sequence (I1, I3).
 */
import {
  DELETED,
  dotOf,
  isDotOf,
  parseDot,
  sameValue,
  type Change,
  type Dot,
  type Fields,
  type RecordId,
  type ReplicaId,
  type Value,
} from './change';
import { compareHlc, type Hlc } from './clock';
import { CreatedRecord } from './createdRecord';
import { EditedRecord, stampIn } from './editedRecord';
import { covers, type Vector } from './vector';

/** What a head remembers of its change; shared by all fields that one change set. */
export interface Stamp {
  readonly r: ReplicaId;
  readonly s: number;
  readonly t: Hlc;
}

export interface Head {
  readonly stamp: Stamp;
  readonly value: Value;
}

/** One head: just its stamp, the value being in `values`. Several: all of them, winner first. */
export type Heads = Stamp | readonly Head[];

export interface RecordState {
  readonly id: RecordId;
  readonly kind: string;
  /** Shown values by field. */
  readonly values: Fields;
  readonly heads: Readonly<Record<string, Heads>>;
  /** Every change that ever touched the record, in order of arrival. */
  readonly dots: readonly Dot[];
  /** True when it is known that `isSettled`: neither a conflict nor a deletion has to be looked for. */
  readonly settled?: boolean;
  /** Where it is settled, and asking for all heads would cost more: the one head of a field. */
  stampOf?(field: string): Stamp | undefined;
}

/**
 * Heads that were overwritten by a change that arrived before them, keyed `id field dot`. They must
 * not become heads when they arrive at last (I4).
 */
export type EarlyOverwrites = Set<string>;

const isMany = (heads: Heads): heads is readonly Head[] => Array.isArray(heads);

/** Winner first: greater clock, then replica, then sequence, so that every replica shows the same. */
export const compareStamps = (a: Stamp, b: Stamp): number =>
  compareHlc(b.t, a.t) || (a.r < b.r ? 1 : a.r > b.r ? -1 : b.s - a.s);

export function headsOf(
  state: Pick<RecordState, 'heads' | 'values'>,
  field: string,
): readonly Head[] {
  const heads = Object.hasOwn(state.heads, field) ? state.heads[field] : undefined;
  if (!heads) return [];
  return isMany(heads) ? heads : [{ stamp: heads, value: state.values[field] ?? null }];
}

/** The dots to name when replacing a field's value. */
export const headDots = (state: RecordState, field: string): readonly Dot[] =>
  headsOf(state, field).map((head) => dotOf(head.stamp));

/** One head per field and no word about deletion: nearly every record, nearly always. */
export function isSettled(heads: RecordState['heads']): boolean {
  for (const field in heads) if (field === DELETED || Array.isArray(heads[field])) return false;
  return true;
}

export const emptyRecord = (id: RecordId, kind: string): RecordState => ({
  id,
  kind,
  values: {},
  heads: {},
  dots: [],
});

/**
 * The record after one more change. `have` is the vector before the change: an overwritten dot that
 * is not covered has not arrived yet and is remembered in `early` (which is modified).
 * The caller applies each change once.
 */
export function applyChange(
  state: RecordState | undefined,
  change: Change,
  have: Vector,
  early: EarlyOverwrites,
): RecordState {
  // A record's first change, with nothing before it and nothing that came too early.
  if (!state && !change.o && early.size === 0) return new CreatedRecord(change);
  if (state && early.size === 0 && isPlainEdit(state, change)) {
    return new EditedRecord(state, change);
  }
  const stamp: Stamp = { r: change.r, s: change.s, t: change.t };
  const dot = dotOf(change);
  const base = state ?? emptyRecord(change.id, change.k);
  const values: Record<string, Value> = { ...base.values };
  const heads: Record<string, Heads> = { ...base.heads };
  const own = { values, heads };
  for (const field of Object.keys(change.f)) {
    const value = change.f[field] ?? null;
    const replaced = change.o && Object.hasOwn(change.o, field) ? (change.o[field] ?? []) : [];
    if (early.size === 0 && isOnlyHead(heads, field, replaced)) {
      values[field] = value;
      heads[field] = stamp;
      continue;
    }
    const current = headsOf(own, field);
    const left = replaced.length
      ? current.filter((head) => !replaced.includes(dotOf(head.stamp)))
      : current;
    noteEarly(change.id, field, replaced, current, have, early);
    const overwrittenAlready = early.size > 0 && early.delete(earlyKey(change.id, field, dot));
    const next = overwrittenAlready ? left : [...left, { stamp, value }];
    setHeads(values, heads, field, next);
  }
  // Two kinds for one id never come from this program; the smaller name wins so all replicas agree.
  const kind = base.kind < change.k ? base.kind : change.k;
  const dots = [...base.dots, dot];
  return { id: base.id, kind, values, heads, dots, settled: isSettled(heads) };
}

/** Of a settled record, values take the place of those that stood there, and nothing else happens. */
function isPlainEdit(state: RecordState, { k, f, o }: Change): boolean {
  if (!state.settled || state.kind !== k || !o) return false;
  for (const field in f) {
    const replaced = Object.hasOwn(o, field) ? o[field] : undefined;
    if (field === DELETED || replaced?.length !== 1) return false;
    const head = state.stampOf ? state.stampOf(field) : stampIn(state.heads, field);
    if (!head || !isDotOf(replaced[0] ?? '', head)) return false;
  }
  return true;
}

/** One value takes the place of the one that stood there. */
function isOnlyHead(heads: RecordState['heads'], field: string, replaced: readonly Dot[]): boolean {
  const head = replaced.length === 1 && Object.hasOwn(heads, field) ? heads[field] : undefined;
  return head !== undefined && !isMany(head) && isDotOf(replaced[0] ?? '', head);
}

export const earlyKey = (id: RecordId, field: string, dot: Dot) => `${id} ${field} ${dot}`;

function noteEarly(
  id: RecordId,
  field: string,
  replaced: readonly Dot[],
  current: readonly Head[],
  have: Vector,
  early: EarlyOverwrites,
): void {
  for (const old of replaced) {
    const { r, s } = parseDot(old);
    if (covers(have, r, s)) continue;
    if (current.some((head) => head.stamp.r === r && head.stamp.s === s)) continue;
    early.add(earlyKey(id, field, old));
  }
}

/** Puts the heads of a field where they belong, the winner first. */
export function setHeads(
  values: Record<string, Value>,
  heads: Record<string, Heads>,
  field: string,
  next: readonly Head[],
): void {
  const sorted = next.length > 1 ? next.toSorted((a, b) => compareStamps(a.stamp, b.stamp)) : next;
  const winner = sorted[0];
  if (!winner) {
    delete values[field];
    delete heads[field];
    return;
  }
  values[field] = winner.value;
  heads[field] = sorted.length === 1 ? winner.stamp : sorted;
}

const NO_FIELDS: readonly string[] = [];

/** Fields whose heads hold more than one distinct value (I5). Equal values are no conflict. */
export function conflictsOf(state: RecordState): readonly string[] {
  if (state.settled) return NO_FIELDS;
  const fields: string[] = [];
  for (const [field, heads] of Object.entries(state.heads)) {
    if (!isMany(heads)) continue;
    if (field === DELETED) {
      const some = heads.some((h) => h.value !== null);
      if (some && heads.some((h) => h.value === null)) fields.push(field);
      continue;
    }
    const first = heads[0];
    if (first && heads.some((head) => !sameValue(head.value, first.value))) fields.push(field);
  }
  if (!fields.includes(DELETED) && deletion(state) === 'contested') fields.push(DELETED);
  return fields;
}

/**
 * `deleted` only when every head of every field was seen by a deleter and no restore stands beside
 * it; an edit the deleter had not seen keeps the record visible as `contested` (I11).
 */
export function deletion(state: RecordState): 'alive' | 'deleted' | 'contested' {
  if (state.settled || !Object.hasOwn(state.heads, DELETED)) return 'alive';
  const marks = headsOf(state, DELETED);
  const deletes = marks.filter((head) => head.value !== null);
  if (deletes.length === 0) return 'alive';
  if (deletes.length < marks.length) return 'contested';
  const saw = seenByDeleters(state);
  for (const field of Object.keys(state.heads)) {
    if (field === DELETED) continue;
    if (headsOf(state, field).some((head) => !saw.has(dotOf(head.stamp)))) return 'contested';
  }
  return 'deleted';
}

/** Every head that some deleter of the record knew. */
export function seenByDeleters(state: RecordState): ReadonlySet<Dot> {
  const deletes = headsOf(state, DELETED).filter((head) => head.value !== null);
  // A commit that edits and deletes saw its own edit.
  return new Set(deletes.flatMap((head) => [dotOf(head.stamp), ...sawOf(head.value)]));
}

/** The record that a deleted or contested one was merged into, if it was. */
export function mergedInto(state: RecordState): RecordId | undefined {
  for (const { value } of headsOf(state, DELETED)) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
    const { into } = value as { readonly into?: Value };
    if (typeof into === 'string') return into;
  }
  return undefined;
}

/** The dots that the value of a deletion says its author saw. */
export function sawOf(value: Value): readonly Dot[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const saw = (value as { readonly saw?: Value }).saw;
  return Array.isArray(saw) ? saw.filter((dot): dot is string => typeof dot === 'string') : [];
}

/**
 * The value of `$deleted` that deletes the record as it stands; `into` names the record that it was
 * merged into, so that whoever edits it elsewhere is led there.
 */
export function deletionOf(state: RecordState, into?: RecordId): Value {
  const saw = new Set<Dot>();
  for (const field of Object.keys(state.heads)) {
    if (field !== DELETED) for (const dot of headDots(state, field)) saw.add(dot);
  }
  return { saw: [...saw].toSorted(), ...(into === undefined ? {} : { into }) };
}

/**
 * Whether this is the change that the record knows under its dot. It remembers every change that touched
 * it, as far as that was not compacted, and the time of those that still are heads.
 */
export const remembers = (state: RecordState | undefined, change: Change): boolean =>
  state !== undefined &&
  state.dots.includes(dotOf(change)) &&
  Object.keys(state.heads)
    .flatMap((field) => headsOf(state, field))
    .every(
      ({ stamp }) =>
        stamp.r !== change.r || stamp.s !== change.s || compareHlc(stamp.t, change.t) === 0,
    );
