/**
 * The same changes in other bytes: a device that was put back packs anew what has travelled already, at
 * another level, or together with what it wrote since. Nothing is written twice, everything arrives.
 */
import { expect, test } from 'vitest';
import { regrantDevice } from '../../renderer/exchange/enrol';
import { applyMany } from '../../renderer/exchange/importMany';
import { engine } from '../../renderer/exchange/engine';
import { readMany } from '../../renderer/exchange/readMany';
import { ok } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import {
  anotherLaptop,
  backAndForth,
  conflictsAt,
  create,
  nameAt,
  pair,
  putBackWhole,
  sealOtherwise,
  send,
} from '../simulator/errands';
import {
  copyDisk,
  must,
  peerAt,
  putBack,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { grantFor } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';

type Fleet = Awaited<ReturnType<typeof pair>>;

/** The laptop has packed its last change anew, and headquarters has it as it was first. */
async function packedAnew({ clock, hq, laptop }: Fleet, later = false) {
  await create(laptop, 'not sealed when the backup was made');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await backAndForth(clock, laptop, hq, 1);
  const lost = later ? await create(laptop, 'written later, and lost with the disk') : undefined;
  await backAndForth(clock, laptop, hq, 1);
  await putBackWhole(laptop, disk, marks);
  await sealOtherwise(laptop);
  return lost;
}

const namesAt = ({ vault }: Machine) =>
  vault.projection.records('ci').map(({ values }) => values.name);

async function goesOn({ clock, hq, laptop }: Fleet, others: readonly Machine[] = []) {
  const more = await create(laptop, 'more');
  for (let i = 0; i < 5; i++) {
    for (const each of [laptop, ...others]) await backAndForth(clock, each, hq, 1);
  }
  for (const each of [laptop, ...others]) {
    expect(nameAt(each, more)).toBe('more');
    expect(viewOf(each)).toEqual(viewOf(hq));
    expect(each.vault.exchange.undelivered()).toBe(0);
  }
  expect(conflictsAt(hq)).toEqual([]);
  expect(hq.vault.exchange.undelivered()).toBe(0);
}

test.each([
  { compact: false, regrant: false },
  { compact: true, regrant: false },
  { compact: false, regrant: true },
  { compact: true, regrant: true },
])('its author goes on, and delivers: %o', async ({ compact, regrant }) => {
  const fleet = await pair();
  const { clock, hq, laptop } = fleet;
  await packedAnew(fleet);
  await send(clock, hq, laptop, true);
  await backAndForth(clock, laptop, hq, 2);
  if (compact) await hq.vault.compaction.run();
  if (regrant) {
    must(await regrantDevice(hq.vault, deviceOf(replicaOf(laptop)), grantFor(laptop)));
    await backAndForth(clock, laptop, hq, 2);
  }
  await goesOn(fleet);
});

test('what its author wrote after it comes back', async () => {
  const fleet = await pair();
  const lost = (await packedAnew(fleet, true)) ?? '';
  await goesOn(fleet);
  expect(nameAt(fleet.laptop, lost)).toBe('written later, and lost with the disk');
});

test.each([true, false])(
  'a third laptop that has it from the author gets what follows: from headquarters first %s',
  async (first) => {
    const fleet = await pair();
    const { clock, hq, laptop } = fleet;
    const other = await anotherLaptop(clock, hq, 'cc');
    await backAndForth(clock, laptop, hq, 2);
    const lost = (await packedAnew(fleet, true)) ?? '';
    if (first) {
      await send(clock, laptop, hq);
      await backAndForth(clock, other, hq, 1);
    }
    await send(clock, laptop, other, true);
    await goesOn(fleet, [other]);
    expect(nameAt(other, lost)).toBe('written later, and lost with the disk');
  },
);

test('two files of headquarters read at once are held against each other as one after the other', async () => {
  const fleet = await pair();
  const { clock, hq, laptop } = fleet;
  await packedAnew(fleet);
  clock.now += 60_000;
  const files = [
    must(await writeFile(hq, peerAt(hq, laptop), { content: 'snapshot' })),
    must(await writeFile(hq, peerAt(hq, laptop), { content: 'receipt' })),
  ].map((bytes, i) => ({ name: `${i}.holdfast`, read: ok(bytes) }));
  const before = replicaOf(laptop);
  const read = await readMany(laptop.vault, { files, passphrase: '', engine });
  await applyMany(laptop.vault, read, { now: () => clock.now });
  expect(replicaOf(laptop)).toBe(before);
});

test.each(['changes', 'receipt'] as const)(
  'headquarters is put back to before all of it: %s came last',
  async (content) => {
    const fleet = await pair();
    const { clock, hq, laptop } = fleet;
    const before = await copyDisk(hq.db);
    await packedAnew(fleet);
    await send(clock, laptop, hq);
    clock.now += 60_000;
    must(await takeIn(laptop, must(await writeFile(hq, peerAt(hq, laptop), { content }))));
    await putBack(hq, before);
    await goesOn(fleet);
    expect(namesAt(hq)).toContain('not sealed when the backup was made');
  },
);

/** One change of the laptop that is dead by then was not sealed when the backup was made. */
async function compactedSinceBackup(clock: WorldClock, { hq, laptop, shared }: Fleet) {
  const other = await anotherLaptop(clock, hq, 'bb');
  await backAndForth(clock, laptop, hq, 2);
  must(await laptop.vault.commit([{ do: 'set', id: shared, fields: { name: 'x' } }]));
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  must(await other.vault.commit([{ do: 'set', id: shared, fields: { name: 'later' } }]));
  for (const each of [other, laptop, other, laptop]) await backAndForth(clock, each, hq, 1);
  for (const each of [other, laptop]) await send(clock, each, hq);
  must(await hq.vault.compaction.run());
  return { other, disk, marks };
}

test.each([false, true])(
  'a laptop that is put back and goes on before it hears of a compaction writes nothing twice: marks too %s',
  async (whole) => {
    const fleet = await pair();
    const { clock, hq, laptop, shared } = fleet;
    const { other, disk, marks } = await compactedSinceBackup(clock, fleet);
    if (whole) await putBackWhole(laptop, disk, marks);
    else await putBack(laptop, disk);
    const id = await create(laptop, 'written after the backup');
    await send(clock, laptop, hq);
    await goesOn(fleet, [other]);
    expect([nameAt(hq, id), nameAt(hq, shared)]).toEqual(['written after the backup', 'later']);
    expect(namesAt(hq).filter((name) => name === 'written after the backup')).toHaveLength(1);
  },
);

test('what has travelled is not packed anew under its old numbers where the marks have stayed', async () => {
  const fleet = await pair();
  const { clock, hq, laptop } = fleet;
  await create(laptop, 'not sealed when the backup was made');
  const disk = await copyDisk(laptop.db);
  await backAndForth(clock, laptop, hq, 2);
  const before = replicaOf(laptop);
  await putBack(laptop, disk);
  expect(replicaOf(laptop)).not.toBe(before);
  await goesOn(fleet);
});

test('what headquarters packed anew after it was put back reaches everybody with what it wrote then', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  await create(hq, 'in the tail');
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  for (const each of [laptop, other]) await send(clock, hq, each);
  await putBackWhole(hq, disk, marks);
  await sealOtherwise(hq);
  await create(hq, 'after the restore');
  for (let i = 0; i < 4; i++) {
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  }
  const version = hq.vault.trust.roster()?.version;
  for (const each of [laptop, other]) {
    expect(namesAt(each)).toContain('after the restore');
    expect(viewOf(each)).toBe(viewOf(hq));
    expect(each.vault.exchange.waiting()).toEqual([]);
    await send(clock, each, hq);
    const { manifest } = await send(clock, hq, each);
    expect([manifest.bases, manifest.segments]).toEqual([[], []]);
  }
  expect(hq.vault.trust.roster()?.version).toBe(version);
});
