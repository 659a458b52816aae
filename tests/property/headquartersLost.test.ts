/** Branches and other bytes, where headquarters is lost, put back, or not the only one. */
import { expect, test } from 'vitest';
import { recoverHere } from '../../renderer/exchange/enrol';
import {
  anotherLaptop,
  backAndForth,
  correct,
  create,
  nameAt,
  pair,
  putBackWhole,
  sealOtherwise,
  send,
} from '../simulator/errands';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  putBack,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { enrol, found, setUp } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';
import { seedPlatform } from '../simulator/seededRandom';

/** Two laptops, and the key that makes one of them headquarters. */
async function fleet() {
  seedPlatform(1);
  const clock = { now: Date.UTC(2026, 10, 23) };
  const hq = await createMachine('hq', clock);
  await setUp(hq, 'hq');
  const { recoveryKey } = await found(hq);
  const laptops: Machine[] = [];
  for (const name of ['aa', 'cc']) {
    const laptop = await createMachine(name, clock);
    await setUp(laptop, 'site');
    await enrol(hq, laptop);
    laptops.push(laptop);
  }
  const [laptop, other] = laptops as [Machine, Machine];
  const shared = await create(laptop, 'known to all');
  for (let i = 0; i < 3; i++) for (const each of laptops) await backAndForth(clock, each, hq, 1);
  return { clock, hq, laptop, other, shared, recoveryKey };
}

/** A change that has reached `first`, packed anew by its author after its disk was put back. */
async function packedAnew(
  clock: WorldClock,
  laptop: Machine,
  first: Machine,
  whole = true,
): Promise<string> {
  const id = await create(laptop, 'not sealed when the backup was made');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await send(clock, laptop, first);
  if (whole) await putBackWhole(laptop, disk, marks);
  else await putBack(laptop, disk);
  await sealOtherwise(laptop);
  return id;
}

test.each([
  { heir: 'author', whole: true },
  { heir: 'author', whole: false },
  { heir: 'other', whole: true },
  { heir: 'other', whole: false },
])(
  'headquarters that knew it in other bytes is lost, and made anew: %o',
  async ({ heir, whole }) => {
    const { clock, hq, laptop, other, recoveryKey } = await fleet();
    const id = await packedAnew(clock, laptop, hq, whole);
    await backAndForth(clock, laptop, hq, 1);
    const [next, site] = heir === 'author' ? [laptop, other] : [other, laptop];
    must(await recoverHere(next.vault, recoveryKey));
    await send(clock, next, site, true);
    const more = await create(laptop, 'more');
    await backAndForth(clock, site, next, 6);
    expect([nameAt(other, id), nameAt(other, more)]).toEqual([
      'not sealed when the backup was made',
      'more',
    ]);
    expect(viewOf(site)).toEqual(viewOf(next));
  },
);

test.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'two headquarters that have it in different bytes end with one: %i',
  async (how) => {
    const { clock, hq, laptop, other, shared, recoveryKey } = await fleet();
    const everybody = async () => {
      await backAndForth(clock, laptop, hq, 1);
      await backAndForth(clock, laptop, other, 1);
      await backAndForth(clock, hq, other, 1);
    };
    must(await recoverHere(other.vault, recoveryKey));
    if (how & 1) for (const each of [laptop, hq]) await backAndForth(clock, each, other, 2);
    const id = await packedAnew(clock, laptop, hq);
    if (how & 4) await correct(laptop, shared, 2);
    await send(clock, laptop, other);
    if (how & 2) {
      await backAndForth(clock, laptop, hq, 1);
      await send(clock, other, laptop);
    }
    const more = await create(laptop, 'more');
    for (let i = 0; i < 6; i++) await everybody();
    const settled = [replicaOf(laptop), hq.vault.trust.roster()?.version];
    for (let i = 0; i < 3; i++) await everybody();
    expect([replicaOf(laptop), hq.vault.trust.roster()?.version]).toEqual(settled);
    for (const each of [hq, other]) {
      expect([nameAt(each, more), nameAt(each, id)]).toEqual([
        'more',
        'not sealed when the backup was made',
      ]);
      expect(viewOf(each)).toEqual(viewOf(laptop));
    }
  },
);

test('what headquarters lost with its disk is held there, although a receipt told of it first', async () => {
  const { clock, hq, laptop } = await pair();
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  const lost = await create(hq, 'written by headquarters, lost with its disk');
  await send(clock, hq, laptop);
  await putBackWhole(hq, disk, marks);
  await create(hq, 'written after');
  await receipt(clock, laptop, hq);
  await send(clock, hq, laptop);
  await backAndForth(clock, laptop, hq, 5);
  expect(isThere(hq, lost)).toBe(true);
});

test('nor is what only another laptop has of a disk that was put back', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'cc');
  await backAndForth(clock, laptop, hq, 2);
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  const lost = await create(laptop, 'lost with the disk, known to the other laptop');
  await send(clock, laptop, other, true);
  await putBackWhole(laptop, disk, marks);
  await create(laptop, 'written after');
  await send(clock, laptop, hq);
  await receipt(clock, other, hq);
  await send(clock, hq, other);
  for (let i = 0; i < 5; i++) {
    for (const each of [other, laptop]) await backAndForth(clock, each, hq, 1);
  }
  expect(isThere(hq, lost)).toBe(true);
});

async function receipt(clock: WorldClock, from: Machine, to: Machine): Promise<void> {
  clock.now += 60_000;
  const content = 'receipt';
  must(await takeIn(to, must(await writeFile(from, peerAt(from, to), { content }))));
}

/** Shown, or held for somebody to see. */
const isThere = (machine: Machine, id: string): boolean =>
  nameAt(machine, id) !== undefined || machine.vault.exchange.waiting().length > 0;
