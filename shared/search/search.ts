/**
 * Full text search over every visible record, as you type, in Chinese and English. The answer is
 * always that of a plain scan of all records as they are now; the index built at idle only makes
 * it faster. Every word of the query must be found somewhere in the weighted fields of a record.
 */
import type { RecordId } from '../log/change';
import type { KindLookup, Projection } from '../projection/projection';
import { createEntryMaker, type Entry } from './entry';
import { findIndexed } from './findIndexed';
import { buildGrams, type GramIndex } from './grams';
import { wordsOf } from './normalise';
import { rankEntry } from './score';
import { createTop } from './top';

export interface FindOptions {
  /** How many hits to return at most; 50 when absent. `total` counts all. */
  readonly limit?: number;
  readonly kind?: string;
  readonly kinds?: readonly string[];
}

export interface Hit {
  readonly id: RecordId;
  readonly score: number;
  /** Name of the field in which the best match stands. */
  readonly field: string;
}

export interface Found {
  /** Best first; equal scores in the order of titles. */
  readonly hits: readonly Hit[];
  readonly total: number;
}

export interface Search {
  /** An empty query finds nothing. */
  find(query: string, options?: FindOptions): Found;
  /**
   * Prepares a slice of about `steps` records and returns true when nothing is left to prepare.
   * The default takes a few milliseconds. Call it at idle until it is true, and again after
   * changes.
   */
  warm(steps?: number): boolean;
  /** Stops listening to the projection. */
  close(): void;
}

const DEFAULT_LIMIT = 50;
const DEFAULT_STEPS = 500;
/** Records changed since the index was built are scanned; from this share on it is built anew. */
const REBUILD_AT_LEAST = 512;
const REBUILD_SHARE = 0.05;

interface Build {
  readonly steps: Generator<number, GramIndex>;
  readonly touched: Set<RecordId>;
}

export function createSearch(projection: Projection, kindOf: KindLookup): Search {
  const entryOf = createEntryMaker(kindOf);
  const entries = new Map<RecordId, Entry>();
  /** Changed since their entry was made. */
  const stale = new Set<RecordId>();
  /** Entries that the index does not hold as they are now. */
  const loose = new Set<RecordId>();
  let index: GramIndex | undefined;
  /** 1 for slots of the index whose record has changed since. */
  let dead = new Uint8Array(0);
  let build: Build | undefined;

  function touch(id: RecordId): void {
    stale.add(id);
    loose.add(id);
    build?.touched.add(id);
    const slot = index?.slotOf.get(id);
    if (slot !== undefined) dead[slot] = 1;
  }

  function reset(): void {
    entries.clear();
    index = undefined;
    build = undefined;
    for (const state of projection.all()) touch(state.id);
  }

  function prepare(id: RecordId): void {
    stale.delete(id);
    const state = projection.visible(id);
    const entry = state && entryOf(state);
    if (entry) {
      entries.set(id, entry);
      return;
    }
    entries.delete(id);
    loose.delete(id);
  }

  function advanceBuild(steps: number): void {
    build ??= { steps: buildGrams([...entries.values()]), touched: new Set() };
    for (let left = steps; left > 0;) {
      const next = build.steps.next();
      if (!next.done) {
        left -= next.value;
        continue;
      }
      index = next.value;
      dead = new Uint8Array(index.entries.length);
      loose.clear();
      const { touched } = build;
      build = undefined;
      for (const id of touched) {
        if (entries.has(id) || stale.has(id)) loose.add(id);
        const slot = index.slotOf.get(id);
        if (slot !== undefined) dead[slot] = 1;
      }
      return;
    }
  }

  const wantsBuild = () =>
    build !== undefined ||
    loose.size > Math.max(index ? REBUILD_AT_LEAST : 0, entries.size * (index ? REBUILD_SHARE : 0));

  const unsubscribe = projection.subscribe((touched) => {
    // A checkpoint was loaded: it does not say what it brought.
    if (touched.size === 0) reset();
    for (const id of touched) touch(id);
  });
  reset();

  return {
    find(query, options = {}) {
      const words = wordsOf(query);
      if (words.length === 0) return { hits: [], total: 0 };
      for (const id of stale) prepare(id);
      const top = createTop(options.limit ?? DEFAULT_LIMIT);
      const wanted = kindFilter(options);
      if (index) findIndexed(index, dead, words, wanted, top);
      for (const id of loose) {
        const entry = entries.get(id);
        if (!entry || (wanted && !wanted.has(entry.layout.kind))) continue;
        const { score } = rankEntry(entry, words);
        if (score > 0) top.offer(entry, score);
      }
      const hits = top.best().map(({ entry, score }) => ({
        id: entry.id,
        score,
        field: entry.layout.fields[rankEntry(entry, words).field] ?? '',
      }));
      return { hits, total: top.total() };
    },

    warm(steps = DEFAULT_STEPS) {
      let left = steps;
      for (const id of stale) {
        if (left-- <= 0) return false;
        prepare(id);
      }
      if (!wantsBuild()) return true;
      advanceBuild(left);
      return stale.size === 0 && !wantsBuild();
    },

    close: unsubscribe,
  };
}

function kindFilter({ kind, kinds }: FindOptions): ReadonlySet<string> | undefined {
  if (kind === undefined && kinds === undefined) return undefined;
  return new Set([...(kind === undefined ? [] : [kind]), ...(kinds ?? [])]);
}
