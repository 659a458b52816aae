/** From a decrypted archive to content that may be used: order, names, sizes, hashes, signatures, every line. */
import { dominates } from '../log/vector';
import { sizeOf } from '../largeBytes';
import { ok, refuse, type Result } from '../result';
import { deviceOf } from '../trust/device';
import type { Roster } from '../trust/roster';
import { isVouchedFor, openBase, type OpenBase } from './base';
import type { Codec } from './codec';
import { decodeExtract, type ExtractRecord } from './extract';
import {
  MAX_BASE_PARTS,
  MAX_BASES,
  MAX_BLOBS,
  MAX_ENTRIES,
  MAX_MANIFEST,
  MAX_UNPACKED,
} from './limits';
import { blobName, EXTRACT_NAME, MANIFEST, type Manifest } from './manifest';
import {
  keysBy,
  NO_TRUST,
  openSegments,
  parseHere,
  type OpenSegment,
  type Progress,
  type TrustContext,
} from './openSegments';
import { parseManifest } from './parseManifest';
import type { PackedBlob } from './pack';
import { SIGNATURE } from './signature';
import { isVouchedStands } from './stands';
import type { OpenedEntries, OpenedFile, Trusted } from './trust';
import { readUstar, type TarEntry } from './ustar';
import type { ArchiveEntry } from './ustarPieces';
import { judgesOf, senderOf, type Judges, type Sender } from './whoSent';

export interface FileContent extends Judges {
  readonly manifest: Manifest;
  readonly sender: Sender;
  readonly segments: readonly OpenSegment[];
  /** State in place of compacted changes, vouched for by headquarters. */
  readonly bases: readonly OpenBase[];
  readonly blobs: readonly PackedBlob[];
  /** Records of an extract. */
  readonly extract: readonly ExtractRecord[];
}

/** Every entry listed, every hash and signature right, every line of every segment looked at. */
export type VerifiedFile = Trusted<FileContent, 'verified'>;

/** Entries of an archive. */
export const MAX_INSIDE = MAX_ENTRIES + MAX_BLOBS + MAX_BASES * (MAX_BASE_PARTS + 1) + 3;

/**
 * Nothing of the file is handed out before its last byte is verified. Refusals: those of readUstar,
 * parseManifest, parseRoster and decodeSegment, and `exchange.entries` (the archive holds other files
 * than its manifest lists), `exchange.hash` with the entry's `name`, `exchange.chain` (a segment does
 * not follow the one before it), `exchange.bomb`, `exchange.signature` (with the entry's `name`: signed
 * by another key than the roster's, or what its bases stand for by nobody who may say so), `exchange.organisation` (another organisation's file), and those of
 * openBase.
 */
export async function verifyFile(
  opened: OpenedFile,
  codec: Codec,
  trust: TrustContext = NO_TRUST,
  onProgress: Progress = () => undefined,
  read = parseHere,
): Promise<Result<VerifiedFile>> {
  const archive = readUstar(opened, MAX_INSIDE, codec);
  return archive.ok
    ? verifyEntries(
        archive.value as readonly ArchiveEntry[] as OpenedEntries,
        codec,
        trust,
        onProgress,
        read,
      )
    : archive;
}

