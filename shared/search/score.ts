/** How well a record answers a query: where the words stand, times the weight of the field. */
import { FIELD_END, type Entry } from './entry';

/** The word is the whole field, its start, the start of a word in it, or anywhere inside. */
const EXACT = 10;
const PREFIX = 5;
const WORD = 3;
const INSIDE = 1;

/** 0 not known yet, 1 letter or digit, 2 neither. */
const charClass = new Uint8Array(0x10000);
const LETTER = /[\p{L}\p{N}\p{Cs}]/u;
/** Chinese and its neighbours begin here; a change of script starts a word. */
const CJK = 0x2e80;

function isLetter(code: number): boolean {
  const known = charClass[code];
  if (known) return known === 1;
  const is = LETTER.test(String.fromCharCode(code));
  charClass[code] = is ? 1 : 2;
  return is;
}

/** Does a word start at a character, given the one before it? */
const startsWord = (before: number, code: number): boolean =>
  !isLetter(before) || before >= CJK !== code >= CJK;

/** How often words that stand together as typed count again. */
export const PHRASE = 2;

export interface Rank {
  readonly score: number;
  /** Index into the layout's fields. */
  readonly field: number;
}

const NOT_FOUND: Rank = { score: 0, field: 0 };

/** The best place of one word (or of several with single spaces) in an entry; 0 when absent. */
export function rankWord(entry: Entry, word: string): Rank {
  const { text } = entry;
  const { weights } = entry.layout;
  let at = text.indexOf(word);
  if (at < 0) return NOT_FOUND;
  let field = 0;
  let start = 0;
  let end = fieldEnd(text, 0);
  let score = 0;
  let best = 0;
  while (at >= 0) {
    while (at > end) {
      field++;
      start = end + 1;
      end = fieldEnd(text, start);
    }
    const rank = rankAt(text, at, word.length, start, end);
    const here = rank * (weights[field] ?? 0);
    if (here > score) {
      score = here;
      best = field;
    }
    // In this field only a word start can still be better than a match inside a word.
    at = text.indexOf(word, rank === INSIDE ? at + 1 : end);
  }
  return { score, field: best };
}

function fieldEnd(text: string, from: number): number {
  const end = text.indexOf(FIELD_END, from);
  return end < 0 ? text.length : end;
}

export function rankAt(
  text: string,
  at: number,
  length: number,
  start: number,
  end: number,
): number {
  if (at === start) return at + length === end ? EXACT : PREFIX;
  return startsWord(text.charCodeAt(at - 1), text.charCodeAt(at)) ? WORD : INSIDE;
}

/**
 * Sum over the words, each of which must be found; several words that stand together as they were
 * typed count twice more. The field is where the heaviest part was found. 0 when a word is absent.
 */
export function rankEntry(entry: Entry, words: readonly string[]): Rank {
  let score = 0;
  let field = 0;
  let top = 0;
  for (const word of words) {
    const rank = rankWord(entry, word);
    if (rank.score === 0) return NOT_FOUND;
    score += rank.score;
    if (rank.score > top) {
      top = rank.score;
      field = rank.field;
    }
  }
  if (words.length > 1) {
    const phrase = rankWord(entry, words.join(' '));
    score += PHRASE * phrase.score;
    if (phrase.score > top) field = phrase.field;
  }
  return { score, field };
}
