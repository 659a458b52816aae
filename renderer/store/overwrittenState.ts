/** What this device has overwritten of state that is to give way to another one. */
import type { ReplicaId } from '../../shared/log/change';
import { dotOf, parseDot, type Change, type Dot } from '../../shared/log/change';
import { takenBy } from '../../shared/log/unseen';
import { seen } from '../../shared/log/vector';
import type { Projection } from '../../shared/projection/projection';
import { deviceOf } from '../../shared/trust/device';
import type { Bases } from './bases';
import type { LogReader } from './logReader';

interface Here {
  readonly log: Pick<LogReader, 'find'>;
  readonly bases: Pick<Bases, 'have' | 'shows'>;
  readonly projection: Pick<Projection, 'have'>;
  readonly self: ReplicaId;
}

/**
 * Changes of those replicas, as the state here shows them, whose numbers this device's own changes name:
 * under the same numbers the other state may say something else, which they take away too.
 */
export async function overwrittenState(
  replicas: readonly ReplicaId[],
  { log, bases, projection, self }: Here,
): Promise<readonly Change[]> {
  const state = bases.have();
  const isHere = (dot: Dot): boolean => {
    const { r, s } = parseDot(dot);
    return replicas.includes(r) && s <= seen(state, r);
  };
  if (!replicas.some((replica) => seen(state, replica) > 0)) return [];
  const own = Object.entries(projection.have())
    .filter(([replica]) => deviceOf(replica) === deviceOf(self))
    .flatMap(([replica, to]) => dotsAbove(replica, seen(state, replica), to));
  const taken = (await log.find(own)).flatMap(takenBy).filter(isHere);
  if (taken.length === 0) return [];
  const shown = await bases.shows(new Set(taken));
  return shown.toSorted((a, b) => (a.r < b.r ? -1 : a.r > b.r ? 1 : a.s - b.s));
}

const dotsAbove = (replica: ReplicaId, from: number, to: number): readonly Dot[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => dotOf({ r: replica, s: from + i + 1 }));
