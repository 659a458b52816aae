/** Bytes of a text file to its text. Spreadsheet programs do not say which encoding they wrote. */
import { ok, refuse, type Result } from '../result';

export const encodings = [
  'utf-8',
  'gb18030',
  'utf-16le',
  'utf-16be',
  'big5',
  'windows-1252',
] as const;
export type Encoding = (typeof encodings)[number];

/** The platform's TextDecoder class; the same in browsers and Node. */
export type DecoderClass = new (
  label: string,
  options?: { readonly fatal?: boolean },
) => { decode(bytes: Uint8Array): string };

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Decodes with the encoding given, or finds it: a byte order mark, then UTF-16 by its zero bytes,
 * then strict UTF-8, then strict GB18030 (what Chinese spreadsheet programs write), then the Western
 * code page, which accepts everything. Refusals: `import.encoding`.
 */
export function decodeText(
  bytes: Uint8Array,
  encoding: Encoding | undefined,
  Decoder: DecoderClass,
): Result<Decoded> {
  if (encoding) {
    // A person who overrides wants to see the text, faults and all.
    return ok({ text: new Decoder(encoding).decode(bytes), encoding });
  }
  const marked = byMark(bytes) ?? byZeros(bytes);
  const order: readonly Encoding[] = marked ? [marked] : ['utf-8', 'gb18030', 'windows-1252'];
  for (const candidate of order) {
    const text = strict(bytes, candidate, Decoder);
    if (text !== undefined) return ok({ text, encoding: candidate });
  }
  return refuse('import.encoding');
}

function byMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function byZeros(bytes: Uint8Array): Encoding | undefined {
  const length = Math.min(bytes.length, 2000);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i++) {
    if (bytes[i] !== 0) continue;
    if (i % 2) odd++;
    else even++;
  }
  if (Math.max(even, odd) < length / 5) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function strict(bytes: Uint8Array, label: Encoding, Decoder: DecoderClass): string | undefined {
  try {
    return new Decoder(label, { fatal: true }).decode(bytes);
  } catch {
    // A fatal decoder has no other way to say that the bytes are of another encoding.
    return undefined;
  }
}
