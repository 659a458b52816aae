/** The edits that take a commit back, as an ordinary commit of its own. */
import { DELETED, dotOf, sameValue, type Change, type Dot, type Value } from './change';
import type { Edit } from './changeset';
import { compareStamps, headDots, type RecordState } from './record';

export interface Inverse {
  readonly edits: readonly Edit[];
  /** Records left alone because somebody has changed them since. */
  readonly skipped: number;
}

/**
 * `commit` are the changes to take back, `earlier` the changes they overwrote. A field is put back
 * only while the commit's own value still stands; records that the commit created are deleted.
 */
export function invert(
  commit: readonly Change[],
  earlier: readonly Change[],
  get: (id: string) => RecordState | undefined,
): Inverse {
  const byDot = new Map(earlier.map((change) => [dotOf(change), change]));
  const edits: Edit[] = [];
  let skipped = 0;
  for (const change of commit.toReversed()) {
    const state = get(change.id);
    if (!state) continue;
    const stands = Object.keys(change.f).every((field) => onlyHead(state, field, dotOf(change)));
    if (!stands) {
      skipped++;
      continue;
    }
    edits.push(...inverseOf(change, state, byDot));
  }
  return { edits, skipped };
}

const onlyHead = (state: RecordState, field: string, dot: Dot): boolean => {
  const dots = headDots(state, field);
  return dots.length === 1 && dots[0] === dot;
};

function inverseOf(
  change: Change,
  state: RecordState,
  byDot: ReadonlyMap<Dot, Change>,
): readonly Edit[] {
  if (state.dots[0] === dotOf(change)) return [{ do: 'delete', id: change.id }];
  const fields: Record<string, Value> = {};
  const reopened: Edit[] = [];
  let deletion: Edit | undefined;
  for (const [field, value] of Object.entries(change.f)) {
    const earlier = valuesBefore(change, field, byDot);
    const before = earlier[0] ?? null;
    // A decision that is taken back leaves the conflict as it was, with every value of it.
    if (earlier.length > 1 || (field === DELETED && before !== null)) {
      reopened.push({ do: 'reopen', id: change.id, field, values: earlier });
    } else if (field === DELETED) {
      deletion = { do: value === null ? 'delete' : 'restore', id: change.id };
    } else if (!sameValue(before, value)) {
      fields[field] = before;
    }
  }
  const edits: Edit[] = [];
  if (Object.keys(fields).length) edits.push({ do: 'set', id: change.id, fields });
  if (deletion) edits.push(deletion);
  return [...edits, ...reopened];
}

/** The distinct values that the change replaced, the one that was shown first. */
function valuesBefore(
  change: Change,
  field: string,
  byDot: ReadonlyMap<Dot, Change>,
): readonly Value[] {
  const values: Value[] = [];
  const heads = (change.o?.[field] ?? [])
    .map((dot) => byDot.get(dot))
    .filter((earlier) => earlier !== undefined)
    .toSorted((a, b) => compareStamps(a, b));
  for (const head of heads) {
    const value = head.f[field] ?? null;
    if (!values.some((known) => sameValue(known, value))) values.push(value);
  }
  return values;
}

/** Dots whose changes `invert` needs beside the commit itself. */
export const overwrittenBy = (commit: readonly Change[]): readonly Dot[] =>
  commit.flatMap((change) => Object.values(change.o ?? {}).flat());
