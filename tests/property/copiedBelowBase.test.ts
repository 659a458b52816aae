/** A copied or put back disk, and a state that headquarters made of what the other machine wrote. */
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { webCodec } from '../../renderer/exchange/webCodec';
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
import { create, send } from '../simulator/errands';
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

async function correct({ vault }: Machine, id: string, times: number): Promise<void> {
  for (let i = 1; i <= times; i++) {
    must(await vault.commit([{ do: 'set', id, fields: { name: `correction ${i}` } }]));
  }
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

const nameAt = ({ vault }: Machine, id: string): unknown => vault.projection.get(id)?.values.name;
const conflictsAt = ({ vault }: Machine): readonly string[] => [...vault.projection.conflicts()];

/** The marks go back with the disk, as in the snapshot of a virtual machine. */
async function putBackWhole(machine: Machine, disk: string, marks: ReadonlyMap<string, number>) {
  machine.exported.clear();
  for (const [replica, sequence] of marks) machine.exported.set(replica, sequence);
  await putBack(machine, disk);
}

test('so it is when ordinary files have come first, and the device has a new epoch by then', async () => {
  for (const snapshot of [false, true]) {
    const { clock, hq, laptop, shared } = await pair();
    const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
    const only = await create(laptop, 'only of the first machine');
    await correct(twin, shared, 6);
    await compacted(clock, hq, twin);
    await send(clock, hq, laptop);
    await send(clock, hq, laptop, snapshot);
    expect(laptop.vault.exchange.delivery(only)).not.toBe('confirmed');
    await backAndForth(clock, laptop, hq, 4);
    expect(nameAt(hq, only)).toBe('only of the first machine');
    expect(conflictsAt(hq)).toEqual([]);
    expect(viewOf(laptop)).toEqual(viewOf(hq));
  }
});

test('what was confirmed long ago is not written again', async () => {
  const { clock, hq, laptop, shared } = await pair();
  await correct(laptop, shared, 3);
  await backAndForth(clock, laptop, hq, 2);
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const only = await create(laptop, 'only of the first machine');
  await create(twin, 'of the twin');
  await correct(twin, shared, 6);
  await compacted(clock, hq, twin);
  await send(clock, hq, laptop);
  await send(clock, hq, laptop, true);
  // The device's own record under its new name, and what nobody else had.
  expect(laptop.vault.projection.have()[replicaOf(laptop)]).toBe(2);
  await backAndForth(clock, laptop, hq, 2);
  expect(nameAt(hq, only)).toBe('only of the first machine');
  expect(conflictsAt(hq)).toEqual([]);
});

test('headquarters that had confirmed it was put back, and compacted the other branch', async () => {
  const { clock, hq, laptop, shared } = await pair();
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const disk = await copyDisk(hq.db);
  const only = await create(laptop, 'only of the first machine');
  await backAndForth(clock, laptop, hq, 2);
  expect(laptop.vault.exchange.delivery(only)).toBe('confirmed');
  await putBack(hq, disk);
  await correct(twin, shared, 6);
  await compacted(clock, hq, twin);
  await send(clock, hq, laptop, true);
  await backAndForth(clock, laptop, hq, 3);
  expect(nameAt(hq, only)).toBe('only of the first machine');
});

/** Headquarters has compacted, and a newcomer has the state from it. */
async function withNewcomer(clock: WorldClock, hq: Machine, laptop: Machine): Promise<Machine> {
  await compacted(clock, hq, laptop);
  const newcomer = await createMachine('cc', clock);
  await setUp(newcomer, 'site');
  await enrol(hq, newcomer);
  await backAndForth(clock, newcomer, hq, 1);
  return newcomer;
}

test('headquarters that was put back takes its own later state from a laptop, and writes nothing again', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(hq, 'first');
  await correct(hq, id, 1);
  await backAndForth(clock, hq, laptop, 2);
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  await correct(hq, id, 3);
  const newcomer = await withNewcomer(clock, hq, laptop);
  await putBackWhole(hq, disk, marks);
  const peer = peerAt(newcomer, hq);
  const bytes = must(await writeFile(newcomer, peer, { content: 'snapshot' }));
  expect(must(await takeIn(hq, bytes)).plan.replaced).toEqual([]);
  await send(clock, laptop, hq);
  expect(nameAt(hq, id)).toBe('correction 3');
  expect(conflictsAt(hq)).toEqual([]);
});

