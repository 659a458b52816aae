/** A record's history: who changed what from what to what, when, on which device. */
import { dotOf, type Change, type Dot, type Value, type Why } from './change';
import { compareHlc } from './clock';

export interface FieldStep {
  readonly field: string;
  /** The values replaced; empty for a first value, several when a conflict was resolved. */
  readonly from: readonly Value[];
  readonly to: Value;
}

export interface HistoryEntry {
  readonly dot: Dot;
  /** Milliseconds since 1970-01-01 UTC, by the author's clock. */
  readonly at: number;
  readonly by: string;
  readonly replica: string;
  readonly why?: Why | undefined;
  readonly steps: readonly FieldStep[];
}

/** Newest first. `changes` are all known changes of one record, in any order. */
export function historyOf(changes: readonly Change[]): readonly HistoryEntry[] {
  const byDot = new Map(changes.map((change) => [dotOf(change), change]));
  return changes
    .toSorted((a, b) => compareHlc(b.t, a.t) || (a.r < b.r ? 1 : a.r > b.r ? -1 : b.s - a.s))
    .map((change) => ({
      dot: dotOf(change),
      at: change.t[0],
      by: change.by,
      replica: change.r,
      why: change.why,
      steps: Object.entries(change.f).map(([field, to]) => ({
        field,
        from: (change.o?.[field] ?? [])
          .map((dot) => byDot.get(dot)?.f[field])
          .filter((value) => value !== undefined),
        to,
      })),
    }));
}
