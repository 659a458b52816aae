import { graphOf } from '../../shared/impact/graphOf';
import { impactOf } from '../../shared/impact/impact';
import { kinds } from '../../shared/kinds/registry';
import { endOf } from '../../shared/projection/references';
import type { Projection } from '../../shared/projection/projection';
import { recordId } from './data';
import { duel, timed, type Figure } from './duel';
import { inMemory } from './searchBench';

/** Who needs whom, as one would write it first: no redundancy, no reasons. */
function mapOfArrays(projection: Projection): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  const add = (needed: string, by: string) => {
    const list = dependents.get(needed);
    if (list) list.push(by);
    else dependents.set(needed, [by]);
  };
  for (const link of projection.records('link')) add(endOf(link, 'to'), endOf(link, 'from'));
  for (const ci of projection.records('ci')) {
    if (typeof ci.values.site === 'string') add(ci.values.site, ci.id);
  }
  return dependents;
}

function closure(dependents: ReadonlyMap<string, readonly string[]>, lost: string): Set<string> {
  const down = new Set([lost]);
  const queue = [lost];
  for (let at = 0; at < queue.length; at++) {
    for (const id of dependents.get(queue[at] ?? '') ?? []) {
      if (down.has(id)) continue;
      down.add(id);
      queue.push(id);
    }
  }
  return down;
}

/** Three relations for every record. */
export async function impactBench(n: number, rounds: number): Promise<readonly Figure[]> {
  const projection = inMemory(n, 3 * n);
  const graph = graphOf(projection, kinds);
  const plain = mapOfArrays(projection);
  const site = (i: number) => recordId(i % 8);
  let turn = 0;
  return [
    await duel(
      { name: 'impact: build the graph', peer: 'Map of arrays', n },
      rounds,
      () => timed(() => graphOf(projection, kinds)),
      () => timed(() => mapOfArrays(projection)),
    ),
    await duel(
      { name: 'impact: lose a site', peer: 'walk over a Map of arrays', n },
      rounds * 3,
      () => timed(() => impactOf(graph, [site(turn)])),
      () => timed(() => closure(plain, site(turn++))),
    ),
  ];
}
