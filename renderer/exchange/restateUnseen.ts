/** After a file: what somebody took away here without having seen it is said again (`unseen.ts`). */
import type { ReplicaId } from '../../shared/log/change';
import type { Vault } from '../store/vault';
import { openInbox } from './engine';

/**
 * Of branches that gave way here, every device for what it wrote itself, knowing them; of those that are
 * held beside what is here headquarters, for what came from others by then. Only what its author signed
 * shows that there is a second branch. `came`: replicas that brought something.
 */
export async function restateUnseen(vault: Vault, came: ReadonlySet<ReplicaId>): Promise<void> {
  const { exchange, trust } = vault;
  const forked = exchange.waiting().filter(({ reason }) => reason === 'forked');
  if (forked.length === 0) return;
  const beside =
    trust.certificate()?.role === 'hq'
      ? forked.filter(
          ({ displaced, restated, segment }) =>
            !displaced && (!restated || came.has(segment.replica)),
        )
      : [];
  const open = await openInbox(
    beside.map(({ segment }) => segment),
    trust.context(),
  );
  const signed = open
    .filter(({ proof }) => proof === 'signed')
    .map(({ segment }) => segment.sha256);
  await exchange.restate(signed, came);
}