/** The same for an archive that was taken apart while it was opened. */
export async function verifyEntries(
  opened: OpenedEntries,
  codec: Codec,
  trust: TrustContext = NO_TRUST,
  onProgress: Progress = () => undefined,
  read = parseHere,
): Promise<Result<VerifiedFile>> {
  const [head, ...others] = opened.map(inMemory);
  if (head?.name !== MANIFEST) return refuse('exchange.notHoldfast');
  if (head.bytes.length > MAX_MANIFEST) return refuse('exchange.bomb');
  const text = codec.decode(head.bytes);
  const parsed = text === undefined ? refuse('exchange.damaged') : parseManifest(text);
  if (!parsed.ok) return parsed;
  const manifest = parsed.value;
  const signature = manifest.version > 1 && others[0]?.name === SIGNATURE ? others[0] : undefined;
  const listed = signature ? others.slice(1) : others;
  const judges = await judgesOf(manifest, trust, codec);
  if (!judges.ok) return judges;
  const { roster } = judges.value;
  const isExtract = manifest.extract !== null;
  const inside = isExtract ? listed.slice(1) : listed;
  const parts = manifest.bases.reduce((sum, base) => sum + base.parts.length, 0);
  const work = { stopped: false };
  // Other threads hash and verify while this one inflates; nothing is used before all have ended well.
  const opening = openSegments(
    inside.slice(parts),
    manifest.segments,
    keysBy(roster, trust),
    codec,
    { sender: deviceOf(manifest.from.replica), onProgress, read, work },
  );
  // Told where it is waited for, which may be later than it happens.
  opening.catch(() => undefined);
  const checkRest = async () => {
    const [sender, hashes] = await Promise.all([
      senderOf(manifest, head, signature, roster, trust, codec),
      checkEntries(opened.slice(signature ? 2 : 1), manifest, codec),
    ]);
    if (!sender.ok) return sender;
    if (!hashes.ok) return hashes;
    const extract = await openExtract(isExtract ? listed[0] : undefined, codec);
    if (!extract.ok) return extract;
    const bases = await openBases(inside, manifest, roster, codec);
    if (!bases.ok) return bases;
    const heads = manifest.bases.map(({ parts: [first] }) => first?.sha256 ?? '');
    if (manifest.stands && !(await isVouchedStands(manifest.stands, heads, roster, codec))) {
      return refuse('exchange.signature', { name: MANIFEST });
    }
    return ok({ sender: sender.value, extract: extract.value, bases: bases.value });
  };
  let rest: Awaited<ReturnType<typeof checkRest>> | undefined;
  try {
    rest = await checkRest();
  } finally {
    work.stopped = !rest?.ok;
  }
  if (!rest.ok) {
    await opening.catch(() => undefined);
    return rest;
  }
  const segments = await opening;
  if (!segments.ok) return segments;
  const content: FileContent = {
    ...judges.value,
    manifest,
    ...rest.value,
    segments: segments.value,
    blobs: blobsIn(opened, manifest),
  };
  return ok(content as VerifiedFile);
}

/** Only attachments may be large, and where they stand is held against the manifest. */
const inMemory = ({ name, bytes }: ArchiveEntry): TarEntry => ({
  name,
  bytes: bytes instanceof Uint8Array ? bytes : new Uint8Array(),
});

/** The last entries. */
const blobsIn = (opened: readonly ArchiveEntry[], { blobs }: Manifest): readonly PackedBlob[] =>
  blobs.map(({ sha256 }, i) => {
    const bytes = opened[opened.length - blobs.length + i]?.bytes ?? new Uint8Array();
    return { sha256, bytes: bytes instanceof Uint8Array ? bytes.slice() : bytes };
  });

async function checkEntries(
  entries: readonly ArchiveEntry[],
  manifest: Manifest,
  codec: Codec,
): Promise<Result<null>> {
  const { extract, bases, segments, blobs } = manifest;
  const listed = [
    ...(extract ? [{ ...extract, name: EXTRACT_NAME }] : []),
    ...bases.flatMap(({ parts }) => parts),
    ...segments,
    ...blobs.map((blob) => ({ ...blob, name: blobName(blob.sha256) })),
  ];
  const same = entries.every(({ name, bytes }, i) => {
    const entry = listed[i];
    return entry?.name === name && entry.size === sizeOf(bytes);
  });
  if (!same || entries.length !== listed.length) return refuse('exchange.entries');
  for (const [i, entry] of entries.entries()) {
    const sha256 = 'sha256' in entry ? entry.sha256 : await codec.sha256(entry.bytes);
    if (sha256 !== listed[i]?.sha256) return refuse('exchange.hash', { name: entry.name });
  }
  return ok(null);
}

const openExtract = async (
  entry: TarEntry | undefined,
  codec: Codec,
): Promise<Result<readonly ExtractRecord[]>> =>
  entry ? decodeExtract(entry.bytes, codec) : ok([]);

async function openBases(
  entries: readonly TarEntry[],
  manifest: Manifest,
  roster: Roster | undefined,
  codec: Codec,
): Promise<Result<readonly OpenBase[]>> {
  const bases: OpenBase[] = [];
  let at = 0;
  let unpacked = 0;
  for (const { by, sig, parts } of manifest.bases) {
    const bytes = parts.map(({ sha256 }, i) => ({
      sha256,
      bytes: entries[at + i]?.bytes.slice() ?? new Uint8Array(),
    }));
    const name = parts[0]?.name ?? '';
    if (!(await isVouchedFor({ by, sig, parts: bytes }, roster, codec))) {
      return refuse('exchange.signature', { name });
    }
    const opened = await openBase({ by, sig, parts: bytes }, codec);
    if (!opened.ok) return opened;
    unpacked += opened.value.unpacked;
    if (unpacked > MAX_UNPACKED) return refuse('exchange.bomb');
    if (!dominates(manifest.have, opened.value.head.have)) {
      return refuse('exchange.manifest', { part: 'bases' });
    }
    bases.push(opened.value);
    at += parts.length;
  }
  return ok(bases);
}
