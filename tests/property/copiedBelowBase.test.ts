/** A copied or put back disk, and a state that headquarters made of what the other machine wrote. */
import { expect, test } from 'vitest';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  putBack,
  replicaOf,
  restart,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { enrol, found, setUp } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';
import { seedPlatform } from '../simulator/seededRandom';

/** Headquarters, and a laptop with one record that headquarters has confirmed. */
async function pair() {
  seedPlatform(1);
  const clock = { now: Date.UTC(2026, 10, 23) };
  const hq = await createMachine('hq', clock);
  const laptop = await createMachine('aa', clock);
  await setUp(hq, 'hq');
  await found(hq);
  await setUp(laptop, 'site');
  await enrol(hq, laptop);
  const shared = await create(laptop, 'known to all');
  await backAndForth(clock, laptop, hq, 2);
  return { clock, hq, laptop, shared };
}

async function create({ vault }: Machine, name: string): Promise<string> {
  const id = vault.newId();
  must(await vault.commit([{ do: 'create', kind: 'ci', id, fields: { name } }]));
  return id;
}

async function correct({ vault }: Machine, id: string, times: number): Promise<void> {
  for (let i = 1; i <= times; i++) {
    must(await vault.commit([{ do: 'set', id, fields: { name: `correction ${i}` } }]));
  }
}

async function send(clock: WorldClock, from: Machine, to: Machine, snapshot = false) {
  clock.now += 60_000;
  const content = snapshot ? 'snapshot' : 'changes';
  return must(await takeIn(to, must(await writeFile(from, peerAt(from, to), { content })))).plan;
}

async function backAndForth(clock: WorldClock, a: Machine, b: Machine, times: number) {
  for (let i = 0; i < times; i++) {
    await send(clock, a, b);
    await send(clock, b, a);
  }
}

/** Until headquarters knows that all that it has is confirmed, and has compacted it. */
async function compacted(clock: WorldClock, hq: Machine, site: Machine): Promise<void> {
  await backAndForth(clock, site, hq, 2);
  await send(clock, site, hq);
  expect(must(await hq.vault.compaction.run()).changes).toBeGreaterThan(0);
}

test('what only one copy wrote is written again, although a state stands for its numbers and shows nothing of them', async () => {
  const { clock, hq, laptop, shared } = await pair();
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const only = await create(laptop, 'only of the first machine');
  await correct(twin, shared, 6);
  await compacted(clock, hq, twin);
  const before = replicaOf(laptop);
  const plan = await send(clock, hq, laptop, true);
  expect(plan.bases).toHaveLength(1);
  expect(plan.replaced).toEqual([before]);
  expect(replicaOf(laptop)).not.toBe(before);
  await send(clock, laptop, hq);
  expect(hq.vault.projection.get(only)?.values.name).toBe('only of the first machine');
  // What headquarters had confirmed is written by nobody a second time.
  expect(hq.vault.projection.get(shared)?.values.name).toBe('correction 6');
  expect([...hq.vault.projection.conflicts()]).toEqual([]);
  await send(clock, hq, laptop);
  expect(viewOf(laptop)).toEqual(viewOf(hq));
});

test('what is not sealed yet is, before a state comes that reaches beyond it', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'in the tail');
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  await correct(twin, id, 6);
  await compacted(clock, hq, twin);
  await send(clock, hq, laptop, true);
  const after = await create(laptop, 'written afterwards');
  await send(clock, laptop, hq);
  expect(hq.vault.projection.get(after)?.values.name).toBe('written afterwards');
  // The record was created by both: once in the state, so it is not written again.
  expect(hq.vault.projection.get(id)?.values.name).toBe('correction 6');
});

test('a machine that was put back with all its marks goes on, and nothing it wrote is lost', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'before the backup');
  const disk = await copyDisk(laptop.db);
  const marks = new Map(laptop.exported);
  await correct(laptop, id, 6);
  await compacted(clock, hq, laptop);
  laptop.exported.clear();
  for (const [replica, sequence] of marks) laptop.exported.set(replica, sequence);
  await putBack(laptop, disk);
  await send(clock, hq, laptop, true);
  const after = await create(laptop, 'after the restore');
  await restart(laptop);
  await send(clock, laptop, hq);
  expect(hq.vault.projection.get(after)?.values.name).toBe('after the restore');
  await send(clock, hq, laptop);
  expect(viewOf(laptop)).toEqual(viewOf(hq));
});
