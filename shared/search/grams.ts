/**
 * For every character and every pair of neighbours, the entries that hold it: typed arrays, built
 * in slices. An entry's number is its place in the order of `compareEntries`, and each posting
 * carries the score of its gram, so that a query of one or two characters, which finds nearly
 * everything, is answered without looking at any text.
 */
import { compareEntries, FIELD_END, type Entry } from './entry';
import { rankAt } from './score';
import { sortInSlices } from './sortInSlices';

export interface GramIndex {
  /** Sorted by `compareEntries`. */
  readonly entries: readonly Entry[];
  readonly slotOf: ReadonlyMap<string, number>;
  /** Index into `kinds` by slot: kinds are told apart without touching the entry. */
  readonly kindAt: Uint16Array;
  readonly kinds: readonly string[];
  /**
   * Slots times 256 plus score, ascending, of the entries that hold the gram (1 or 2 units). A unit
   * and `FIELD_END` are the end of a field.
   */
  postings(gram: string): Uint32Array;
}

const NONE = new Uint32Array(0);
const SPACE = 0x20;
const END = FIELD_END.charCodeAt(0);
/** Work between two yields, in characters; one step of `warm` is about a record of 64. */
const STEP = 64;
/** Pairs of the first characters met are looked up in a table, the rest in a map. */
const TABLE = 256;

/** Yields the steps done since the last yield. */
export function* buildGrams(all: readonly Entry[]): Generator<number, GramIndex> {
  const entries = yield* sortInSlices(all, compareEntries);
  const numbers = createGramNumbers();
  let counts = new Uint32Array(4096);
  let last = new Int32Array(4096).fill(-1);
  let chars = 0;
  for (let slot = 0; slot < entries.length; slot++) {
    const text = entries[slot]?.text ?? '';
    walk(text, (a, b) => {
      const gram = numbers.add(a, b);
      if (gram >= counts.length) {
        counts = grown(counts, new Uint32Array(counts.length * 2));
        last = grown(last, new Int32Array(last.length * 2).fill(-1));
      }
      if (last[gram] === slot) return;
      last[gram] = slot;
      counts[gram] = (counts[gram] ?? 0) + 1;
    });
    chars += text.length + 1;
    if (chars >= STEP) yield take();
  }
  const starts = new Uint32Array(numbers.size() + 1);
  for (let gram = 0; gram < numbers.size(); gram++) {
    starts[gram + 1] = (starts[gram] ?? 0) + (counts[gram] ?? 0);
  }
  const postings = new Uint32Array(starts[numbers.size()] ?? 0);
  const cursors = starts.slice();
  last.fill(-1);
  const slotOf = new Map<string, number>();
  const kindAt = new Uint16Array(entries.length);
  const kinds: string[] = [];
  for (let slot = 0; slot < entries.length; slot++) {
    const entry = entries[slot];
    if (!entry) continue;
    slotOf.set(entry.id, slot);
    const kind = kinds.indexOf(entry.layout.kind);
    kindAt[slot] = kind < 0 ? kinds.push(entry.layout.kind) - 1 : kind;
    walk(entry.text, (a, b, at, start, end, field) => {
      const gram = numbers.get(a, b);
      const length = b < 0 ? 1 : 2;
      const score = rankAt(entry.text, at, length, start, end) * (entry.layout.weights[field] ?? 0);
      const cursor = cursors[gram] ?? 0;
      if (last[gram] === slot) {
        const before = postings[cursor - 1] ?? 0;
        if ((before & 255) < score) postings[cursor - 1] = slot * 256 + score;
        return;
      }
      last[gram] = slot;
      postings[cursor] = slot * 256 + score;
      cursors[gram] = cursor + 1;
    });
    chars += entry.text.length + 1;
    if (chars >= STEP) yield take();
  }
  return {
    entries,
    slotOf,
    kindAt,
    kinds,
    postings(gram) {
      const number = numbers.get(gram.charCodeAt(0), gram.length > 1 ? gram.charCodeAt(1) : -1);
      return number < 0 ? NONE : postings.subarray(starts[number], starts[number + 1]);
    },
  };

  function take(): number {
    const steps = Math.ceil(chars / STEP);
    chars = 0;
    return steps;
  }
}

type Visit = (a: number, b: number, at: number, start: number, end: number, field: number) => void;

/** Every character (b is -1), every pair of neighbours within a word and every end of a field. */
function walk(text: string, visit: Visit): void {
  let field = 0;
  let start = 0;
  let end = endOf(text, 0);
  for (let at = 0; at < text.length; at++) {
    const a = text.charCodeAt(at);
    if (a === END) {
      field++;
      start = at + 1;
      end = endOf(text, start);
      continue;
    }
    if (a === SPACE) continue;
    visit(a, -1, at, start, end, field);
    const b = at + 1 < end ? text.charCodeAt(at + 1) : END;
    if (b !== SPACE) visit(a, b, at, start, end, field);
  }
}

function endOf(text: string, from: number): number {
  const end = text.indexOf(FIELD_END, from);
  return end < 0 ? text.length : end;
}

interface GramNumbers {
  add(a: number, b: number): number;
  /** -1 when never added. */
  get(a: number, b: number): number;
  size(): number;
}

function createGramNumbers(): GramNumbers {
  /** 1 + number of each character in order of first use; 0 unknown. */
  const alphabet = new Uint32Array(0x10000);
  const table = new Int32Array(TABLE * TABLE).fill(-1);
  const rest = new Map<number, number>();
  let letters = 1;
  let grams = 0;
  const letter = (code: number) => (code < 0 ? 0 : (alphabet[code] ?? 0));
  function find(x: number, y: number): number {
    if (x < TABLE && y < TABLE) return table[x * TABLE + y] ?? -1;
    return rest.get(x * 0x10001 + y) ?? -1;
  }
  return {
    add(a, b) {
      if (a >= 0 && !alphabet[a]) alphabet[a] = letters++;
      if (b >= 0 && !alphabet[b]) alphabet[b] = letters++;
      const x = letter(a);
      const y = letter(b);
      const known = find(x, y);
      if (known >= 0) return known;
      if (x < TABLE && y < TABLE) table[x * TABLE + y] = grams;
      else rest.set(x * 0x10001 + y, grams);
      return grams++;
    },
    get(a, b) {
      const x = letter(a);
      const y = letter(b);
      return x === 0 || (b >= 0 && y === 0) ? -1 : find(x, y);
    },
    size: () => grams,
  };
}

function grown<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
