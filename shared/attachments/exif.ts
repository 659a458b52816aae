/**
 * When a photo was taken, from the EXIF block of a JPEG (CIPA DC-008): the fields DateTimeOriginal
 * and OffsetTimeOriginal. Everything else in the block is left alone. Foreign bytes: every offset
 * is checked, and whatever does not fit means that the time is not known.
 */

/** The EXIF block stands in the first segments of the file. */
export const EXIF_BYTES = 128 * 1024;

const EXIF_POINTER = 0x8769;
const TAKEN = 0x9003;
const OFFSET = 0x9011;
/** Entries a directory may have before it is taken for damage. */
const MAX_ENTRIES = 1000;

/** Milliseconds since 1970-01-01 UTC; read as local time when the camera did not note its zone. */
export function takenAtOf(head: Uint8Array): number | undefined {
  const tiff = exifBlock(head);
  const reader = tiff && tiffReader(tiff);
  if (!reader) return undefined;
  const exif = reader.entry(reader.first, EXIF_POINTER);
  if (!exif) return undefined;
  const directory = reader.number(exif + 8);
  const taken = textAt(reader, directory, TAKEN);
  const zone = textAt(reader, directory, OFFSET);
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(taken ?? '');
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const offset = /^[+-]\d\d:\d\d$/.test(zone ?? '') ? zone : '';
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isFinite(ms) ? ms : undefined;
}

/** The TIFF part of the first APP1 segment that says Exif. */
function exifBlock(head: Uint8Array): DataView | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xff_d8) return undefined;
  for (let at = 2; at + 4 <= view.byteLength;) {
    const marker = view.getUint16(at);
    const size = view.getUint16(at + 2);
    // Only segments with a length come before the picture itself (SOS).
    if (marker < 0xff_c0 || marker === 0xff_da || size < 2) return undefined;
    const start = at + 4;
    const end = Math.min(at + 2 + size, view.byteLength);
    const isExif =
      marker === 0xff_e1 &&
      end - start > 14 &&
      view.getUint32(start) === 0x45_78_69_66 &&
      view.getUint16(start + 4) === 0;
    if (isExif) return new DataView(view.buffer, view.byteOffset + start + 6, end - start - 6);
    at += 2 + size;
  }
  return undefined;
}

interface TiffReader {
  /** Position of the first directory. */
  readonly first: number;
  readonly view: DataView;
  /** An unsigned number of 32 bits; 0 outside. */
  number(at: number): number;
  /** Position of the entry with that tag. */
  entry(directory: number, tag: number): number | undefined;
}

function tiffReader(view: DataView): TiffReader | undefined {
  const order = view.getUint16(0);
  if (order !== 0x49_49 && order !== 0x4d_4d) return undefined;
  const little = order === 0x49_49;
  const within = (at: number, size: number) => at >= 0 && at + size <= view.byteLength;
  const short = (at: number) => (within(at, 2) ? view.getUint16(at, little) : 0);
  const number = (at: number) => (within(at, 4) ? view.getUint32(at, little) : 0);
  if (short(2) !== 42) return undefined;
  return {
    view,
    first: number(4),
    number,
    entry(directory, tag) {
      if (directory < 8) return undefined;
      const count = Math.min(short(directory), MAX_ENTRIES);
      for (let i = 0; i < count; i++) {
        const at = directory + 2 + i * 12;
        if (!within(at, 12)) return undefined;
        if (short(at) === tag) return at;
      }
      return undefined;
    },
  };
}

function textAt(reader: TiffReader, directory: number, tag: number): string | undefined {
  const entry = reader.entry(directory, tag);
  if (entry === undefined) return undefined;
  const length = Math.min(reader.number(entry + 4), 40);
  const at = length > 4 ? reader.number(entry + 8) : entry + 8;
  if (at + length > reader.view.byteLength) return undefined;
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(reader.view.getUint8(at + i));
  return text.replace(/\0.*$/s, '');
}
