/** What headquarters has to see again, because what is held here says that it has something else. */
import { acceptedChain } from '../../shared/exchange/branch';
import { acrossState, denyingBy, leavesState } from '../../shared/exchange/stateHere';
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
  { compacted, ends, hashes }: Omit<SegmentsHere, 'tips'>,
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
    const across = acrossState(chain, { compacted, ends, hashes });
    const shown = across.length > 0 ? await exchange.stateShown(across) : undefined;
    const isDenied = denyingBy(projection, kindOf, shown);
    if (
      leavesState(
        chain,
        seen(compacted, replica),
        ends,
        (change, { sha256 }) => !hashes.has(sha256) && isDenied(change),
      )
    )
      out.push(replica);
  }
  return out;
}

/** A branch that is held beside the one here, and headquarters has not said which one stays. */
export interface Undecided {
  readonly replica: ReplicaId;
  /** Of the segment that it begins with. */
  readonly sha256: string;
}

/** A file may be lost, and nobody of such a release says which branch he has: so often it is sent again. */
const TIMES_TOLD = 5;

/** What a peer has to see again, whose release does not compare receipts: it may have the other branch. */
export const untoldTo = (peer: Peer, undecided: readonly Undecided[]): readonly Undecided[] =>
  peer.tellsBranches === false
    ? undecided.filter(({ sha256 }) => (peer.retold?.[sha256] ?? 0) < TIMES_TOLD)
    : [];

/** What has been sent again by now, once a file has brought it. */
export const retoldAfter = (peer: Peer, told: readonly Undecided[]): Pick<Peer, 'retold'> => {
  const times = untoldTo(peer, told).map(
    ({ sha256 }) => [sha256, (peer.retold?.[sha256] ?? 0) + 1] as const,
  );
  return times.length > 0 ? { retold: { ...peer.retold, ...Object.fromEntries(times) } } : {};
};

/** Only what its author signed, and not what a person keeps out. */
export async function undecided({ exchange, trust }: Vault): Promise<readonly Undecided[]> {
  const roster = trust.roster();
  if (!roster || trust.certificate()?.role === 'hq') return [];
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
  return open
    .filter(
      ({ segment, prev, proof }) =>
        proof === 'signed' && segment.from > end(segment.replica) && !hashes.has(prev ?? ''),
    )
    .map(({ segment: { replica, sha256 } }) => ({ replica, sha256 }));
}
