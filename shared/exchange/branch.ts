/**
 * Which branch of a copied device's log stays. Headquarters says so with an anchor in the roster; who
 * holds the other branch asks for the whole chain and puts it in the place of his own.
 */
import { upcastChange } from '../kinds/upcast';
import { dotOf, type Change, type Dot, type RecordId, type ReplicaId } from '../log/change';
import type { KindLookup, Projection } from '../projection/projection';
import { compareHlc } from '../log/clock';
import { headsOf, type RecordState } from '../log/record';
import { seen, type Vector } from '../log/vector';
import type { Roster } from '../trust/roster';
import type { HoldReason } from '../trust/standing';
import type { OpenSegment } from './openSegments';
import type { SegmentEnds } from './receipt';

/**
 * Replicas of which this device holds a branch that does not stay: it has as much as the anchor and
 * not the anchor's segment, or that segment does not fit what is here, which may be less than it.
 * `compacted`: up to there headquarters vouched for the state itself. `misfits`: the anchor's segment
 * is at hand and cannot be applied, because what is here is another branch.
 */
export function losingBranches(
  roster: Roster | undefined,
  have: Vector,
  hasSegment: (sha256: string) => boolean,
  compacted: Vector = {},
  misfits: (replica: ReplicaId, sha256: string) => boolean = () => false,
): readonly ReplicaId[] {
  return Object.entries(roster?.accepted ?? {})
    .filter(
      ([replica, { to, sha256 }]) =>
        seen(compacted, replica) < to &&
        !hasSegment(sha256) &&
        (seen(have, replica) >= to || (seen(have, replica) > 0 && misfits(replica, sha256))),
    )
    .map(([replica]) => replica);
}

/** For `misfits`: by what is held. */
export const heldAside =
  (
    waiting: readonly {
      readonly segment: { readonly sha256: string };
      readonly reason: HoldReason;
      readonly displaced?: true;
    }[],
  ) =>
  (_: ReplicaId, sha256: string): boolean =>
    waiting.some(
      ({ segment, reason, displaced }) =>
        segment.sha256 === sha256 && !displaced && (reason === 'forked' || reason === 'behind'),
    );

/** The vector without those replicas: what a device says it has when it wants their chain anew. */
export const without = (have: Vector, replicas: readonly ReplicaId[]): Vector =>
  replicas.length === 0
    ? have
    : Object.fromEntries(Object.entries(have).filter(([replica]) => !replicas.includes(replica)));

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
  denies: (change: Change) => boolean,
): boolean =>
  end > 0 &&
  chain.some(({ segment: { replica, from, to, sha256 }, prev, changes }) => {
    const isLast = (hash: string | null): boolean =>
      hash !== null && ends.at(replica, end).includes(hash);
    if (to === end) return !isLast(sha256);
    if (from === end + 1) return !isLast(prev);
    // Packed anew, with what came after it.
    return from <= end && end < to && changes.some((change) => change.s <= end && denies(change));
  });

/**
 * Whether the state here cannot stand for a change: its record is not there, deleted or not; a field that
 * it set shows nothing; the record shows what it took the place of; or what is shown under its number was
 * said at another time, or of another record.
 */
export function denyingBy(
  { get, all }: Pick<Projection, 'get'> & Partial<Pick<Projection, 'all'>>,
  kindOf: KindLookup,
): (change: Change) => boolean {
  /** Of all changes of which something is shown; made when it is asked for, which is seldom. */
  let shown: ReadonlyMap<Dot, RecordId> | undefined;
  return (raw) => {
    const { id, r, s, t, f, o = {} } = upcastChange(kindOf(raw.k), raw);
    const state = get(id);
    if (!state) return true;
    if (Object.keys(f).some((field) => !Object.hasOwn(state.heads, field))) return true;
    const isOther = Object.keys(state.heads).some((field) => {
      const taken = Object.hasOwn(o, field) ? o[field] : undefined;
      return headsOf(state, field).some(
        ({ stamp }) =>
          (stamp.r === r && stamp.s === s && compareHlc(stamp.t, t) !== 0) ||
          taken?.includes(dotOf(stamp)),
      );
    });
    if (isOther || !all) return isOther;
    shown ??= shownIn(all());
    return (shown.get(dotOf(raw)) ?? id) !== id;
  };
}

function shownIn(states: Iterable<RecordState>): ReadonlyMap<Dot, RecordId> {
  const out = new Map<Dot, RecordId>();
  for (const state of states) {
    for (const field of Object.keys(state.heads)) {
      for (const { stamp } of headsOf(state, field)) out.set(dotOf(stamp), state.id);
    }
  }
  return out;
}
