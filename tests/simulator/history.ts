/** One random history after the other in one organisation, with everything checked after each. */
import { becomesQuiet, settle } from './settle';
import { play } from './deeds';
import { filesWritten } from './machine';
import type { Releases } from './releases';
import type { Script } from './script';
import { createWorld, endWorld } from './world';

export interface Told {
  readonly histories: number;
  readonly changes: number;
  readonly rounds: number;
  /** Files written, those of the agreement included. */
  readonly files: number;
  readonly tally: Readonly<Record<string, number>>;
  readonly met: Readonly<Record<string, number>>;
}

export async function run(seed: number, script: Script, releases?: Releases): Promise<Told> {
  const world = await createWorld(seed, releases);
  try {
    let changes = 0;
    let rounds = 0;
    for (const steps of script) {
      await play(world, steps);
      const settled = await settle(world);
      changes = settled.changes;
      rounds += settled.rounds;
    }
    await becomesQuiet(world);
    const { tally, met } = world;
    return { histories: script.length, changes, rounds, files: filesWritten(), tally, met };
  } finally {
    await endWorld(world);
  }
}
