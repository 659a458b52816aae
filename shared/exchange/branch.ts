/**
 * Which branch of a copied device's log stays. Headquarters says so with an anchor in the roster; who
 * holds the other branch asks for the whole chain and puts it in the place of his own.
 */
import type { ReplicaId } from '../log/change';
import { seen, type Vector } from '../log/vector';
import type { Roster } from '../trust/roster';

/**
 * Replicas of which this device holds a branch that does not stay: it has as much as the anchor and
 * not the anchor's segment. `compacted`: up to there headquarters vouched for the state itself.
 */
export function losingBranches(
  roster: Roster | undefined,
  have: Vector,
  hasSegment: (sha256: string) => boolean,
  compacted: Vector = {},
): readonly ReplicaId[] {
  return Object.entries(roster?.accepted ?? {})
    .filter(
      ([replica, { to, sha256 }]) =>
        seen(have, replica) >= to && seen(compacted, replica) < to && !hasSegment(sha256),
    )
    .map(([replica]) => replica);
}

/** The vector without those replicas: what a device says it has when it wants their chain anew. */
export const without = (have: Vector, replicas: readonly ReplicaId[]): Vector =>
  replicas.length === 0
    ? have
    : Object.fromEntries(Object.entries(have).filter(([replica]) => !replicas.includes(replica)));
