/** Tries the files again that an earlier release of this program could not read. Nothing is applied. */
import type { Vault } from '../store/vault';
import { readPackage } from './importFile';
import { sortOf } from './seal';

/** How many of them can be imported; those that are still too new wait for the next release. */
export async function readableNow(
  vault: Vault,
  release: string,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (const held of vault.heldFiles.list().filter((file) => file.release !== release)) {
    const file = await vault.heldFiles.read(held.sha256);
    if (signal.aborted) return 0;
    if (!file) continue;
    const read = await readPackage(vault, { file, signal });
    // Only the person knows a passphrase; whether it is still too new shows when it is typed.
    const readable = read.ok || sortOf(file.bytes) === 'passphrase';
    if (readable) count++;
    else if (read.refusal.code === 'exchange.newer') await vault.heldFiles.keep(file, release);
  }
  return count;
}
