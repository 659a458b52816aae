/** From manifest, segments and attachments to the archive that is then encrypted. */
import { ok, refuse, type Result } from '../result';
import type { BaseFile } from './base';
import type { Codec } from './codec';
import { inFileOrder } from './compose';
import { blobName, EXTRACT_NAME, type Manifest } from './manifest';
import type { Segment } from './segment';
import { SIGNATURE, signManifest, type Signer } from './signature';
import { writeUstar, type TarEntry } from './ustar';
import type { Progress } from './openSegments';

/** The bytes of an attachment. */
export interface PackedBlob {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface PackInput {
  readonly manifest: Manifest;
  readonly segments: readonly Segment[];
  /** In the order of the manifest. */
  readonly bases?: readonly BaseFile[];
  readonly blobs?: readonly PackedBlob[];
  /** Only for an extract: the packed records. */
  readonly extract?: Uint8Array;
  /** Undefined while this device has no keys. */
  readonly signer?: Signer | undefined;
}

/**
 * Each segment and attachment is held against its hash first, so that a damaged disk is noticed here
 * and not at headquarters. Refusals: `exchange.ownDamaged` with the `replica` whose segment it is,
 * `exchange.ownBlobDamaged`,
 * `exchange.ownBaseDamaged`.
 */
export async function packArchive(
  input: PackInput,
  codec: Codec,
  onProgress: Progress = () => undefined,
): Promise<Result<Uint8Array>> {
  const { manifest, signer } = input;
  const ordered = inFileOrder(input.segments);
  const blobs = (input.blobs ?? []).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const total = [...manifest.segments, ...manifest.blobs].reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const [i, segment] of ordered.entries()) {
    const sha256 = await codec.sha256(segment.bytes);
    if (sha256 !== segment.sha256 || sha256 !== manifest.segments[i]?.sha256) {
      return refuse('exchange.ownDamaged', { replica: segment.replica });
    }
    onProgress((done += segment.bytes.length), total);
  }
  for (const [i, blob] of blobs.entries()) {
    const sha256 = await codec.sha256(blob.bytes);
    if (sha256 !== blob.sha256 || sha256 !== manifest.blobs[i]?.sha256) {
      return refuse('exchange.ownBlobDamaged');
    }
    onProgress((done += blob.bytes.length), total);
  }
  const bases = (input.bases ?? []).flatMap(({ parts }) => parts);
  const baseParts = manifest.bases.flatMap(({ parts }) => parts);
  for (const [i, part] of baseParts.entries()) {
    const sha256 = await codec.sha256(bases[i]?.bytes ?? new Uint8Array());
    if (sha256 !== part.sha256) return refuse('exchange.ownBaseDamaged');
  }
  const head = codec.encode(JSON.stringify(manifest));
  const entries: TarEntry[] = [{ name: 'manifest.json', bytes: head }];
  if (signer) entries.push({ name: SIGNATURE, bytes: await signManifest(head, signer, codec) });
  if (input.extract) entries.push({ name: EXTRACT_NAME, bytes: input.extract });
  baseParts.forEach(({ name }, i) => {
    entries.push({ name, bytes: bases[i]?.bytes ?? new Uint8Array() });
  });
  manifest.segments.forEach(({ name }, i) => {
    entries.push({ name, bytes: ordered[i]?.bytes ?? new Uint8Array() });
  });
  for (const { sha256, bytes } of blobs) entries.push({ name: blobName(sha256), bytes });
  return ok(writeUstar(entries, Math.floor(manifest.createdAt / 1000), codec));
}
