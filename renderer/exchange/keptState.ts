/** State here that headquarters vouched for and has lost since: it was put back to before it. */
import { denyingBy, leavesState } from '../../shared/exchange/stateHere';
import { acceptedOf } from '../../shared/exchange/sequence';
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
  const anchors = Object.entries(trust.roster()?.accepted ?? {}).filter(
    ([replica, { sha256 }]) =>
      seen(compacted, replica) > 0 && held.some((segment) => segment.sha256 === sha256),
  );
  const out: ReplicaId[] = [];
  for (const [replica, anchor] of anchors) {
    const own = await openInbox(
      held.filter((segment) => segment.replica === replica),
      trust.context(),
    );
    const chain = acceptedOf(own, anchor);
    const strays = leavesState(
      own.filter(({ segment }) => chain.has(segment.sha256)),
      seen(compacted, replica),
      ends,
      denyingBy(projection, kindOf),
    );
    if (strays) out.push(replica);
  }
  return out;
}
