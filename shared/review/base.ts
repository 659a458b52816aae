/** What a field held before devices went apart: the last value that everybody who wrote it saw. */
import { dotOf, type Change, type Dot, type Value } from '../log/change';
import type { Stamp } from '../log/record';
import { compareStamps } from '../log/record';

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
  /** Everything of the field that the change had replaced, directly or through others. */
  const behind = (dot: Dot): ReadonlySet<Dot> => {
    const seen = new Set<Dot>();
    const queue = [dot];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const change = byDot.get(next);
      if (!change) known = false;
      for (const old of change?.o?.[field] ?? []) {
        if (seen.has(old)) continue;
        seen.add(old);
        queue.push(old);
      }
    }
    return seen;
  };
  const [first, ...rest] = heads.map((head) => behind(dotOf(head)));
  if (!first) return { known: true, values: [] };
  const common = [...first].filter((dot) => rest.every((set) => set.has(dot)));
  const older = new Set(common.flatMap((dot) => [...behind(dot)]));
  const newest = common.filter((dot) => !older.has(dot));
  const found = newest.map((dot) => byDot.get(dot)).filter((change) => change !== undefined);
  // With a common value in hand, what lies further back does not matter.
  if (found.length < newest.length || (!found.length && !known)) return { known: false };
  const values = found
    .toSorted((a, b) => compareStamps(a, b))
    .map((change) => change.f[field] ?? null)
    .filter((value) => value !== null);
  return { known: true, values };
}
