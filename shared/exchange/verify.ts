/** From a decrypted archive to content that may be used: order, names, sizes, hashes, every line. */
import type { Change } from '../log/change';
import { ok, refuse, type Result } from '../result';
import type { Codec } from './codec';
import { MAX_ENTRIES, MAX_MANIFEST, MAX_UNPACKED } from './limits';
import { FORMAT_VERSION, parseManifest, type Manifest, type SegmentEntry } from './manifest';
import { decodeSegment, type Segment } from './segment';
import type { OpenedFile, Trusted } from './trust';
import { readUstar, type TarEntry } from './ustar';

/** A segment as it came, and what is in it. */
export interface OpenSegment {
  readonly segment: Segment;
  /** SHA-256 of its author's segment before, or null. */
  readonly prev: string | null;
  readonly changes: readonly Change[];
}

export interface FileContent {
  readonly manifest: Manifest;
  readonly segments: readonly OpenSegment[];
}

/** Every entry listed, every hash right, every line of every segment looked at. */
export type VerifiedFile = Trusted<FileContent, 'verified'>;

/** Called with the bytes verified so far, and all of them. */
export type Progress = (done: number, total: number) => void;

const MANIFEST = 'manifest.json';
/** Where a later format puts the sender's signature over the manifest. */
const SIGNATURE = 'manifest.sig';

/**
 * Nothing of the file is handed out before its last byte is verified. Refusals: those of readUstar,
 * parseManifest and decodeSegment, and `exchange.entries` (the archive holds other files than its
 * manifest lists), `exchange.hash` with the entry's `name`, `exchange.chain` (a segment does not
 * follow the one before it), `exchange.bomb`.
 */
export async function verifyFile(
  opened: OpenedFile,
  codec: Codec,
  onProgress: Progress = () => undefined,
): Promise<Result<VerifiedFile>> {
  const archive = readUstar(opened, MAX_ENTRIES + 2, codec);
  if (!archive.ok) return archive;
  const [head, ...others] = archive.value;
  if (head?.name !== MANIFEST) return refuse('exchange.notHoldfast');
  if (head.bytes.length > MAX_MANIFEST) return refuse('exchange.bomb');
  const text = codec.decode(head.bytes);
  const manifest = text === undefined ? refuse('exchange.damaged') : parseManifest(text);
  if (!manifest.ok) return manifest;
  const signed = manifest.value.version > FORMAT_VERSION && others[0]?.name === SIGNATURE;
  const listed = signed ? others.slice(1) : others;
  const hashes = await checkEntries(listed, manifest.value.segments, codec);
  if (!hashes.ok) return hashes;
  const segments = await openSegments(listed, manifest.value.segments, codec, onProgress);
  if (!segments.ok) return segments;
  return ok({ manifest: manifest.value, segments: segments.value } as unknown as VerifiedFile);
}

async function checkEntries(
  entries: readonly TarEntry[],
  listed: readonly SegmentEntry[],
  codec: Codec,
): Promise<Result<null>> {
  const same = entries.every(({ name, bytes }, i) => {
    const entry = listed[i];
    return entry?.name === name && entry.size === bytes.length;
  });
  if (!same || entries.length !== listed.length) return refuse('exchange.entries');
  for (const [i, { name, bytes }] of entries.entries()) {
    if ((await codec.sha256(bytes)) !== listed[i]?.sha256) return refuse('exchange.hash', { name });
  }
  return ok(null);
}

async function openSegments(
  entries: readonly TarEntry[],
  listed: readonly SegmentEntry[],
  codec: Codec,
  onProgress: Progress,
): Promise<Result<readonly OpenSegment[]>> {
  const out: OpenSegment[] = [];
  const total = listed.reduce((sum, entry) => sum + entry.size, 0);
  let packed = 0;
  let unpacked = 0;
  for (const [i, entry] of listed.entries()) {
    const bytes = entries[i]?.bytes.slice() ?? new Uint8Array();
    const { replica, from, to, sha256 } = entry;
    const opened = await openSegment({ replica, from, to, sha256, bytes }, codec);
    if (!opened.ok) return opened;
    const before = out.at(-1);
    const follows = before?.segment.replica === replica && before.segment.to + 1 === from;
    if (follows && opened.value.prev !== before.segment.sha256) {
      return refuse('exchange.chain', { name: entry.name });
    }
    unpacked += opened.value.unpacked;
    if (unpacked > MAX_UNPACKED) return refuse('exchange.bomb');
    packed += entry.size;
    onProgress(packed, total);
    out.push({
      segment: opened.value.segment,
      prev: opened.value.prev,
      changes: opened.value.changes,
    });
  }
  return ok(out);
}

/** Opens one segment and holds it against what was said about it. */
export async function openSegment(
  segment: Segment,
  codec: Codec,
): Promise<Result<OpenSegment & { readonly unpacked: number }>> {
  const decoded = await decodeSegment(segment.bytes, codec);
  if (!decoded.ok) return decoded;
  const { header, changes, unpacked } = decoded.value;
  const same =
    header.r === segment.replica && header.from === segment.from && header.to === segment.to;
  if (!same) return refuse('exchange.segment', { line: 1 });
  return ok({ segment, prev: header.prev, changes, unpacked });
}
