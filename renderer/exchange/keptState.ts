/** What headquarters has to see again, because what is held here says that it has something else. */
import { acceptedChain } from '../../shared/exchange/branch';
import { denyingBy, leavesState } from '../../shared/exchange/stateHere';
import { kindOf } from '../../shared/kinds/registry';
import type { ReplicaId } from '../../shared/log/change';
import { seen } from '../../shared/log/vector';
import type { Peer, SegmentsHere } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { openInbox } from './engine';

/**
 * State here that headquarters vouched for and has lost since: it was put back to before it. Of these
 * replicas it accepted another branch, which is held here.
 */
export async function keptAgainstAnchors(
  { exchange, projection, trust }: Vault,
  { compacted, ends }: Pick<SegmentsHere, 'compacted' | 'ends'>,
): Promise<readonly ReplicaId[]> {
  const held = exchange
    .waiting()
    .filter(({ reason, displaced }) => reason === 'forked' && !displaced)
    .map(({ segment }) => segment);
  const roster = trust.roster();
  const replicas = Object.entries(roster?.accepted ?? {})
    .filter(([replica, { sha256 }]) => {
      const isHeld = held.some((segment) => segment.sha256 === sha256);
      return isHeld && seen(compacted, replica) > 0;
    })
    .map(([replica]) => replica);
  const out: ReplicaId[] = [];
  for (const replica of replicas) {
    const own = held.filter((segment) => segment.replica === replica);
    const chain = acceptedChain(replica, await openInbox(own, trust.context()), roster);
    const isDenied = denyingBy(projection, kindOf);
    if (leavesState(chain, seen(compacted, replica), ends, isDenied)) out.push(replica);
  }
  return out;
}

/**
 * Replicas of which another branch is held than the one here, and headquarters has not said which one
 * stays, for peers whose release does not compare receipts: they may have seen only one of them.
 */
export async function undecided(
  { exchange, trust }: Vault,
  peers: readonly Peer[],
): Promise<readonly ReplicaId[]> {
  const roster = trust.roster();
  const isTold = peers.every(({ tellsBranches }) => tellsBranches !== false);
  if (isTold || !roster || trust.certificate()?.role === 'hq') return [];
  const waiting = exchange.waiting();
  const end = (replica: ReplicaId): number =>
    Object.hasOwn(roster.accepted, replica) ? (roster.accepted[replica]?.to ?? 0) : 0;
  const beyond = waiting.filter(
    ({ segment: { replica, to }, reason, displaced, keptOut }) =>
      reason === 'forked' && !displaced && !keptOut && to > end(replica),
  );
  const hashes = new Set(waiting.map(({ segment }) => segment.sha256));
  const open = await openInbox(
    beyond.map(({ segment }) => segment),
    trust.context(),
  );
  // Where a branch begins up to the anchor, that one is decided, however long it is.
  const begins = open.filter(
    ({ segment, prev, proof }) =>
      proof === 'signed' && segment.from > end(segment.replica) && !hashes.has(prev ?? ''),
  );
  return [...new Set(begins.map(({ segment }) => segment.replica))];
}
