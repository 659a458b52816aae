/** State here that headquarters vouched for and has lost since: it was put back to before it. */
import { denyingBy, leavesState } from '../../shared/exchange/stateHere';
import { acceptedChain } from '../../shared/exchange/stayingBranch';
import { kindOf } from '../../shared/kinds/registry';
import type { ReplicaId } from '../../shared/log/change';
import { seen } from '../../shared/log/vector';
import type { SegmentsHere } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { openInbox } from './engine';

/** Of these replicas headquarters accepted another branch, which is held here: it lacks the state. */
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
