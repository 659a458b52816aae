/**
 * A database that was put back from a backup, or cloned before its last export, has forgotten
 * sequence numbers that already travelled. Using one again would give two changes one identity, so
 * such a device goes on under a new epoch.
 */
import type { ReplicaId } from './change';
import { seen, type Vector } from './vector';

const EPOCH = /^(.+)-(\d+)$/;

/** The same device's next epoch: `k3f9a2x7-0` becomes `k3f9a2x7-1`. */
export function nextEpoch(replica: ReplicaId): ReplicaId {
  const match = EPOCH.exec(replica);
  return match ? `${match[1]}-${Number(match[2]) + 1}` : `${replica}-1`;
}

/**
 * An epoch further on, for a device that has a double: both go on, and `step` (random, from 0) keeps
 * them from meeting again.
 */
export function laterEpoch(replica: ReplicaId, step: number): ReplicaId {
  const match = EPOCH.exec(replica);
  return `${match?.[1] ?? replica}-${Number(match?.[2] ?? 0) + 2 + step}`;
}

/**
 * The epoch to write under: the first one of which nothing was exported that this database lacks.
 * `exported` is the largest exported sequence of a replica, kept outside the database; `sealed`, per
 * replica, what it can be in this one.
 */
export async function safeEpoch(
  replica: ReplicaId,
  sealed: Vector,
  exported: (replica: ReplicaId) => Promise<number>,
): Promise<ReplicaId> {
  let epoch = replica;
  while ((await exported(epoch)) > seen(sealed, epoch)) epoch = nextEpoch(epoch);
  return epoch;
}
