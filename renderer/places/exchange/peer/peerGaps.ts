/** What two devices lack of each other, from what their files say. */
import type { ReplicaId } from '../../../../shared/log/change';
import { parseDot } from '../../../../shared/log/change';
import { covers, seen, type Vector } from '../../../../shared/log/vector';
import type { Projection } from '../../../../shared/projection/projection';
import { deviceOf } from '../../../../shared/trust/device';
import type { ExchangeEntry, Peer } from '../../../store/exchangeStore';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Changes that `theirs` has and `mine` lacks, per author. */
export const missingRanges = (
  mine: Vector,
  theirs: Vector,
): readonly (Range & { readonly replica: ReplicaId })[] =>
  Object.entries(theirs)
    .filter(([replica, to]) => to > seen(mine, replica))
    .map(([replica, to]) => ({ replica, from: seen(mine, replica) + 1, to }));

/** Numbers of the peer's files below the last that came which have not come themselves. */
export function missingNumbers(entries: readonly ExchangeEntry[], peer: Peer): readonly Range[] {
  const device = deviceOf(peer.replica);
  const came = new Set(
    entries
      .filter((entry) => entry.direction === 'in' && entry.peer && deviceOf(entry.peer) === device)
      .map(({ number }) => number),
  );
  const last = peer.lastIn?.number ?? 0;
  // A file of another epoch or from before this list began says nothing about those below it.
  const first = Math.min(...[...came].filter((number) => number > 0), last);
  const out: { from: number; to: number }[] = [];
  for (let number = first; number < last; number++) {
    if (came.has(number)) continue;
    const open = out.at(-1);
    if (open && open.to === number - 1) open.to = number;
    else out.push({ from: number, to: number });
  }
  return out;
}

export const STALE_MS = 180 * 24 * 60 * 60 * 1000;

/** Nothing came for half a year: what it has is better replaced by a complete file. */
export const isStale = (peer: Peer, now: number): boolean =>
  peer.lastIn !== undefined && now - peer.lastIn.at > STALE_MS;

/** Records with changes that `have` does not cover, by kind. Looks at every record. */
export function uncoveredByKind(
  projection: Pick<Projection, 'all'>,
  have: Vector,
): readonly { readonly kind: string; readonly records: number }[] {
  const counts = new Map<string, number>();
  for (const { kind, dots } of projection.all()) {
    const open = dots.some((dot) => {
      const { r, s } = parseDot(dot);
      return !covers(have, r, s);
    });
    if (open) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .map(([kind, records]) => ({ kind, records }))
    .toSorted((a, b) => b.records - a.records);
}
