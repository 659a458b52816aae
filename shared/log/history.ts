/** A record's history: who changed what from what to what, when, on which device. */
import {
  DELETED,
  dotOf,
  type Change,
  type Dot,
  type RecordId,
  type Value,
  type Why,
} from './change';
import { compareHlc } from './clock';

export interface FieldStep {
  readonly field: string;
  /** The values replaced; empty for a first value, several when a conflict was resolved. */
  readonly from: readonly Value[];
  readonly to: Value;
}

/** A relation of the record that was added or removed. */
export interface RelationStep {
  /** Id of the link record. */
  readonly link: RecordId;
  readonly added: boolean;
}

export interface HistoryEntry {
  readonly dot: Dot;
  /** Milliseconds since 1970-01-01 UTC, by the author's clock. */
  readonly at: number;
  readonly by: string;
  readonly replica: string;
  readonly why?: Why | undefined;
  readonly steps: readonly FieldStep[];
  readonly relations: readonly RelationStep[];
}

/**
 * Newest first. `changes` are all known changes of one record, in any order; `links` those of the
 * link records that start or end there. What one commit did to the record and to its relations is
 * one entry.
 */
export function historyOf(
  changes: readonly Change[],
  links: readonly Change[] = [],
): readonly HistoryEntry[] {
  const byDot = new Map(changes.map((change) => [dotOf(change), change]));
  const relations = Map.groupBy(
    links.filter((change) => addsOrRemoves(change)),
    commitOf,
  );
  const own = new Set(changes.map(commitOf));
  const alone = [...relations]
    .filter(([commit]) => !own.has(commit))
    .flatMap(([, [one]]) => one ?? []);
  return [...changes, ...alone]
    .toSorted((a, b) => compareHlc(b.t, a.t) || (a.r < b.r ? 1 : a.r > b.r ? -1 : b.s - a.s))
    .map((change) => {
      const commit = commitOf(change);
      const related = relations.get(commit) ?? [];
      // Two changes of the record in one commit: the newer one shows the relations.
      relations.delete(commit);
      return {
        dot: dotOf(change),
        at: change.t[0],
        by: change.by,
        replica: change.r,
        why: change.why,
        steps: byDot.has(dotOf(change)) ? fieldSteps(change, byDot) : [],
        relations: related.map(({ id, f }) => ({ link: id, added: !f[DELETED] })),
      };
    });
}

/** A commit gives all its changes one time. */
const commitOf = ({ r, t }: Change): string => `${r} ${t[0]} ${t[1]}`;

/** A new role or place in the order is no new relation. */
const addsOrRemoves = ({ f }: Change): boolean => DELETED in f || 'rel' in f;

const fieldSteps = (change: Change, byDot: ReadonlyMap<Dot, Change>): readonly FieldStep[] =>
  Object.entries(change.f).map(([field, to]) => ({
    field,
    from: (change.o?.[field] ?? [])
      .map((dot) => byDot.get(dot)?.f[field])
      .filter((value) => value !== undefined),
    to,
  }));
