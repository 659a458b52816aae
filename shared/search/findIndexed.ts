/** Answers a query from the index, looking at the text of as few entries as possible. */
import { FIELD_END, type Entry } from './entry';
import type { GramIndex } from './grams';
import { PHRASE, rankWord } from './score';
import type { Top } from './top';

/** Few enough to look at each text instead of narrowing further. */
const FEW = 64;

/**
 * Offers every entry that holds all words, except those of other kinds than wanted and those marked
 * dead. `top` must be new: entries come in the order of equal scores.
 */
export function findIndexed(
  index: GramIndex,
  dead: Uint8Array,
  words: readonly string[],
  wanted: ReadonlySet<string> | undefined,
  top: Top,
): void {
  const guides = words.map((word) => createGuide(index, word));
  const long = words.filter((word) => word.length > 2);
  const phrase = words.length > 1 ? words.join(' ') : undefined;
  const known = long.length === 0 && !phrase;
  const unwanted = Uint8Array.from(index.kinds, (kind) => (wanted && !wanted.has(kind) ? 1 : 0));
  for (const posting of candidates(index, words)) {
    const slot = posting >>> 8;
    if (dead[slot] || unwanted[index.kindAt[slot] ?? 0]) continue;
    const most = known ? posting & 255 : mostOf(guides, phrase !== undefined, slot);
    if (most === 0) continue;
    // From here on every look at an entry costs a trip to memory; most need none.
    if (!top.wants(most)) {
      if (!long.length || holds(index.entries[slot], long)) top.count();
      continue;
    }
    const entry = index.entries[slot];
    if (!entry) continue;
    const score = known ? most : scoreOf(entry, guides, phrase, slot);
    if (score > 0) top.offer(entry, score);
  }
}

const holds = (entry: Entry | undefined, words: readonly string[]): boolean =>
  entry !== undefined && words.every((word) => entry.text.includes(word));

/** The most that an entry can score; 0 when a word cannot be in it. */
function mostOf(guides: readonly Guide[], phrase: boolean, slot: number): number {
  let most = 0;
  let first = 0;
  for (const guide of guides) {
    const part = guide.mostAt(slot);
    if (part === 0) return 0;
    first ||= part;
    most += part;
  }
  // Words together stand where the first of them does, and at best are a whole field.
  return phrase ? most + PHRASE * 2 * first : most;
}

/** The same as `rankEntry`, taking from the index what it knows. */
function scoreOf(
  entry: Entry,
  guides: readonly Guide[],
  phrase: string | undefined,
  slot: number,
): number {
  let score = 0;
  for (const guide of guides) {
    const part = guide.exact ? guide.mostAt(slot) : rankWord(entry, guide.word).score;
    if (part === 0) return 0;
    score += part;
  }
  return phrase ? score + PHRASE * rankWord(entry, phrase).score : score;
}

interface Guide {
  readonly word: string;
  /** One or two characters: the index knows the score. */
  readonly exact: boolean;
  /** The most that the word can score in an entry. Ask in ascending order. */
  mostAt(slot: number): number;
}

function createGuide(index: GramIndex, word: string): Guide {
  const exact = word.length <= 2;
  const starts = createWalk(index.postings(word.slice(0, 2)));
  if (exact) return { word, exact, mostAt: starts };
  // It stands no better than its first two characters; twice as well where it is the whole field.
  const ends = createWalk(index.postings(`${word.at(-1) ?? ''}${FIELD_END}`));
  return { word, exact, mostAt: (slot) => starts(slot) * (ends(slot) ? 2 : 1) };
}

/** Score of a slot in a list, 0 when it is not in it; slots ascending. */
function createWalk(list: Uint32Array): (slot: number) => number {
  let at = 0;
  return (slot) => {
    while (at < list.length && (list[at] ?? 0) >>> 8 < slot) at++;
    const posting = list[at] ?? 0;
    return at < list.length && posting >>> 8 === slot ? posting & 255 : 0;
  };
}

/** Postings of the entries that hold every pair of neighbours of every word, unless they are few. */
function candidates(index: GramIndex, words: readonly string[]): Uint32Array {
  const lists = [...new Set(words.flatMap(gramsOf))]
    .map((gram) => index.postings(gram))
    .toSorted((a, b) => a.length - b.length);
  let found = lists[0] ?? new Uint32Array(0);
  for (const list of lists.slice(1)) {
    if (found.length <= FEW) break;
    found = intersect(found, list);
  }
  return found;
}

function gramsOf(word: string): string[] {
  if (word.length <= 2) return [word];
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
}

/** Both ascending by slot. */
function intersect(a: Uint32Array, b: Uint32Array): Uint32Array {
  const out = new Uint32Array(a.length);
  let size = 0;
  let at = 0;
  for (const posting of a) {
    const slot = posting >>> 8;
    while (at < b.length && (b[at] ?? 0) >>> 8 < slot) at++;
    if (at === b.length) break;
    if ((b[at] ?? 0) >>> 8 === slot) out[size++] = posting;
  }
  return out.subarray(0, size);
}
