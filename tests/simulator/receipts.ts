/** What devices believe of each other, held against what is true (I8). */
import { seen, type Vector } from '../../shared/log/vector';
import { deviceOf } from '../../shared/trust/device';
import { replicaOf, type Machine } from './machine';
import type { World } from './world';

export const covered = (part: Vector, whole: Vector): boolean =>
  Object.entries(part).every(([replica, sequence]) => seen(whole, replica) >= sequence);

/** Nobody is believed to have what it does not have. */
export function checkBeliefs(world: World, { name, vault }: Machine): void {
  for (const { replica, have } of vault.exchange.peers()) {
    const other = world.members.find(
      ({ machine }) => deviceOf(replicaOf(machine)) === deviceOf(replica),
    );
    const real = other?.machine.vault.projection.have() ?? {};
    if (!covered(have, real)) throw new Error(`${name} believes too much of ${replica} (I8)`);
  }
}
