/** Opening a file of any size: it is decrypted and taken apart as it is read. */
import type { Codec } from '../../shared/exchange/codec';
import type { Progress } from '../../shared/exchange/openSegments';
import { createPieceSource } from '../../shared/exchange/pieceSource';
import type { OpenedEntries } from '../../shared/exchange/trust';
import { readUstarPieces } from '../../shared/exchange/ustarPieces';
import { MAX_INSIDE } from '../../shared/exchange/verify';
import type { Bytes } from '../../shared/largeBytes';
import { ok, type Result } from '../../shared/result';
import { createBlobSink } from './pieces';
import { openPieces, type Openers } from './seal';

/**
 * Attachments go into blobs, which the browser may keep on disk; everything else stands in memory. The
 * whole file is decrypted before anything of it is used, whatever its archive looks like. Refusals:
 * those of openPieces and readUstar.
 */
export async function openEntries(
  raw: Bytes,
  openers: Openers,
  codec: Codec,
  onProgress: Progress,
): Promise<Result<OpenedEntries>> {
  const opening = await openPieces(raw, openers, onProgress);
  if (!opening.ok) return opening;
  const source = createPieceSource(opening.value.pieces);
  const entries = await readUstarPieces(
    source,
    {
      maxEntries: MAX_INSIDE,
      isLarge: (name) => name.startsWith('blobs/'),
      newSink: createBlobSink,
    },
    codec,
  );
  const decrypted = await source.drain();
  if (!decrypted.ok) return decrypted;
  return entries.ok ? ok(entries.value as OpenedEntries) : entries;
}
