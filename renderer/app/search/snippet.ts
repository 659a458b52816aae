/** The part of a text around the first word found in it, and which parts of it were found. */

/** Characters shown before the first match and in all. */
const BEFORE = 24;
const LENGTH = 110;

export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Same folding as search uses, as far as it keeps every character in its place. */
const fold = (text: string): string => text.toLowerCase();

export function snippet(text: string, words: readonly string[]): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const low = fold(flat);
  const at = words.map((word) => low.indexOf(fold(word))).filter((index) => index >= 0);
  const start = at.length ? Math.max(0, Math.min(...at) - BEFORE) : 0;
  const end = start + LENGTH;
  return `${start > 0 ? '…' : ''}${flat.slice(start, end)}${end < flat.length ? '…' : ''}`;
}

/** The text cut into found and other pieces, in order. */
export function pieces(text: string, words: readonly string[]): readonly Piece[] {
  const low = fold(text);
  const found = new Uint8Array(text.length);
  // Folding may lengthen a text; then positions would not fit and nothing is marked.
  if (low.length === text.length) for (const word of words) mark(low, fold(word), found);
  const out: Piece[] = [];
  for (let at = 0; at < text.length;) {
    let end = at + 1;
    while (end < text.length && found[end] === found[at]) end++;
    out.push({ text: text.slice(at, end), found: found[at] === 1 });
    at = end;
  }
  return out;
}

function mark(low: string, word: string, found: Uint8Array): void {
  if (!word) return;
  for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length)) {
    found.fill(1, at, at + word.length);
  }
}

export const wordsOf = (query: string): readonly string[] =>
  query.trim().split(/\s+/).filter(Boolean);
