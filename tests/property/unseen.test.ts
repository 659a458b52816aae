/** Numbers that a disk which was put back gave twice, and somebody who overwrote the one and not the other. */
import { expect, test } from 'vitest';
import { conflictsOf, headsOf } from '../../shared/log/record';
import { revokeDevice } from '../../renderer/exchange/enrol';
import { deviceOf } from '../../shared/trust/device';
import { anotherLaptop, backAndForth, pair, putBackWhole, send } from '../simulator/errands';
import { copyDisk, must, replicaOf, type Machine } from '../simulator/machine';
import { viewOf } from '../simulator/picture';

const named = async ({ vault }: Machine, id: string, name: string): Promise<void> => {
  must(await vault.commit([{ do: 'set', id, fields: { name } }]));
};
const removed = async ({ vault }: Machine, id: string): Promise<void> => {
  must(await vault.commit([{ do: 'delete', id }]));
};
const stateAt = ({ vault }: Machine, id: string) => {
  const state = vault.projection.get(id);
  if (!state) throw new Error(`${id} is not there`);
  return state;
};
const valuesAt = (machine: Machine, id: string): readonly unknown[] =>
  headsOf(stateAt(machine, id), 'name')
    .map(({ value }) => value)
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Headquarters names the record, the laptop knows it, and headquarters is put back to before that. */
async function namedTwice() {
  const { clock, hq, laptop, shared } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  await named(hq, shared, 'before');
  await send(clock, hq, laptop);
  await putBackWhole(hq, disk, marks);
  const agree = async () => {
    for (let i = 0; i < 4; i++) {
      for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
    }
    for (const each of [laptop, other]) expect(viewOf(each)).toBe(viewOf(hq));
  };
  return { clock, hq, laptop, other, shared, agree };
}

test('an edit under the number of another one that was overwritten is in conflict, and not hidden', async () => {
  const { hq, laptop, shared, agree } = await namedTwice();
  await named(laptop, shared, 'by the laptop');
  await named(hq, shared, 'after');
  await agree();
  expect(valuesAt(hq, shared)).toEqual(['after', 'by the laptop']);
  expect(conflictsOf(stateAt(hq, shared))).toContain('name');
});

test('so is a record that was deleted by who knew the other one', async () => {
  const { hq, laptop, shared, agree } = await namedTwice();
  await removed(laptop, shared);
  await named(hq, shared, 'after');
  await agree();
  expect(valuesAt(hq, shared)).toContain('after');
  expect(conflictsOf(stateAt(hq, shared))).toEqual(['$deleted']);
});

test('whoever overwrites what he sees afterwards has no conflict with it', async () => {
  const { hq, laptop, other, shared, agree } = await namedTwice();
  await named(hq, shared, 'after');
  await agree();
  for (const each of [laptop, other]) await named(each, shared, `by ${each.name}`);
  await agree();
  expect(valuesAt(hq, shared)).toEqual(['by aa', 'by bb']);
  await named(laptop, shared, 'decided');
  await agree();
  expect(valuesAt(hq, shared)).toEqual(['decided']);
});

test('headquarters says it again where whoever overwrote it does not come back', async () => {
  const { clock, hq, laptop, other, shared } = await namedTwice();
  await named(laptop, shared, 'by the laptop');
  await send(clock, laptop, other, true);
  await named(hq, shared, 'after');
  await send(clock, other, hq, true);
  must(
    await revokeDevice(hq.vault, {
      device: deviceOf(replicaOf(laptop)),
      reason: 'lost',
      last: hq.vault.projection.have(),
    }),
  );
  for (let i = 0; i < 3; i++) await backAndForth(clock, other, hq, 1);
  expect(valuesAt(hq, shared)).toEqual(['after', 'by the laptop']);
  expect(viewOf(other)).toBe(viewOf(hq));
});
