/**
 * What the state here, which stands in place of compacted changes, shows of them: which branch it is of,
 * and which changes it cannot stand for.
 */
import { upcastChange } from '../kinds/upcast';
import type { BaseRow } from '../log/base';
import { dotOf, type Change, type Dot, type RecordId, type ReplicaId } from '../log/change';
import { compareHlc, type Hlc } from '../log/clock';
import { headsOf, type RecordState, type Stamp } from '../log/record';
import { covers, seen, type Vector } from '../log/vector';
import type { KindLookup, Projection } from '../projection/projection';
import type { OpenSegment } from './openSegments';
import type { SegmentEnds } from './receipt';
import type { Segment } from './segment';

/**
 * Whether an accepted chain is another branch than the one that the state here stands for up to `end`.
 * Headquarters vouched for that state and was then put back to before it; it may be all that is left of
 * what it says, and a branch on top of it would be a mixture of two. So it stays, and goes back to
 * headquarters with the next file. `denies`: what is here shows that the change is not among what the
 * state stands for.
 */
export const leavesState = (
  chain: readonly OpenSegment[],
  end: number,
  ends: SegmentEnds,
  denies: (change: Change, segment: Segment) => boolean,
): boolean =>
  end > 0 &&
  chain.some(({ segment, prev, changes }) => {
    const { replica, from, to, sha256 } = segment;
    const isLast = (hash: string | null): boolean =>
      hash !== null && ends.at(replica, end).includes(hash);
    if (to === end) return !isLast(sha256);
    if (from === end + 1) return !isLast(prev);
    // Packed anew, with what came after it.
    return (
      from <= end &&
      end < to &&
      changes.some((change) => change.s <= end && denies(change, segment))
    );
  });

/** What the state here shows by itself, without the log above it, of the changes that it is asked about. */
export interface StateShown {
  readonly get: Projection['get'];
  /** The record in which something of that change is alive. */
  readonly recordOf: (dot: Dot) => RecordId | undefined;
}

export interface StateEnds {
  /** Up to there the log was compacted. */
  readonly compacted: Vector;
  readonly ends: SegmentEnds;
  /** Of all segments here: those need no comparing. */
  readonly hashes: ReadonlySet<string>;
}

/**
 * Changes of segments that reach over the end of the state here, or end with it and not with a hash that is
 * known: whether it stands for those below is asked, and what was written above it must not answer.
 */
export const acrossState = (
  segments: readonly OpenSegment[],
  { compacted, ends, hashes }: StateEnds,
): readonly Change[] =>
  segments
    .filter(({ segment: { replica, from, to, sha256 } }) => {
      if (hashes.has(sha256)) return false;
      const end = seen(compacted, replica);
      return from <= end && (end < to || (end === to && !ends.at(replica, to).includes(sha256)));
    })
    .flatMap(({ changes }) => changes.filter(({ r, s }) => covers(compacted, r, s)));

/** Whether the state shows something of that very change; undefined where it shows nothing under its number. */
export function isShownBy({ get }: Pick<StateShown, 'get'>, change: Change): boolean | undefined {
  const record = get(change.id);
  const own = Object.keys(record?.heads ?? {}).flatMap((field) =>
    record ? headsOf(record, field).filter(({ stamp }) => dotOf(stamp) === dotOf(change)) : [],
  );
  if (own.length === 0) return undefined;
  return own.every(({ stamp }) => compareHlc(stamp.t, change.t) === 0);
}

/**
 * Whether a segment that ends with the state says the same in other bytes as the one that the state ends
 * with: its last change is alive there. Two branches share what is before a change that they share, unless
 * that was written again: then it keeps its time, and each may have written it again by itself.
 */
export function endsAsState({ changes }: OpenSegment, state: StateShown): boolean {
  const last = changes.at(-1);
  if (!last || WRITTEN_AGAIN.has(last.why?.op ?? '')) return false;
  return isShownBy(state, last) === true;
}

/** By `rescue.ts` and `unseen.ts`. */
const WRITTEN_AGAIN = new Set(['rescued', 'unseen']);

/**
 * Whether the state here cannot stand for a change: its record is not there, deleted or not; a field that
 * it set shows nothing; the record shows what it took the place of; or what is shown under its number was
 * said at another time, or of another record. Without `state` by all that is shown, also of the log above.
 */
