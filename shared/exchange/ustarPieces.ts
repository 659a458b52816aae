/**
 * The archive as it comes: what readUstar says of the whole, this says piece by piece. Entries that may
 * be large go where the caller puts them and are hashed on the way; the others are kept.
 */
import { AT_ONCE, type LargeBytes } from '../largeBytes';
import { ok, refuse, type Result } from '../result';
import type { Codec } from './codec';
import { joined, type PieceSource } from './pieceSource';
import { BLOCK, isZero, MAX_TRAILER, padded, parseHeader, type TarEntry } from './ustar';

/** An entry that does not stay in memory. */
export interface LargeEntry {
  readonly name: string;
  readonly bytes: LargeBytes;
  readonly sha256: string;
}

export type ArchiveEntry = TarEntry | LargeEntry;

/** Where the bytes of a large entry go. */
export interface LargeSink {
  /** The piece is not changed afterwards. */
  add(piece: Uint8Array): void;
  /** All that was added; once. */
  bytes(): LargeBytes;
}

export interface PiecesOptions {
  readonly maxEntries: number;
  readonly isLarge: (name: string) => boolean;
  readonly newSink: () => LargeSink;
}

/** Entries in order. Refusals: those of readUstar. */
export async function readUstarPieces(
  source: PieceSource,
  { maxEntries, isLarge, newSink }: PiecesOptions,
  codec: Pick<Codec, 'encode' | 'decode' | 'sha256' | 'hasher'>,
): Promise<Result<readonly ArchiveEntry[]>> {
  const entries: ArchiveEntry[] = [];
  let at = 0;
  for (;;) {
    const ahead = await source.peek(2 * BLOCK);
    if (!ahead) return refuse('exchange.truncated');
    const block = ahead.subarray(0, BLOCK);
    if (isZero(block)) break;
    if (entries.length >= maxEntries) return refuse('exchange.tooMany', { max: maxEntries });
    const head = parseHeader(block, codec);
    if (!head) return refuse('exchange.archive', { at });
    await source.read(BLOCK);
    const { name, size } = head;
    const entry = isLarge(name)
      ? await readLarge(source, name, size, newSink(), codec)
      : await readKept(source, name, size);
    const padding = entry && (await readExactly(source, padded(size) - size));
    if (!padding) return refuse('exchange.truncated');
    if (!isZero(padding)) return refuse('exchange.archive', { at: at + BLOCK + size });
    entries.push(entry);
    at += BLOCK + padded(size);
  }
  return (await isSoundTrailer(source)) ? ok(entries) : refuse('exchange.archive', { at });
}

async function readLarge(
  source: PieceSource,
  name: string,
  size: number,
  sink: LargeSink,
  codec: Pick<Codec, 'sha256' | 'hasher'>,
): Promise<LargeEntry | undefined> {
  if (size <= AT_ONCE) {
    const bytes = await readExactly(source, size);
    if (!bytes) return undefined;
    sink.add(bytes);
    return { name, bytes: sink.bytes(), sha256: await codec.sha256(bytes) };
  }
  const hash = codec.hasher();
  for (let left = size; left > 0;) {
    const piece = await source.read(left);
    if (!piece) return undefined;
    hash.update(piece);
    sink.add(piece);
    left -= piece.length;
  }
  return { name, bytes: sink.bytes(), sha256: hash.digest() };
}

async function readKept(
  source: PieceSource,
  name: string,
  size: number,
): Promise<TarEntry | undefined> {
  const bytes = await readExactly(source, size);
  return bytes && { name, bytes };
}

/** Room is made for what has come and not for what a header promises. */
async function readExactly(source: PieceSource, size: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  for (let left = size; left > 0;) {
    const piece = await source.read(left);
    if (!piece) return undefined;
    pieces.push(piece);
    left -= piece.length;
  }
  return joined(pieces);
}

async function isSoundTrailer(source: PieceSource): Promise<boolean> {
  let length = 0;
  for (;;) {
    const piece = await source.read(MAX_TRAILER);
    if (!piece) return length % BLOCK === 0;
    length += piece.length;
    if (length > MAX_TRAILER || !isZero(piece)) return false;
  }
}
