/** Handing many bytes to the shell piece by piece, so that they stand in memory nowhere. */
import type { BegunSave, HostCalls } from '../../shared/host';
import { PIECE, readPiece, type LargeBytes } from '../../shared/largeBytes';
import { ok, refuse, type Result } from '../../shared/result';

/** Refuses with what writing refuses, and `host.writeFailed` when the bytes can no longer be read. */
export async function savePieces(
  { writeSave, endSave }: Pick<HostCalls, 'writeSave' | 'endSave'>,
  { id, name }: BegunSave,
  bytes: LargeBytes,
): Promise<Result<{ readonly name: string }>> {
  for (let at = 0; at < bytes.size; at += PIECE) {
    const piece = await readOrNothing(bytes, at);
    if (!piece) {
      await endSave({ id, keep: false });
      return refuse('host.writeFailed', { name });
    }
    const written = await writeSave({ id, bytes: piece });
    if (!written.ok) return written;
  }
  const ended = await endSave({ id, keep: true });
  return ended.ok ? ok({ name }) : ended;
}

async function readOrNothing(bytes: LargeBytes, at: number): Promise<Uint8Array | undefined> {
  try {
    return await readPiece(bytes, at, Math.min(at + PIECE, bytes.size));
  } catch (error) {
    // The browser could not keep them: its disk is full.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
