/**
 * Headquarters vouched for a state, was put back to before it, and accepted another branch before
 * anybody who has the state spoke to it: the state stays, and comes back.
 */
import { expect, test } from 'vitest';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  conflictsAt,
  correct,
  create,
  namesAt,
  newcomerAt,
  pair,
  putBackWhole,
  send,
} from '../simulator/errands';
import { copyDisk, createMachine, replicaOf, type Machine } from '../simulator/machine';
import { viewOf } from '../simulator/picture';

const words = (count: number, what: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${what} ${i + 1}`);

interface Variant {
  /** Changes that the state stands for, changes above it, changes after the restore. */
  readonly below: number;
  readonly above: number;
  readonly after: number;
  /** Each in a segment of its own. */
  readonly apart: boolean;
  /** What is written after the restore changes a record that was there before. */
  readonly edits: boolean;
}

const variants: readonly Variant[] = [
  [1, 2, 2],
  [1, 0, 2],
  [2, 0, 1],
  [2, 1, 6],
  [3, 4, 5],
].flatMap(([below = 0, above = 0, after = 0]) =>
  [false, true].flatMap((apart) =>
    [false, true].map((edits) => ({ below, above, after, apart, edits })),
  ),
);

test.each(variants)(
  'what headquarters wrote: $below below, $above above, $after afterwards, apart $apart, edits $edits',
  async ({ below, above, after, apart, edits }) => {
    const { clock, hq, laptop, shared } = await pair();
    const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
    for (const name of words(below, 'below')) await create(hq, name);
    await compacted(clock, hq, laptop);
    for (const name of words(above, 'above')) await create(hq, name);
    const newcomer = await newcomerAt(clock, hq);
    await backAndForth(clock, laptop, hq, 1);
    await putBackWhole(hq, disk, marks);
    for (const name of words(after, 'after')) {
      if (edits && name === 'after 1') await correct(hq, shared, 1);
      else await create(hq, name);
      if (apart) await send(clock, hq, laptop);
    }
    const all = [laptop, newcomer];
    await everybody(clock, hq, all, 7);
    for (const each of all) expect(viewOf(each)).toBe(viewOf(hq));
    const written = words(after, 'after').slice(edits ? 1 : 0);
    for (const name of [...words(below, 'below'), ...written]) expect(namesAt(hq)).toContain(name);
    if (edits) expect(namesAt(hq)).toContain('correction 1');
    expect(conflictsAt(hq)).toEqual([]);
    // And it stays so.
    await create(newcomer, 'later');
    await everybody(clock, hq, all, 2);
    for (const each of all) expect(viewOf(each)).toBe(viewOf(hq));
    expect(namesAt(laptop)).toContain('later');
    await send(clock, laptop, hq);
    const quiet = await send(clock, hq, laptop);
    expect([quiet.manifest.bases, quiet.manifest.segments]).toEqual([[], []]);
  },
);

test.each(variants)(
  'what a copied laptop wrote: $below below, $above above, $after afterwards, apart $apart, edits $edits',
  async ({ below, above, after, apart, edits }) => {
    const { clock, hq, laptop, shared } = await pair();
    const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
    const witness = await anotherLaptop(clock, hq, 'bb');
    const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
    for (const name of words(below, 'below')) await create(laptop, name);
    await backAndForth(clock, laptop, hq, 1);
    await backAndForth(clock, witness, hq, 2);
    await compacted(clock, hq, laptop);
    for (const name of words(above, 'above')) await create(laptop, name);
    await backAndForth(clock, laptop, hq, 1);
    const newcomer = await newcomerAt(clock, hq);
    await putBackWhole(hq, disk, marks);
    for (const name of words(after, 'after')) {
      if (edits && name === 'after 1') await correct(twin, shared, 1);
      else await create(twin, name);
      if (apart) await send(clock, twin, hq);
    }
    await send(clock, twin, hq);
    const all = [witness, laptop, newcomer, twin];
    await everybody(clock, hq, all, 8);
    for (const each of all) expect(viewOf(each)).toBe(viewOf(hq));
    const written = words(after, 'after').slice(edits ? 1 : 0);
    for (const name of [...words(below, 'below'), ...written]) expect(namesAt(hq)).toContain(name);
    expect(replicaOf(twin)).not.toBe(replicaOf(laptop));
  },
);

async function everybody(
  clock: { now: number },
  hq: Machine,
  all: readonly Machine[],
  times: number,
): Promise<void> {
  for (let i = 0; i < times; i++) {
    for (const each of all) {
      await send(clock, each, hq);
      await send(clock, hq, each);
    }
  }
}
