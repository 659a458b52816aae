/** How many changes of a file are new, held or known. */
import type { ReplicaId } from '../log/change';
import { seen, type Vector } from '../log/vector';
import type { OpenSegment } from './openSegments';
import type { ImportPlan } from './plan';
import type { Held } from './sequence';

/** How many changes each applied segment brings, by its hash. */
export function freshCounts(
  apply: readonly OpenSegment[],
  have: Vector,
): ReadonlyMap<string, number> {
  const reach: Record<ReplicaId, number> = {};
  const out = new Map<string, number>();
  for (const { segment } of apply) {
    const { replica, to, sha256 } = segment;
    const end = reach[replica] ?? seen(have, replica);
    out.set(sha256, to - end);
    reach[replica] = to;
  }
  return out;
}

export const total = (
  counts: ReadonlyMap<string, number>,
  of: (sha256: string) => boolean,
): number => [...counts].reduce((sum, [sha256, count]) => sum + (of(sha256) ? count : 0), 0);

/** Every change of the file is fresh, held or known. */
export function counts(
  segments: readonly OpenSegment[],
  held: readonly Held[],
  brought: ReadonlySet<string>,
  have: Vector,
  fresh: ReadonlyMap<string, number>,
): Pick<ImportPlan, 'known' | 'waiting' | 'quarantined'> {
  let waiting = 0;
  let quarantined = 0;
  for (const { open, reason } of held) {
    const { replica, from, to, sha256 } = open.segment;
    if (!brought.has(sha256)) continue;
    const count = to - Math.max(from - 1, reason === 'forked' ? 0 : seen(have, replica));
    if (reason === 'gap') waiting += count;
    else quarantined += count;
  }
  const all = new Map(segments.map(({ segment }) => [segment.sha256, segment]));
  const size = [...all.values()].reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const taken = total(fresh, (sha256) => brought.has(sha256));
  return { known: Math.max(0, size - taken - waiting - quarantined), waiting, quarantined };
}
