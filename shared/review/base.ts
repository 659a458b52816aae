/** What a field held before devices went apart: the last value that everybody who wrote it saw. */
import { dotOf, type Change, type Dot, type Value } from '../log/change';
import { compareStamps, type Stamp } from '../log/record';

/**
 * `values` is empty when the field was empty before; several when it was in conflict already.
 * `unknown` when a change in between is not in the log any more (compacted away).
 */
export type Base =
  | { readonly known: true; readonly values: readonly Value[] }
  | { readonly known: false };

/**
 * `changes` are those of the record, in the terms of the kind's current version; `heads` the
 * concurrent heads of the field.
 */
export function baseOf(changes: readonly Change[], field: string, heads: readonly Stamp[]): Base {
  const byDot = new Map(changes.map((change) => [dotOf(change), change]));
  let known = true;
  const behind = (dot: Dot): ReadonlySet<Dot> => {
    const walked = replacedBy(byDot, field, dot);
    known &&= walked.whole;
    return walked.dots;
  };
  const [first, ...rest] = heads.map((head) => behind(dotOf(head)));
  if (!first) return { known: true, values: [] };
  const common = [...first].filter((dot) => rest.every((set) => set.has(dot)));
  return newestOf(byDot, field, common, known);
}

/**
 * What a field held when something named some of its changes, such as an approval: the named heads
 * that still stand, else the last named values that those which stand have replaced.
 */
export function valueWhen(
  changes: readonly Change[],
  field: string,
  heads: readonly Stamp[],
  isNamed: (dot: Dot) => boolean,
): Base {
  const byDot = new Map(changes.map((change) => [dotOf(change), change]));
  const standing = heads.map(dotOf).filter(isNamed);
  if (standing.length) return newestOf(byDot, field, standing, true);
  const walks = heads.map((head) => replacedBy(byDot, field, dotOf(head)));
  const known = walks.every((walk) => walk.whole);
  const replaced = new Set(walks.flatMap((walk) => [...walk.dots]));
  return newestOf(byDot, field, [...replaced].filter(isNamed), known);
}

type ByDot = ReadonlyMap<Dot, Change>;

/** Everything of the field that the change had replaced, directly or through others. */
function replacedBy(byDot: ByDot, field: string, dot: Dot) {
  const dots = new Set<Dot>();
  const queue = [dot];
  let whole = true;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const change = byDot.get(next);
    if (!change) whole = false;
    for (const old of change?.o?.[field] ?? []) {
      if (dots.has(old)) continue;
      dots.add(old);
      queue.push(old);
    }
  }
  return { dots, whole };
}

/** The values of those dots that none of the others replaced. */
function newestOf(byDot: ByDot, field: string, dots: readonly Dot[], known: boolean): Base {
  const older = new Set(dots.flatMap((dot) => [...replacedBy(byDot, field, dot).dots]));
  const newest = dots.filter((dot) => !older.has(dot));
  const found = newest.map((dot) => byDot.get(dot)).filter((change) => change !== undefined);
  // With a value in hand, what lies further back does not matter.
  if (found.length < newest.length || (!found.length && !known)) return { known: false };
  const values = found
    .toSorted((a, b) => compareStamps(a, b))
    .map((change) => change.f[field] ?? null)
    .filter((value) => value !== null);
  return { known: true, values };
}
