/** The best few of many candidates, and how many there were. */
import { compareEntries, type Entry } from './entry';

export interface Candidate {
  readonly entry: Entry;
  readonly score: number;
}

export interface Top {
  /** `ordered`: every candidate offered before it with the same score stands before it. */
  offer(entry: Entry, score: number, ordered: boolean): void;
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
    offer(entry, score, ordered) {
      total++;
      if (score < floor || (ordered && score === floor)) return;
      kept.push({ entry, score });
      if (kept.length >= 2 * limit + 16) prune();
    },
    total: () => total,
    best() {
      prune();
      return kept;
    },
  };
}