export function denyingBy(
  { get, all, version }: Pick<Projection, 'get'> & Partial<Pick<Projection, 'all' | 'version'>>,
  kindOf: KindLookup,
  state?: StateShown,
): (change: Change) => boolean {
  let shown: Shown | undefined;
  const stateOf = state?.get ?? get;
  return (raw) => {
    const { id, r, s, t, f, o = {} } = upcastChange(kindOf(raw.k), raw);
    const record = stateOf(id);
    if (!record) return true;
    if (Object.keys(f).some((field) => !Object.hasOwn(record.heads, field))) return true;
    const isOther = Object.keys(record.heads).some((field) => {
      const taken = Object.hasOwn(o, field) ? o[field] : undefined;
      return headsOf(record, field).some(
        ({ stamp }) =>
          (stamp.r === r && stamp.s === s && compareHlc(stamp.t, t) !== 0) ||
          taken?.includes(dotOf(stamp)),
      );
    });
    if (isOther) return true;
    if (state) return (state.recordOf(dotOf(raw)) ?? id) !== id;
    if (!all) return false;
    shown ??= shownIn(all, version?.() ?? Number.NaN);
    return (shown.get(dotOf(raw)) ?? id) !== id;
  };
}

type Shown = ReadonlyMap<Dot, RecordId>;
/** Of a large vault it takes a second, and a set of files asks for it again and again. */
const shownAt = new WeakMap<
  Projection['all'],
  { readonly version: number; readonly shown: Shown }
>();

/** Of all changes of which something is shown the record; seldom asked for. */
function shownIn(all: Projection['all'], version: number): Shown {
  const known = shownAt.get(all);
  if (known?.version === version) return known.shown;
  const shown = new Map<Dot, RecordId>();
  for (const { id, stamp } of stampsIn(all())) shown.set(dotOf(stamp), id);
  shownAt.set(all, { version, shown });
  return shown;
}

/**
 * Whether a base shows all that is shown here of a replica's changes up to a number: under the same number
 * the same record, written at the same time.
 */
export function showsAll(
  rows: readonly BaseRow[],
  replica: ReplicaId,
  to: number,
  { all }: Partial<Pick<Projection, 'all'>>,
): boolean {
  const there = shownOf(rows);
  for (const { id, stamp } of stampsIn(all?.() ?? [])) {
    if (stamp.r !== replica || stamp.s > to) continue;
    const shown = there.get(dotOf(stamp));
    if (!shown || !isAlike(shown, id, stamp)) return false;
  }
  return true;
}

/**
 * Whether what is here of a replica is of the branch that a base stands for, as far as that reaches: its
 * last change is alive in both, under the same number in the same record and written at the same time, and
 * so is whatever else both show. A segment here may reach over the end of the base.
 */
export function endsAlike(
  rows: readonly BaseRow[],
  replica: ReplicaId,
  to: number,
  { all }: Partial<Pick<Projection, 'all'>>,
): boolean {
  const there = shownOf(rows);
  let isLastAlike = false;
  for (const { id, stamp } of stampsIn(all?.() ?? [])) {
    const shown = stamp.r === replica && stamp.s <= to ? there.get(dotOf(stamp)) : undefined;
    if (!shown) continue;
    if (!isAlike(shown, id, stamp)) return false;
    if (stamp.s === to) isLastAlike = true;
  }
  return isLastAlike;
}

interface ShownAt {
  readonly id: RecordId;
  readonly at: Hlc;
}

/** Of every change of which something is alive in the rows, the record and when it was written. */
export function shownOf(rows: readonly BaseRow[]): ReadonlyMap<Dot, ShownAt> {
  const there = new Map<Dot, ShownAt>();
  for (const { id, s } of rows) for (const [dot, at] of s) there.set(dot, { id, at });
  return there;
}

/** Of everything that records show, field by field, the change that it is from. */
export function* stampsIn(
  records: Iterable<RecordState>,
): Generator<{ readonly id: RecordId; readonly stamp: Stamp }> {
  for (const state of records) {
    for (const field of Object.keys(state.heads)) {
      for (const { stamp } of headsOf(state, field)) yield { id: state.id, stamp };
    }
  }
}

/** What two sides show under one number is the same change: of one record, written at one time. */
export const isAlike = (shown: ShownAt, id: RecordId, { t }: Stamp): boolean =>
  shown.id === id && compareHlc(shown.at, t) === 0;
