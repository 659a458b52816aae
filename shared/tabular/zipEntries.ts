/**
 * The directory of a ZIP file, read with the suspicion a foreign file deserves: everything is
 * checked before a byte is inflated, and sizes that a file declares are only upper bounds to hold it
 * to.
 */
import { ok, refuse, type Result } from '../result';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflate. */
  readonly method: 0 | 8;
  readonly crc32: number;
  /** Bytes in the file, and after inflating. */
  readonly size: number;
  readonly inflated: number;
  /** Where the entry's data starts in the file. */
  readonly start: number;
}

export const MAX_FILE_BYTES = 100 * 1024 * 1024;
export const MAX_INFLATED_BYTES = 400 * 1024 * 1024;
const MAX_ENTRIES = 2000;
const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;

/** The parts a spreadsheet is read from; pictures, macros and whatever else stay where they are. */
const WANTED = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/[\w ./-]+\.(?:xml|rels))$/u;

/** Refusals: `import.fileTooLarge` (params in MB), `import.brokenWorkbook`, `import.notWorkbook`. */
export function zipEntries(bytes: Uint8Array): Result<readonly ZipEntry[]> {
  const broken = refuse('import.brokenWorkbook');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return broken;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) return broken;
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY) return broken;
    const nameLength = view.getUint16(at + 28, true);
    const extra = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = asciiName(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry = readEntry(view, at, name);
    at += 46 + nameLength + extra;
    if (!WANTED.test(name)) continue;
    if (!entry || entries.has(name)) return broken;
    total += entry.inflated;
    if (total > MAX_INFLATED_BYTES) {
      return refuse('import.fileTooLarge', { max: MAX_INFLATED_BYTES / 1024 / 1024 });
    }
    entries.set(name, entry);
  }
  return entries.has('xl/workbook.xml') ? ok([...entries.values()]) : refuse('import.notWorkbook');
}

/** The end record stands last, before a comment of at most 65,535 bytes. */
function findEnd(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - END_SIZE - 0xffff);
  for (let at = view.byteLength - END_SIZE; at >= lowest; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

function readEntry(view: DataView, at: number, name: string): ZipEntry | undefined {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 20, true);
  const inflated = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  if (flags & 1 || (method !== 0 && method !== 8)) return undefined;
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== LOCAL) return undefined;
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + size > view.byteLength || (method === 0 && size !== inflated)) return undefined;
  return { name, method, crc32: view.getUint32(at + 16, true), size, inflated, start };
}

/** Names of spreadsheet parts are ASCII; anything else becomes a name that is not wanted. */
const asciiName = (bytes: Uint8Array): string =>
  String.fromCharCode(...bytes.subarray(0, 500)) + (bytes.length > 500 ? '\0' : '');

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) {
    crc = (TABLE[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ -1) >>> 0;
}

/**
 * Furthest row and column that the XML of a sheet names, before anything is laid out in memory. An
 * address counts for whatever a lenient reader could take it for: `1e9` is a row, `&#57;` any.
 */
export function sheetExtent(xml: string): { readonly rows: number; readonly columns: number } {
  let rows = 0;
  let columns = 0;
  for (const [, address = ''] of xml.matchAll(/[\s"']r\s*=\s*["']([^"'<]*)["']/gu)) {
    if (address.includes('&')) return { rows: Infinity, columns: Infinity };
    const digits = address.search(/\d/u);
    rows = Math.max(rows, Number(address) || 0, Number(address.slice(digits)) || 0);
    if (digits > 0) columns = Math.max(columns, columnOf(address.slice(0, digits)));
  }
  return { rows, columns };
}

/** A is 1, Z is 26, AA is 27. */
function columnOf(letters: string): number {
  let column = 0;
  for (let i = 0; i < letters.length; i++) column = column * 26 + letters.charCodeAt(i) - 64;
  return column;
}
