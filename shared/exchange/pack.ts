/** From manifest, segments and attachments to the archive that is then encrypted. */
import { AT_ONCE, PIECE, readPiece, sizeOf, type Bytes } from '../largeBytes';
import { ok, refuse, type Result } from '../result';
import type { BaseFile } from './base';
import type { Codec } from './codec';
import { inFileOrder } from './compose';
import { blobName, EXTRACT_NAME, type Manifest } from './manifest';
import { joined } from './pieceSource';
import type { Segment } from './segment';
import { SIGNATURE, signManifest, type Signer } from './signature';
import { ustarEnd, ustarHeader, ustarPadding, type TarEntry } from './ustar';

/** The bytes of an attachment. */
export interface PackedBlob {
  readonly sha256: string;
  readonly bytes: Bytes;
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

/** The attachment being read: the how manyth of how many. */
export interface AttachmentCount {
  readonly number: number;
  readonly of: number;
}

/** Bytes of segments, then, with `attachment`, of attachments. */
export type PackProgress = (done: number, total: number, attachment?: AttachmentCount) => void;

/**
 * The archive, piece by piece: attachments are read when it reaches them, and never stand in memory
 * together. Each segment and attachment is held against its hash, so that a damaged disk is noticed
 * here and not at headquarters; the result comes last, and what was given out before a refusal is of no
 * use. Refusals: `exchange.ownDamaged` with the `replica` whose segment it is,
 * `exchange.ownBlobDamaged` with the `sha256` of the attachment, `exchange.ownBaseDamaged`.
 */
export async function* packPieces(
  input: PackInput,
  codec: Codec,
  onProgress: PackProgress = () => undefined,
): AsyncGenerator<Uint8Array, Result<null>, undefined> {
  const head = await headEntries(input, codec, onProgress);
  if (!head.ok) return head;
  const { manifest } = input;
  const seconds = Math.floor(manifest.createdAt / 1000);
  for (const { name, bytes } of head.value) {
    yield ustarHeader(name, bytes.length, seconds, codec);
    yield bytes;
    yield ustarPadding(bytes.length);
  }
  const blobs = (input.blobs ?? []).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const total = manifest.blobs.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const [i, { sha256, bytes }] of blobs.entries()) {
    const damaged = refuse('exchange.ownBlobDamaged', { sha256 });
    const listed = manifest.blobs[i];
    const size = sizeOf(bytes);
    if (listed?.sha256 !== sha256 || listed.size !== size) return damaged;
    const hash = size > AT_ONCE ? codec.hasher() : undefined;
    yield ustarHeader(blobName(sha256), size, seconds, codec);
    const step = hash ? PIECE : AT_ONCE;
    for (let at = 0; at < size; at += step) {
      onProgress(done + at, total, { number: i + 1, of: blobs.length });
      const piece = await readOrNothing(bytes, at, Math.min(at + step, size));
      if (!piece || (!hash && (await codec.sha256(piece)) !== sha256)) return damaged;
      hash?.update(piece);
      yield piece;
    }
    if (hash && hash.digest() !== sha256) return damaged;
    yield ustarPadding(size);
    done += size;
    onProgress(done, total, { number: i + 1, of: blobs.length });
  }
  yield ustarEnd();
  return ok(null);
}

/** The same archive in memory, for a file of which that is known to be little. */
export async function packArchive(
  input: PackInput,
  codec: Codec,
  onProgress?: PackProgress,
): Promise<Result<Uint8Array>> {
  const pieces: Uint8Array[] = [];
  const packing = packPieces(input, codec, onProgress);
  for (;;) {
    const { done, value } = await packing.next();
    if (done) return value.ok ? ok(joined(pieces)) : value;
    pieces.push(value);
  }
}

/** All entries before the attachments. */
async function headEntries(
  input: PackInput,
  codec: Codec,
  onProgress: PackProgress,
): Promise<Result<readonly TarEntry[]>> {
  const { manifest, signer } = input;
  const ordered = inFileOrder(input.segments);
  const total = manifest.segments.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const [i, segment] of ordered.entries()) {
    const sha256 = await codec.sha256(segment.bytes);
    if (sha256 !== segment.sha256 || sha256 !== manifest.segments[i]?.sha256) {
      return refuse('exchange.ownDamaged', { replica: segment.replica });
    }
    onProgress((done += segment.bytes.length), total);
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
  return ok(entries);
}

async function readOrNothing(
  bytes: Bytes,
  from: number,
  to: number,
): Promise<Uint8Array | undefined> {
  try {
    return await readPiece(bytes, from, to);
  } catch {
    // The one reason that reading has to fail: the disk no longer gives these bytes.
    return undefined;
  }
}
