/** Copied devices and states of headquarters, where some release names no content and no segments. */
import { expect, test } from 'vitest';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  conflictsAt,
  correct,
  create,
  nameAt,
  pair,
  putBackWhole,
  send,
} from '../simulator/errands';
import { enrol, setUp } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';
import { earlierEngine } from '../simulator/releases';
import { copyDisk, createMachine, must, type Machine, type WorldClock } from '../simulator/machine';

/** As a release of the second format writes it. */
async function sendAsSecond(clock: WorldClock, from: Machine, to: Machine, snapshot = false) {
  const { engine } = from;
  from.engine = earlierEngine;
  const plan = await send(clock, from, to, snapshot);
  from.engine = engine;
  return plan;
}

/** What one of two machines with the same disk wrote, while the other one's changes were compacted. */
async function doubled() {
  const fleet = await pair();
  const { clock, hq, laptop, shared } = fleet;
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const only = await create(laptop, 'only of the first machine');
  await correct(twin, shared, 6);
  await backAndForth(clock, twin, hq, 2);
  await compacted(clock, hq, twin);
  return { ...fleet, only };
}

test('a state from a headquarters of the release before loses nothing of the other copy', async () => {
  const { clock, hq, laptop, only } = await doubled();
  const { manifest } = await sendAsSecond(clock, hq, laptop, true);
  expect(manifest.stands).toBeNull();
  for (let i = 0; i < 5; i++) {
    await send(clock, laptop, hq);
    await sendAsSecond(clock, hq, laptop);
  }
  expect(nameAt(hq, only)).toBe('only of the first machine');
  expect(laptop.vault.exchange.delivery(only)).toBe('confirmed');
});

test.each([true, false])(
  'headquarters that was put back gets its own later state from a laptop, and writes nothing again: of today %s',
  async (today) => {
    const { clock, hq, laptop } = await pair();
    const id = await create(hq, 'first');
    await correct(hq, id, 5);
    await backAndForth(clock, laptop, hq, 3);
    const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
    await correct(hq, id, 3);
    must(await hq.vault.commit([{ do: 'set', id, fields: { name: 'last' } }]));
    await compacted(clock, hq, laptop);
    const other = await anotherLaptop(clock, hq, 'bb');
    await putBackWhole(hq, disk, marks);
    await (today ? send : sendAsSecond)(clock, other, hq, true);
    for (let i = 0; i < 4; i++) {
      for (const each of [other, laptop]) await backAndForth(clock, each, hq, 1);
    }
    expect([nameAt(hq, id), conflictsAt(hq)]).toEqual(['last', []]);
    expect(viewOf(hq)).toEqual(viewOf(laptop));
  },
);

test.each([true, false])(
  'nor does one that another laptop passes on, whatever its release: of today %s',
  async (today) => {
    const { clock, hq, laptop, only } = await doubled();
    const other = await createMachine('bb', clock);
    await setUp(other, 'site');
    const { plan: told } = await enrol(hq, other);
    await send(clock, other, hq);
    // Hears of the laptop.
    await send(clock, hq, other);
    expect(told.manifest.stands?.marks.length).toBeGreaterThan(0);
    const passOn = today ? send : sendAsSecond;
    const { manifest } = await passOn(clock, other, laptop, true);
    // In the very words of headquarters.
    expect(manifest.stands).toEqual(today ? told.manifest.stands : null);
    await backAndForth(clock, laptop, hq, 5);
    expect(nameAt(hq, only)).toBe('only of the first machine');
    expect(laptop.vault.exchange.delivery(only)).toBe('confirmed');
  },
);
