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
import {
  backAndForth,
  compacted,
  conflictsAt,
  correct,
  create,
  nameAt,
  pair,
  putBackWhole,
  sealOtherwise,
  send,
} from '../simulator/errands';
import { enrol, setUp } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';

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

test('the same packed by another release gives way to what headquarters has: nothing is written again, and what follows arrives', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'not sealed when the backup was made');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await backAndForth(clock, laptop, hq, 2);
  await putBackWhole(laptop, disk, marks);
  await sealOtherwise(laptop);
  await backAndForth(clock, laptop, hq, 3);
  expect(laptop.vault.exchange.delivery(id)).toBe('confirmed');
  const more = await create(laptop, 'more');
  await backAndForth(clock, laptop, hq, 2);
  expect(nameAt(hq, more)).toBe('more');
  expect(laptop.vault.exchange.delivery(more)).toBe('confirmed');
  expect(viewOf(laptop)).toEqual(viewOf(hq));
  expect(conflictsAt(hq)).toEqual([]);
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
