/** Headquarters vouches for two states of different branches, and somebody has overwritten the first. */
import { expect, test } from 'vitest';
import { regrantDevice } from '../../renderer/exchange/enrol';
import { deviceOf } from '../../shared/trust/device';
import {
  backAndForth,
  compacted,
  create,
  namesOf,
  newcomerAt,
  pair,
  putBackWhole,
} from '../simulator/errands';
import { copyDisk, must, replicaOf, type Machine } from '../simulator/machine';
import { enrol, grantFor } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';

type Shown = Readonly<Record<string, string>>;

/** What a laptop says twice under one number, and what a newcomer says who knows only the first. */
async function overwritten(
  first: Shown,
  then: Shown,
  edit: (newcomer: Machine, id: string) => Promise<void>,
) {
  const { clock, hq, laptop, shared } = await pair();
  await set(laptop, shared, { name: 'both know it', description: 'and this' });
  await backAndForth(clock, laptop, hq, 1);
  const disks = await Promise.all(
    [hq, laptop].map(async (machine) => ({
      machine,
      disk: await copyDisk(machine.db),
      marks: new Map(machine.exported),
    })),
  );
  await set(laptop, shared, first);
  await create(laptop, 'of the first');
  await compacted(clock, hq, laptop);
  const newcomer = await newcomerAt(clock, hq, 'zz');
  await edit(newcomer, shared);
  for (const { machine, disk, marks } of disks) await putBackWhole(machine, disk, marks);
  await set(laptop, shared, then);
  await create(laptop, 'of the second');
  await backAndForth(clock, laptop, hq, 2);
  must(await regrantDevice(hq.vault, deviceOf(replicaOf(laptop)), grantFor(laptop)));
  await compacted(clock, hq, laptop);
  await enrol(hq, newcomer);
  for (let i = 0; i < 5; i++) {
    for (const each of [newcomer, laptop]) await backAndForth(clock, each, hq, 1);
  }
  for (const each of [newcomer, laptop]) expect(viewOf(each)).toBe(viewOf(hq));
  return { hq, newcomer, shared };
}

const set = async ({ vault }: Machine, id: string, fields: Shown): Promise<void> => {
  must(await vault.commit([{ do: 'set', id, fields }]));
};
test('what the second says under the number that was overwritten in the first is not hidden', async () => {
  const { hq, shared } = await overwritten({ name: 'genuine' }, { name: 'again' }, (newcomer, id) =>
    set(newcomer, id, { name: 'by the newcomer' }),
  );
  expect(namesOf(hq, shared)).toEqual(['again', 'by the newcomer']);
});

test('nor is it by a deletion', async () => {
  const { hq, shared } = await overwritten(
    { name: 'genuine' },
    { name: 'again' },
    async ({ vault }, id) => {
      must(await vault.commit([{ do: 'delete', id }]));
    },
  );
  expect(namesOf(hq, shared)).toContain('again');
  expect([...hq.vault.projection.conflicts()]).toContain(shared);
});

test('what both say under a number is not said again, although one of them shows less of it', async () => {
  const { hq, shared } = await overwritten(
    { description: 'genuine' },
    { serial: 'again' },
    (machine, id) => set(machine, id, { name: 'by the newcomer' }),
  );
  expect(namesOf(hq, shared)).toEqual(['by the newcomer']);
  expect(namesOf(hq, shared, 'serial')).toEqual(['again']);
});
