/** After a file: what somebody took away here without having seen it is said again (`unseen.ts`). */
import { deviceOf } from '../../shared/trust/device';
import { revocationOf } from '../../shared/trust/roster';
import type { Vault } from '../store/vault';
import { openInbox } from './engine';

/**
 * Of branches that gave way here, every device for what it wrote itself, knowing them; of those that are
 * held beside what is here headquarters, for what came from devices that never proved to have what is here.
 * Only what a member signed shows that there is a second branch.
 */
export async function restateUnseen(vault: Vault): Promise<void> {
  const { exchange, trust } = vault;
  const forked = exchange.waiting().filter(({ reason }) => reason === 'forked');
  if (forked.length === 0) return;
  const roster = trust.roster();
  const beside =
    trust.certificate()?.role === 'hq'
      ? forked.filter(
          ({ displaced, segment: { replica, sig } }) =>
            !displaced && sig !== undefined && !revocationOf(roster, deviceOf(replica)),
        )
      : [];
  const looked = beside.filter(({ restated }) => restated).map(({ segment }) => segment.sha256);
  const open = await openInbox(
    beside.filter(({ restated }) => !restated).map(({ segment }) => segment),
    trust.context(),
  );
  const signed = open
    .filter(({ proof }) => proof === 'signed')
    .map(({ segment }) => segment.sha256);
  await exchange.restate([...looked, ...signed]);
}
