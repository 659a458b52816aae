/** Numbers that a disk which was put back gave twice, and somebody who overwrote the one and not the other. */
import { expect, test } from 'vitest';
import { conflictsOf } from '../../shared/log/record';
import { rehearse } from '../../renderer/exchange/rehearsal';
import { revokeDevice } from '../../renderer/exchange/enrol';
import { deviceOf } from '../../shared/trust/device';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  create,
  namedTwice,
  namesOf,
  pair,
  putBackWhole,
  rename,
  send,
} from '../simulator/errands';
import {
  copyDisk,
  must,
  peerAt,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
} from '../simulator/machine';
import { acceptAll } from '../simulator/organisation';
import { pictureOf, viewOf } from '../simulator/picture';

const removed = async ({ vault }: Machine, id: string): Promise<void> => {
  must(await vault.commit([{ do: 'delete', id }]));
};
const revoked = async ({ vault }: Machine, laptop: Machine): Promise<void> => {
  const device = deviceOf(replicaOf(laptop));
  must(await revokeDevice(vault, { device, reason: 'lost', last: vault.projection.have() }));
};
const stateAt = ({ vault }: Machine, id: string) => {
  const state = vault.projection.get(id);
  if (!state) throw new Error(`${id} is not there`);
  return state;
};
const agreed = async ({ clock, hq, laptop, other }: Twice): Promise<void> => {
  for (let i = 0; i < 4; i++) {
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  }
  for (const each of [laptop, other]) expect(viewOf(each)).toBe(viewOf(hq));
};
type Twice = Awaited<ReturnType<typeof namedTwice>>;

test('an edit under the number of another one that was overwritten is in conflict, and not hidden', async () => {
  const twice = await namedTwice();
  const { hq, laptop, shared } = twice;
  await rename(laptop, shared, 'by the laptop');
  await rename(hq, shared, 'after');
  await agreed(twice);
  expect(namesOf(hq, shared)).toEqual(['after', 'by the laptop']);
  expect(conflictsOf(stateAt(hq, shared))).toContain('name');
});

test('so is a record that was deleted by who knew the other one', async () => {
  const twice = await namedTwice();
  const { hq, laptop, shared } = twice;
  await removed(laptop, shared);
  await rename(hq, shared, 'after');
  await agreed(twice);
  expect(namesOf(hq, shared)).toContain('after');
  expect(conflictsOf(stateAt(hq, shared))).toEqual(['$deleted']);
});

test('whoever overwrites what he sees afterwards has no conflict with it', async () => {
  const twice = await namedTwice();
  const { hq, laptop, other, shared } = twice;
  await rename(hq, shared, 'after');
  await agreed(twice);
  for (const each of [laptop, other]) await rename(each, shared, `by ${each.name}`);
  await agreed(twice);
  expect(namesOf(hq, shared)).toEqual(['by aa', 'by bb']);
  await rename(laptop, shared, 'decided');
  await agreed(twice);
  expect(namesOf(hq, shared)).toEqual(['decided']);
});

test('headquarters says it again where whoever overwrote it does not come back', async () => {
  const { clock, hq, laptop, other, shared } = await namedTwice();
  await rename(laptop, shared, 'by the laptop');
  await send(clock, laptop, other, true);
  await rename(hq, shared, 'after');
  await send(clock, other, hq, true);
  await revoked(hq, laptop);
  for (let i = 0; i < 3; i++) await backAndForth(clock, other, hq, 1);
  expect(namesOf(hq, shared)).toEqual(['after', 'by the laptop']);
  expect(viewOf(other)).toBe(viewOf(hq));
});

test('what was overwritten after headquarters had looked is said again, where its author does not come back', async () => {
  const { clock, hq, laptop, other, shared } = await namedTwice();
  await rename(hq, shared, 'after');
  await send(clock, laptop, hq, true);
  expect(namesOf(hq, shared)).toEqual(['after']);
  await rename(laptop, shared, 'by the laptop');
  await send(clock, laptop, hq);
  await revoked(hq, laptop);
  for (let i = 0; i < 2; i++) await backAndForth(clock, other, hq, 1);
  expect(namesOf(other, shared)).toEqual(['after', 'by the laptop']);
});

/** A laptop is put back and redoes its edit, which another one had seen and overwritten. */
async function redone() {
  const { clock, hq, laptop, shared } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await rename(laptop, shared, 'before');
  for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  const fields = { name: 'by the other', description: 'two fields in one change' };
  must(await other.vault.commit([{ do: 'set', id: shared, fields }]));
  await backAndForth(clock, other, hq, 1);
  await putBackWhole(laptop, disk, marks);
  await rename(laptop, shared, 'redone');
  const round = async () => {
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  };
  for (let i = 0; i < 3; i++) await round();
  return { clock, hq, laptop, other, shared, round };
}

test('nothing is said again that was overwritten by who had seen it', async () => {
  const { hq, shared } = await redone();
  expect(namesOf(hq, shared)).toEqual(['by the other', 'redone']);
});

test('nor does what was resolved come back when the log is compacted', async () => {
  const { clock, hq, laptop, other, shared, round } = await redone();
  for (const name of ['decided', 'decided again']) {
    await rename(hq, shared, name);
    for (let i = 0; i < 2; i++) await round();
    for (const each of [laptop, other]) await send(clock, each, hq);
    must(await hq.vault.compaction.run());
    await create(laptop, 'goes on');
    for (let i = 0; i < 2; i++) await round();
    expect(namesOf(hq, shared)).toEqual([name]);
    for (const each of [laptop, other]) expect(viewOf(each)).toBe(viewOf(hq));
  }
});

test('so it is said again when a person accepts what came from a lost laptop', async () => {
  const { clock, hq, laptop, other, shared } = await namedTwice();
  await rename(hq, shared, 'after');
  await send(clock, laptop, hq, true);
  await rename(laptop, shared, 'by the laptop');
  await revoked(hq, laptop);
  await send(clock, laptop, hq);
  expect(namesOf(hq, shared)).toEqual(['after']);
  await acceptAll(hq);
  for (let i = 0; i < 2; i++) await backAndForth(clock, other, hq, 1);
  expect(namesOf(other, shared)).toEqual(['after', 'by the laptop']);
});

test('and by a laptop that was silent for long, and gets the other change as part of a state', async () => {
  const { clock, hq, laptop, other, shared } = await namedTwice();
  await rename(hq, shared, 'after');
  await rename(laptop, shared, 'by the laptop');
  clock.now += 200 * 86_400_000;
  await compacted(clock, hq, other);
  for (let i = 0; i < 4; i++) {
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  }
  expect(namesOf(hq, shared)).toEqual(['after', 'by the laptop']);
  for (const each of [laptop, other]) expect(viewOf(each)).toBe(viewOf(hq));
});

test('what a set of files would do is worked out without writing anything', async () => {
  const { clock, hq, laptop, shared } = await namedTwice();
  await rename(hq, shared, 'after');
  await send(clock, laptop, hq, true);
  await rename(laptop, shared, 'by the laptop');
  const bytes = must(await writeFile(laptop, peerAt(laptop, hq)));
  must(await hq.vault.exchange.seal());
  const before = pictureOf(hq);
  const { vault } = rehearse(hq.vault, await hq.vault.exchange.here());
  must(await takeIn({ ...hq, vault }, bytes));
  expect(pictureOf(hq)).toBe(before);
});
