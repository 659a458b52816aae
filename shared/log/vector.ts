/** Version vectors: per replica, the highest sequence below which nothing is missing. */
import type { ReplicaId } from './change';

export type Vector = Readonly<Record<ReplicaId, number>>;

export const seen = (have: Vector, replica: ReplicaId): number =>
  Object.hasOwn(have, replica) ? (have[replica] ?? 0) : 0;

export const covers = (have: Vector, replica: ReplicaId, sequence: number): boolean =>
  seen(have, replica) >= sequence;

/** Least upper bound: commutative, associative, idempotent (I3). */
export function join(a: Vector, b: Vector): Vector {
  const out: Record<ReplicaId, number> = { ...a };
  for (const [replica, sequence] of Object.entries(b)) {
    if (sequence > seen(out, replica)) out[replica] = sequence;
  }
  return out;
}

/** Greatest lower bound: what every one of the vectors has. */
export function meet(vectors: readonly Vector[]): Vector {
  const [first, ...rest] = vectors;
  const out: Record<ReplicaId, number> = {};
  for (const [replica, sequence] of Object.entries(first ?? {})) {
    const least = rest.reduce((low, v) => Math.min(low, seen(v, replica)), sequence);
    if (least > 0) out[replica] = least;
  }
  return out;
}

/** True when `a` has everything that `b` has. */
export const dominates = (a: Vector, b: Vector): boolean =>
  Object.entries(b).every(([replica, sequence]) => seen(a, replica) >= sequence);

/** How many changes `b` has that `a` lacks. */
export const missingCount = (a: Vector, b: Vector): number =>
  Object.entries(b).reduce((sum, [r, s]) => sum + Math.max(0, s - seen(a, r)), 0);
