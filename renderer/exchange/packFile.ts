/** Packing a file with its attachments: a few of them in memory, many while they are read. */
import { MAX_FILE } from '../../shared/exchange/limits';
import type { BlobEntry, Manifest } from '../../shared/exchange/manifest';
import type { Bytes } from '../../shared/largeBytes';
import { ok, refuse, type Result } from '../../shared/result';
import type { Vault } from '../store/vault';
import type { Engine, OnProgress, PackRequest } from './engine';

export interface PackFileOptions {
  /** Attachments to go along; one that is not here goes with a later file. */
  readonly hashes: readonly string[];
  /** The file with these attachments, in any order. */
  readonly make: (blobs: readonly BlobEntry[]) => Omit<PackRequest, 'blobs'>;
  readonly engine: Engine;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

export interface PackedFile {
  readonly manifest: Manifest;
  readonly file: Bytes;
}

/** Bytes of attachments that a file in memory may carry. */
const LARGE_FROM = 16 * 1024 * 1024;

/**
 * Bytes that turn out to be damaged stay behind, and this device asks for them from then on. Refusals:
 * those of packing, and `exchange.tooLarge` with `max` (MB).
 */
export async function packFile(
  vault: Pick<Vault, 'blobs'>,
  { hashes, make, engine, onProgress, signal }: PackFileOptions,
): Promise<Result<PackedFile>> {
  const left = new Set(hashes);
  for (;;) {
    const blobs = await vault.blobs.stored([...left]);
    const input = make(blobs.map(({ sha256, bytes }) => ({ sha256, size: bytes.size })));
    const { manifest } = input;
    const weight = blobs.reduce((sum, { bytes }) => sum + bytes.size, 0);
    const others = manifest.segments.reduce((sum, { size }) => sum + size, 0);
    if (weight + others > MAX_FILE) {
      return refuse('exchange.tooLarge', { max: MAX_FILE / 1024 / 1024 });
    }
    const pack = weight < LARGE_FROM ? engine.pack : engine.packLarge;
    const packed: Result<Bytes> = await pack({ ...input, blobs }, onProgress, signal);
    if (packed.ok) return ok({ manifest, file: packed.value });
    const damaged = packed.refusal.params?.sha256;
    if (packed.refusal.code !== 'exchange.ownBlobDamaged' || !left.delete(String(damaged))) {
      return packed;
    }
    // Read once more, so that the store knows; the file is made anew without it.
    await vault.blobs.get(String(damaged));
  }
}
