/** The best few of many candidates, and how many there were. */
import { compareEntries, type Entry } from './entry';

export interface Candidate {
  readonly entry: Entry;
  readonly score: number;
}

export interface Top {
  offer(entry: Entry, score: number): void;
  /** A candidate that is known not to be among the best. */
  count(): void;
  /**
   * Could a candidate with at most this score be among the best, when every one offered so far
   * stands before it at the same score?
   */
  wants(score: number): boolean;
  total(): number;
  best(): readonly Candidate[];
}

const compare = (a: Candidate, b: Candidate): number =>
  b.score - a.score || compareEntries(a.entry, b.entry);

export function createTop(limit: number): Top {
  let kept: Candidate[] = [];
  let total = 0;
  /** Candidates below this score cannot be among the best. */
  let floor = 0;

  function prune(): void {
    kept.sort(compare);
    kept = kept.slice(0, limit);
    floor = kept.at(-1)?.score ?? 0;
  }

  return {
    offer(entry, score) {
      total++;
      if (score < floor) return;
      kept.push({ entry, score });
      if (kept.length >= 2 * limit + 16) prune();
    },
    count() {
      total++;
    },
    wants: (score) => score > floor,
    total: () => total,
    best() {
      prune();
      return kept;
    },
  };
}
