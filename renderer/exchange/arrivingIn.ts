/** What applying an opened file brings of attachments. */
import { arriving, type Arriving } from '../../shared/attachments/arriving';
import type { ImportPlan } from '../../shared/exchange/plan';
import type { Vault } from '../store/vault';

export const arrivingIn = (
  vault: Pick<Vault, 'blobs'>,
  { manifest, changes }: Pick<ImportPlan, 'manifest' | 'changes'>,
): Arriving =>
  arriving({
    blobs: manifest.blobs,
    changes,
    isHere: vault.blobs.has,
    missing: vault.blobs.missing(),
  });
