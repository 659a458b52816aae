/**
 * Plain ustar (POSIX.1-1988), the part of tar that every tar since reads. Written and read here
 * rather than by a library, because a reader for hostile files must refuse what a library would
 * kindly follow: long-name and PAX records, links, folders, odd number forms.
 */
import type { Codec } from './codec';
import { ok, refuse, type Result } from '../result';

/** Bytes. */
export const BLOCK = 512;
/** Format and version of POSIX tar. */
const MAGIC = 'ustar\u000000';
/** GNU tar fills the end up to this; anything longer hides something. */
export const MAX_TRAILER = 20 * BLOCK;

export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Text = Pick<Codec, 'encode' | 'decode'>;

/** `seconds`: time of the entries, since 1970. Throws for names that do not fit (a bug). */
export function writeUstar(entries: readonly TarEntry[], seconds: number, text: Text): Uint8Array {
  const size = entries.reduce((sum, entry) => sum + BLOCK + padded(entry.bytes.length), 2 * BLOCK);
  const out = new Uint8Array(size);
  let at = 0;
  for (const entry of entries) {
    out.set(ustarHeader(entry.name, entry.bytes.length, seconds, text), at);
    out.set(entry.bytes, at + BLOCK);
    at += BLOCK + padded(entry.bytes.length);
  }
  return out;
}

export const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

/** What fills the last block of an entry of that size. */
export const ustarPadding = (size: number): Uint8Array => new Uint8Array(padded(size) - size);

/** What stands after the last entry. */
export const ustarEnd = (): Uint8Array => new Uint8Array(2 * BLOCK);

/** What stands before the bytes of an entry. */
export function ustarHeader(name: string, size: number, seconds: number, text: Text): Uint8Array {
  const out = new Uint8Array(BLOCK);
  const put = (at: number, value: string) => out.set(text.encode(value), at);
  if (name.length > 100) throw new Error(`name too long for tar: ${name}`);
  put(0, name);
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${octal(size, 11)}\0`);
  put(136, `${octal(seconds, 11)}\0`);
  put(148, '        ');
  put(156, '0');
  put(257, MAGIC);
  put(148, `${octal(sum(out), 6)}\0 `);
  return out;
}

const octal = (value: number, digits: number): string =>
  Math.min(value, 8 ** digits - 1)
    .toString(8)
    .padStart(digits, '0');

function sum(bytes: Uint8Array): number {
  let total = 0;
  for (const byte of bytes) total += byte;
  return total;
}

/**
 * Entries in order, as views into `archive`. Plain files only. Refusals: `exchange.archive` with
 * the position `at` (bytes) of what is wrong; `exchange.truncated` when the end is missing;
 * `exchange.tooMany` beyond `maxEntries`.
 */
export function readUstar(
  archive: Uint8Array,
  maxEntries: number,
  text: Text,
): Result<readonly TarEntry[]> {
  const entries: TarEntry[] = [];
  let at = 0;
  for (;;) {
    if (at + 2 * BLOCK > archive.length) return refuse('exchange.truncated');
    const block = archive.subarray(at, at + BLOCK);
    if (isZero(block)) break;
    if (entries.length >= maxEntries) return refuse('exchange.tooMany', { max: maxEntries });
    const head = parseHeader(block, text);
    if (!head) return refuse('exchange.archive', { at });
    const start = at + BLOCK;
    const end = start + head.size;
    const next = start + padded(head.size);
    if (next > archive.length) return refuse('exchange.truncated');
    if (!isZero(archive.subarray(end, next))) return refuse('exchange.archive', { at: end });
    entries.push({ name: head.name, bytes: archive.subarray(start, end) });
    at = next;
  }
  const rest = archive.subarray(at);
  const sound = rest.length <= MAX_TRAILER && rest.length % BLOCK === 0 && isZero(rest);
  return sound ? ok(entries) : refuse('exchange.archive', { at });
}

export function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}

export function parseHeader(
  block: Uint8Array,
  text: Text,
): { readonly name: string; readonly size: number } | undefined {
  const field = (at: number, length: number) => text.decode(block.subarray(at, at + length)) ?? '';
  const name = /^([\w./-]{1,100})\0*$/.exec(field(0, 100))?.[1];
  const size = /^([0-7]{11})\0$/.exec(field(124, 12))?.[1];
  const check = /^([0-7]{6})\0 $/.exec(field(148, 8))?.[1];
  const plain = block[156] === 0x30 && field(257, 8) === MAGIC;
  const noLink = isZero(block.subarray(157, 257)) && isZero(block.subarray(345, BLOCK));
  if (!name || !size || !check || !plain || !noLink) return undefined;
  // The sum counts its own eight bytes as spaces.
  const found = sum(block) - sum(block.subarray(148, 156)) + 8 * 0x20;
  return Number.parseInt(check, 8) === found ? { name, size: Number.parseInt(size, 8) } : undefined;
}
