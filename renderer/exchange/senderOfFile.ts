/** What is known of a device that files come from, and what a file adds to it. */
import { TIPS_FORMAT, type Manifest } from '../../shared/exchange/manifest';
import type { ImportPlan } from '../../shared/exchange/plan';
import { join, seen, type Vector } from '../../shared/log/vector';
import { deviceOf } from '../../shared/trust/device';
import type { Peer } from '../store/exchangeStore';
import type { Vault } from '../store/vault';

/** The same device whatever epoch it writes under. */
export const peerOf = (vault: Vault, replica: string): Peer | undefined =>
  vault.exchange.peers().find((peer) => deviceOf(peer.replica) === deviceOf(replica));

/**
 * So many of this device's own changes: of a state that headquarters made, they are part. What a laptop
 * has of headquarters itself was there when it made one.
 */
export function confirmedByHeadquarters(vault: Vault): number {
  const isHq = vault.trust.certificate()?.role === 'hq';
  const told = vault.exchange
    .peers()
    .filter(({ role }) => isHq || role === 'hq')
    .map(({ have }) => seen(have, vault.device()?.replica ?? ''));
  return Math.max(0, ...told);
}

/** What the file tells about its sender. An older file than the last one adds, and takes nothing back. */
export function peerAfter(vault: Vault, plan: ImportPlan, at: number, exported: number): Peer {
  const { manifest } = plan;
  const have = credible(vault, plan.receipt.have, exported);
  const { replica, name, role } = manifest.from;
  const known = peerOf(vault, replica);
  const { number } = manifest.chain;
  // A device whose database was put back counts its files anew: its clock or its epoch tells, or a
  // number that another one of its files had.
  const later =
    !known?.lastIn ||
    number >= known.lastIn.number ||
    manifest.createdAt > (known.lastIn.writtenAt ?? 0) ||
    replica !== known.replica ||
    isAnew(vault, manifest);
  return {
    replica,
    name: later || !known ? name : known.name,
    role: later || !known ? role : known.role,
    // What it says now counts, even when it is less: its disk may have been put back from a backup.
    have: later ? have : join(known?.have ?? {}, have),
    sure: join(later ? stillSure(known, plan) : (known?.sure ?? {}), plan.receipt.sure),
    sent: known?.sent ?? {},
    lastIn: later
      ? {
          // A file for several stands in no chain: what is missing is told by the last that does.
          number: number || (known?.lastIn?.number ?? 0),
          id: manifest.id,
          at,
          writtenAt: manifest.createdAt,
        }
      : known.lastIn,
    lastOut: known?.lastOut,
    wants: later || !known ? manifest.wants : (known.wants ?? []),
    tellsBranches:
      later || !known ? manifest.version >= TIPS_FORMAT : (known.tellsBranches ?? true),
    ...(known?.retold && { retold: known.retold }),
    ...apartAfter(plan, known, later || !known),
  };
}

/** What it had proved before, where it has not less by now, nor another branch. */
function stillSure(
  known: Peer | undefined,
  { receipt: { apart }, manifest: { have } }: ImportPlan,
): Vector {
  return Object.fromEntries(
    Object.entries(known?.sure ?? {})
      .filter(([replica]) => !apart.includes(replica))
      .map(([replica, to]) => [replica, Math.min(to, seen(have, replica))]),
  );
}

/** Counted anew where a receipt agrees; an older file says nothing about it. */
function apartAfter(
  { receipt, manifest: { tips } }: ImportPlan,
  known: Peer | undefined,
  later: boolean,
): Pick<Peer, 'apart'> {
  if (!later) return known?.apart ? { apart: known.apart } : {};
  const hashes = receipt.apart.flatMap((replica) => tips[replica]?.[0] ?? []);
  if (hashes.length === 0) return {};
  return { apart: Object.fromEntries(hashes.map((h) => [h, (known?.apart?.[h] ?? 0) + 1])) };
}

/** A file that has not come before, with the number of one that has. */
function isAnew(vault: Vault, { id, chain, from }: Manifest): boolean {
  const came = vault.exchange
    .entries()
    .filter(
      (entry) =>
        entry.direction === 'in' &&
        entry.number === chain.number &&
        entry.peer !== undefined &&
        deviceOf(entry.peer) === deviceOf(from.replica),
    );
  return chain.number > 0 && came.length > 0 && came.every((entry) => entry.id !== id);
}

/**
 * Nobody can have more of this device's changes than this device has, and has given away: such a claim
 * comes from before its database was restored, or speaks of what a copy of this device wrote under the
 * same numbers. Believing it would keep what is written here from being sent (I8).
 */
function credible(vault: Vault, have: Vector, exported: number): Vector {
  const self = vault.device()?.replica;
  if (!self || !Object.hasOwn(have, self)) return have;
  const own = Math.min(seen(have, self), seen(vault.projection.have(), self), exported);
  return { ...have, [self]: own };
}
