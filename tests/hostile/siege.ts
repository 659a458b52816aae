/**
 * Many hostile files against one headquarters: what each is refused with, how long that takes, and
 * that nothing is left behind. One that is taken after all must do no harm: a copy of headquarters
 * takes it in and starts again.
 */
import { copyDisk, createMachine, dispose, readFile, restart, takeIn } from '../simulator/machine';
import { pictureOf, viewOf } from '../simulator/picture';
import { randomFrom } from '../simulator/seededRandom';
import { createVictim, type Victim } from './forger';
import { LAYERS, mutate, type Layer } from './mutations';

export interface Line {
  files: number;
  refused: number;
  /** Sound after all, or changed in a way that its author may. */
  harmless: number;
  slowestMs: number;
  readonly codes: Record<string, number>;
}

export interface Siege {
  readonly lines: Readonly<Record<Layer, Line>>;
  /** Bytes of heap and buffers at most, above what there was before. */
  readonly memory: number;
}

const CHECK_EVERY = 25;

/** Throws when a file has left something behind or broken the program. */
export async function besiege(
  mutations: number,
  seed: number,
  told: (done: number) => void = () => undefined,
): Promise<Siege> {
  const victim = await createVictim();
  const random = randomFrom(seed);
  const before = pictureOf(victim.hq);
  const empty = (): Line => ({ files: 0, refused: 0, harmless: 0, slowestMs: 0, codes: {} });
  const lines = Object.fromEntries(LAYERS.map((layer) => [layer, empty()])) as Record<Layer, Line>;
  const start = used();
  let memory = 0;
  for (let i = 0; i < mutations; i++) {
    const layer = LAYERS[i % LAYERS.length] ?? 'sealed bytes';
    const bytes = await mutate(layer, random, victim);
    const line = lines[layer];
    const begun = performance.now();
    const read = await readFile(victim.hq, bytes);
    line.files++;
    line.slowestMs = Math.max(line.slowestMs, performance.now() - begun);
    if (read.ok) {
      line.harmless++;
      if (line.harmless % CHECK_EVERY === 1) await taken(victim, bytes);
    } else {
      line.refused++;
      line.codes[read.refusal.code] = (line.codes[read.refusal.code] ?? 0) + 1;
    }
    if (pictureOf(victim.hq) !== before) throw new Error(`file ${i} of seed ${seed}: left a trace`);
    memory = Math.max(memory, used() - start);
    if (i % 100 === 99) told(i + 1);
  }
  const { hq, laptop, foreigner, stranger } = victim;
  for (const machine of [hq, laptop, foreigner, stranger]) await dispose(machine);
  return { lines, memory };
}

const used = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** A copy of headquarters takes it in, and is the same when it is opened again. */
async function taken({ hq }: Victim, bytes: Uint8Array): Promise<void> {
  const copy = await createMachine('copy', hq.clock, await copyDisk(hq.db), hq.exported);
  await takeIn(copy, bytes);
  const shown = viewOf(copy);
  await restart(copy);
  if (viewOf(copy) !== shown)
    throw new Error('a file that was taken shows otherwise after a start');
  if (copy.vault.damaged()) throw new Error('a file that was taken has damaged the log');
  await dispose(copy);
}
