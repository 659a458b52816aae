/**
 * Which branch of a copied device's log stays. Headquarters says so with an anchor in the roster; who
 * holds the other branch asks for the whole chain and puts it in the place of his own.
 */
import type { ReplicaId } from '../log/change';
import { seen, type Vector } from '../log/vector';
import type { Roster } from '../trust/roster';
import type { HoldReason } from '../trust/standing';
import type { OpenSegment } from './openSegments';
import { acceptedOf } from './sequence';

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

/**
 * For `misfits`: by what is held; of a branch that had to give way once only above the state here, which
 * such a branch does not go on from.
 */
export const heldAside =
  (
    waiting: readonly {
      readonly segment: { readonly sha256: string; readonly from: number };
      readonly reason: HoldReason;
      readonly displaced?: true;
    }[],
    compacted: Vector,
  ) =>
  (replica: ReplicaId, sha256: string): boolean =>
    waiting.some(
      ({ segment, reason, displaced }) =>
        segment.sha256 === sha256 &&
        (reason === 'forked' || reason === 'behind') &&
        !(displaced && segment.from <= seen(compacted, replica)),
    );

/** The vector without those replicas: what a device says it has when it wants their chain anew. */
export const without = (have: Vector, replicas: readonly ReplicaId[]): Vector =>
  replicas.length === 0
    ? have
    : Object.fromEntries(Object.entries(have).filter(([replica]) => !replicas.includes(replica)));

/** The anchor's segment and what it follows, as far as it is at hand. */
export function acceptedChain(
  replica: ReplicaId,
  segments: readonly OpenSegment[],
  roster: Roster | undefined,
): readonly OpenSegment[] {
  const own = segments.filter(({ segment }) => segment.replica === replica);
  const chain = acceptedOf(own, roster?.accepted[replica]);
  return own.filter(({ segment }) => chain.has(segment.sha256));
}
