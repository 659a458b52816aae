/** After a file: what somebody took away here without having seen it is said again (`unseen.ts`). */
import type { Vault } from '../store/vault';
import { openInbox } from './engine';

/**
 * Of branches that gave way here, every device for what it wrote itself, knowing them; of those that are
 * held beside what is here headquarters, for what came from devices that never proved to have what is here.
 * Only what a member signed shows that there is a second branch: where that was not checked when it came,
 * it is now.
 */
export async function restateUnseen(vault: Vault): Promise<void> {
  const { exchange, trust } = vault;
  const unchecked =
    trust.certificate()?.role === 'hq'
      ? exchange
          .waiting()
          .filter(
            ({ reason, displaced, signed, restated, segment: { sig } }) =>
              reason === 'forked' && !displaced && !signed && !restated && sig !== undefined,
          )
      : [];
  const open = await openInbox(
    unchecked.map(({ segment }) => segment),
    trust.context(),
  );
  const proven = open.filter(({ proof }) => proof === 'signed');
  await exchange.restate(proven.map(({ segment }) => segment.sha256));
}
