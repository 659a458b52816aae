/** From manifest and segments to the archive that is then encrypted. */
import { ok, refuse, type Result } from '../result';
import type { Codec } from './codec';
import { inFileOrder } from './compose';
import type { Manifest } from './manifest';
import type { Segment } from './segment';
import { writeUstar } from './ustar';
import type { Progress } from './verify';

/**
 * Each segment is held against its hash first, so that a damaged disk is noticed here and not at
 * headquarters. Refusal: `exchange.ownDamaged` with the `replica` whose segment it is.
 */
export async function packArchive(
  manifest: Manifest,
  segments: readonly Segment[],
  codec: Codec,
  onProgress: Progress = () => undefined,
): Promise<Result<Uint8Array>> {
  const ordered = inFileOrder(segments);
  const total = manifest.segments.reduce((sum, entry) => sum + entry.size, 0);
  let done = 0;
  for (const [i, segment] of ordered.entries()) {
    const entry = manifest.segments[i];
    const sha256 = await codec.sha256(segment.bytes);
    if (sha256 !== segment.sha256 || sha256 !== entry?.sha256) {
      return refuse('exchange.ownDamaged', { replica: segment.replica });
    }
    done += segment.bytes.length;
    onProgress(done, total);
  }
  const entries = [
    { name: 'manifest.json', bytes: codec.encode(JSON.stringify(manifest)) },
    ...manifest.segments.map((entry, i) => ({
      name: entry.name,
      bytes: ordered[i]?.bytes ?? new Uint8Array(),
    })),
  ];
  return ok(writeUstar(entries, Math.floor(manifest.createdAt / 1000), codec));
}
