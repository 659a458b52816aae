/** What was overwritten here of state that is to give way to another one. */
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
 * Changes of those replicas whose numbers are named by what was written above the state here: under the
 * same numbers the other state may say something else, which is taken away too. As the state shows them;
 * where it shows nothing of them any more, as whoever named them had them once.
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
  const above = Object.entries(projection.have())
    .filter(([r]) => deviceOf(r) === deviceOf(self) || !replicas.includes(r))
    .flatMap(([replica, to]) => dotsAbove(replica, seen(state, replica), to));
  const taken = new Set((await log.find(above)).flatMap(takenBy).filter(isHere));
  if (taken.size === 0) return [];
  const shown = await bases.shows(taken);
  for (const change of shown) taken.delete(dotOf(change));
  const dead = await log.find([...taken]);
  return [...shown, ...dead].toSorted((a, b) => (a.r < b.r ? -1 : a.r > b.r ? 1 : a.s - b.s));
}

const dotsAbove = (replica: ReplicaId, from: number, to: number): readonly Dot[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => dotOf({ r: replica, s: from + i + 1 }));