test('what it writes before it hears of what it had written is written again', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(hq, 'first');
  await backAndForth(clock, hq, laptop, 2);
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  await correct(hq, id, 2);
  const newcomer = await withNewcomer(clock, hq, laptop);
  await putBackWhole(hq, disk, marks);
  const only = await create(hq, 'written after the restore');
  await send(clock, newcomer, hq);
  await backAndForth(clock, hq, newcomer, 4);
  await backAndForth(clock, laptop, hq, 3);
  await backAndForth(clock, newcomer, hq, 1);
  for (const each of [hq, newcomer, laptop]) {
    expect(nameAt(each, only)).toBe('written after the restore');
  }
  expect(viewOf(newcomer)).toEqual(viewOf(hq));
});

test('a laptop that was put back, and has no double, gets its own back without a conflict', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'before the backup');
  const gone = await create(laptop, 'deleted later');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await correct(laptop, id, 6);
  must(await laptop.vault.commit([{ do: 'delete', id: gone }]));
  await compacted(clock, hq, laptop);
  await putBackWhole(laptop, disk, marks);
  await send(clock, hq, laptop, true);
  await backAndForth(clock, laptop, hq, 3);
  expect(conflictsAt(hq)).toEqual([]);
  expect(hq.vault.projection.visible(gone)).toBeUndefined();
  expect(viewOf(laptop)).toEqual(viewOf(hq));
});

test('the same packed by another release is the same: confirmed, compared once, and not sent again', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'not sealed when the backup was made');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await backAndForth(clock, laptop, hq, 2);
  await putBackWhole(laptop, disk, marks);
  const otherwise = vi
    .spyOn(webCodec, 'gzip')
    .mockImplementation(async (bytes) => new Uint8Array(gzipSync(bytes, { level: 1 })));
  must(await laptop.vault.exchange.seal());
  otherwise.mockRestore();
  await backAndForth(clock, laptop, hq, 1);
  expect(laptop.vault.exchange.delivery(id)).toBe('confirmed');
  const again = await send(clock, laptop, hq);
  expect([again.manifest.segments, again.receipt.apart]).toEqual([[], []]);
  const back = await send(clock, hq, laptop);
  expect([back.manifest.segments, back.receipt.apart]).toEqual([[], []]);
});

test('what was not sealed when the backup was made is compared with the archive, and comes back without a conflict', async () => {
  const { clock, hq, laptop, shared } = await pair();
  must(await laptop.vault.commit([{ do: 'set', id: shared, fields: { name: 'an old value' } }]));
  const disk = await copyDisk(laptop.db);
  await correct(laptop, shared, 2);
  await compacted(clock, hq, laptop);
  await putBack(laptop, disk);
  await backAndForth(clock, laptop, hq, 4);
  expect(conflictsAt(hq)).toEqual([]);
  expect(nameAt(laptop, shared)).toBe('correction 2');
});

test('headquarters that was put back does not accept another branch for the one it had accepted', async () => {
  const { clock, hq, laptop, shared } = await pair();
  const other = await createMachine('cc', clock);
  await setUp(other, 'site');
  await enrol(hq, other);
  await backAndForth(clock, other, hq, 2);
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  const only = await create(laptop, 'accepted first');
  const replica = replicaOf(laptop);
  await send(clock, laptop, hq);
  await correct(twin, shared, 3);
  await send(clock, twin, hq);
  const anchor = hq.vault.trust.roster()?.accepted[replica];
  await backAndForth(clock, hq, other, 2);
  await putBackWhole(hq, disk, marks);
  await send(clock, other, hq);
  // Has not heard of it, and its branch is the longer one.
  await send(clock, twin, hq);
  expect(hq.vault.trust.roster()?.accepted[replica]).toEqual(anchor);
  for (const each of [other, twin, other, twin, other]) await backAndForth(clock, each, hq, 1);
  expect(nameAt(hq, only)).toBe('accepted first');
  expect(nameAt(other, only)).toBe('accepted first');
});
