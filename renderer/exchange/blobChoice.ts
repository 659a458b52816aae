/** Which attachments a file for a peer may and, by default, does carry. */
import { candidatesFor, chooseWithin, type Candidate } from '../../shared/attachments/budget';
import { DEFAULT_BUDGET } from '../../shared/attachments/limits';
import type { Peer } from '../store/exchangeStore';
import type { Vault } from '../store/vault';

/** A new laptop and a snapshot are offered everything; others what they lack or ask for. */
export function blobCandidates(
  vault: Pick<Vault, 'projection' | 'blobs'>,
  peer: Pick<Peer, 'have' | 'wants'> | undefined,
  content: 'snapshot' | 'changes',
): readonly Candidate[] {
  const have = content === 'snapshot' ? {} : (peer?.have ?? {});
  return candidatesFor(vault.projection, { have, wants: peer?.wants ?? [] }, vault.blobs.has);
}

/** What fits the usual budget. The rest is asked for by the receiver, and goes next time. */
export const usualBlobs = (
  vault: Pick<Vault, 'projection' | 'blobs'>,
  peer: Pick<Peer, 'have' | 'wants'> | undefined,
  content: 'snapshot' | 'changes',
): readonly string[] =>
  chooseWithin(blobCandidates(vault, peer, content), DEFAULT_BUDGET).go.map(({ sha256 }) => sha256);
