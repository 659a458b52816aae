/** Headquarters vouches for two states of different branches, and somebody has overwritten the first. */
import { expect, test } from 'vitest';
import { regrantDevice } from '../../renderer/exchange/enrol';
import { deviceOf } from '../../shared/trust/device';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  create,
  namesAt,
  namesOf,
  newcomerAt,
  pair,
  putBackWhole,
  rename,
  send,
} from '../simulator/errands';
import { copyDisk, createMachine, must, replicaOf, type Machine } from '../simulator/machine';
import { enrol, grantFor } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';

const MONTHS = 200 * 86_400_000;

/** Headquarters and a laptop, which can be put back to what they are now, and know another one by then. */
async function beforeStates() {
  const start = await pair();
  const { clock, hq, laptop, shared } = start;
  const other = await anotherLaptop(clock, hq, 'bb');
  await set(laptop, shared, { name: 'both know it', description: 'and this' });
  await backAndForth(clock, laptop, hq, 1);
  const disks = await Promise.all(
    [hq, laptop].map(async (machine) => ({
      machine,
      disk: await copyDisk(machine.db),
      marks: new Map(machine.exported),
    })),
  );
  /** The laptop writes, headquarters vouches. */
  const state = async (write: () => Promise<unknown>): Promise<void> => {
    await write();
    clock.now += MONTHS;
    await compacted(clock, hq, laptop);
  };
  const anotherState = async (write: () => Promise<unknown>, times = 1): Promise<void> => {
    for (const { machine, disk, marks } of disks) await putBackWhole(machine, disk, marks);
    await write();
    await backAndForth(clock, laptop, hq, 2);
    for (let i = 0; i < times; i++) {
      must(await regrantDevice(hq.vault, deviceOf(replicaOf(laptop)), grantFor(laptop)));
    }
    clock.now += MONTHS;
    await compacted(clock, hq, laptop);
  };
  const agree = async (...others: readonly Machine[]): Promise<void> => {
    for (const each of others.filter((one) => one !== other)) await enrol(hq, each);
    for (let i = 0; i < 5; i++) {
      for (const each of [...others, laptop]) await backAndForth(clock, each, hq, 1);
    }
    for (const each of [...others, laptop]) expect(viewOf(each)).toBe(viewOf(hq));
  };
  return { ...start, other, state, anotherState, agree };
}

/** What a laptop says twice under one number, and what newcomers say who know only the first. */
async function overwritten(
  first: Shown,
  then: Shown,
  edit: (newcomer: Machine, id: string) => Promise<unknown>,
  names: readonly string[] = ['zz'],
) {
  const start = await beforeStates();
  const { clock, hq, laptop, shared, state, anotherState, agree } = start;
  await state(async () => {
    await set(laptop, shared, first);
    await create(laptop, 'of the first');
  });
  const newcomers: Machine[] = [];
  for (const name of names) newcomers.push(await newcomerAt(clock, hq, name));
  for (const each of newcomers) await edit(each, shared);
  for (const each of names.length > 1 ? [...newcomers, ...newcomers] : []) {
    await backAndForth(clock, each, hq, 1);
  }
  await anotherState(async () => {
    await set(laptop, shared, then);
    await create(laptop, 'of the second');
  });
  await agree(...newcomers);
  return { ...start, newcomers };
}

type Shown = Readonly<Record<string, string>>;

const set = async ({ vault }: Machine, id: string, fields: Shown): Promise<void> => {
  must(await vault.commit([{ do: 'set', id, fields }]));
};
const heldOf = (machines: readonly Machine[]) =>
  machines.flatMap(({ vault }) => vault.exchange.waiting().filter(({ state }) => state));

test('what the second says under the number that was overwritten in the first is not hidden', async () => {
  const { hq, newcomers, shared } = await overwritten(
    { name: 'genuine' },
    { name: 'again' },
    (machine, id) => set(machine, id, { name: 'by the newcomer' }),
  );
  expect(namesOf(hq, shared)).toEqual(['again', 'by the newcomer']);
  // What the newcomer itself had overwritten asks nobody for a decision.
  expect(heldOf(newcomers).map(({ segment: { from, to } }) => [from, to])).toEqual([[5, 5]]);
});

test('nor is it by a deletion', async () => {
  const { hq, newcomers, shared } = await overwritten(
    { name: 'genuine' },
    { name: 'again' },
    async ({ vault }, id) => {
      must(await vault.commit([{ do: 'delete', id }]));
    },
  );
  expect(namesOf(hq, shared)).toContain('again');
  expect([...hq.vault.projection.conflicts()]).toContain(shared);
  expect(heldOf(newcomers).length).toBeGreaterThan(0);
});

test('nor where two had overwritten it at once and knew of each other', async () => {
  const { hq, shared } = await overwritten(
    { name: 'genuine' },
    { name: 'again' },
    (machine, id) => set(machine, id, { name: `by ${machine.name}` }),
    ['zz', 'yy'],
  );
  expect(namesOf(hq, shared)).toContain('again');
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

test('what was deleted in the first and came back is held to be seen, once', async () => {
  const { clock, hq, laptop, state, anotherState, agree } = await beforeStates();
  let id = '';
  await state(async () => {
    id = await create(laptop, 'genuine');
  });
  const newcomer = await newcomerAt(clock, hq, 'zz');
  must(await newcomer.vault.commit([{ do: 'delete', id }]));
  must(await newcomer.vault.undo());
  await anotherState(() => create(laptop, 'again'));
  await agree(newcomer);
  const held = heldOf([newcomer]).map(({ segment }) => segment.sha256);
  expect(held).toHaveLength(1);
  expect(must(await newcomer.vault.exchange.rescue(held))).toBe(1);
  expect(namesAt(newcomer)).toContain('genuine');
});

test('a laptop that had the first as changes before it had the state says it again too', async () => {
  const { clock, hq, laptop, other, shared, state, anotherState, agree } = await beforeStates();
  await rename(laptop, shared, 'genuine');
  await send(clock, laptop, hq);
  await send(clock, hq, other);
  await state(() => create(laptop, 'of the first'));
  expect((await send(clock, hq, other)).bases).toHaveLength(1);
  await rename(other, shared, 'by the other');
  await anotherState(async () => {
    await rename(laptop, shared, 'again');
    await create(laptop, 'of the second');
  });
  await agree(other);
  expect(namesOf(hq, shared)).toEqual(['again', 'by the other']);
});

test('so does one whose number had been overwritten in the first by somebody else as well', async () => {
  const { clock, hq, laptop, other, shared, state, anotherState, agree } = await beforeStates();
  await rename(laptop, shared, 'genuine');
  await send(clock, laptop, hq);
  await send(clock, hq, other);
  await rename(other, shared, 'by the other');
  await state(() => rename(laptop, shared, 'genuine too'));
  expect((await send(clock, hq, other)).bases).toHaveLength(1);
  expect(namesOf(other, shared)).toEqual(['by the other', 'genuine too']);
  await anotherState(async () => {
    await rename(laptop, shared, 'again');
    await create(laptop, 'of the second');
  });
  await agree(other);
  expect(namesOf(hq, shared)).toEqual(['again', 'by the other']);
});

test('a third state is looked at as the second was', async () => {
  const { clock, hq, laptop, shared, state, anotherState, agree } = await beforeStates();
  await state(async () => {
    await rename(laptop, shared, 'genuine');
    await create(laptop, 'of the first');
  });
  const newcomer = await newcomerAt(clock, hq, 'zz');
  await rename(newcomer, shared, 'by the newcomer');
  await anotherState(async () => {
    for (const name of ['second', 'second too']) await rename(laptop, shared, name);
    await create(laptop, 'of the second');
  }, 2);
  await agree(newcomer);
  await anotherState(async () => {
    await rename(laptop, shared, 'again');
    for (const name of ['of the third', 'more of it']) await create(laptop, name);
  }, 3);
  await agree(newcomer);
  expect(namesOf(hq, shared)).toEqual(['again', 'by the newcomer']);
});

test('and what the device wrote is still meant when its own branch gives way with the state', async () => {
  const { clock, hq, laptop, shared, state, anotherState } = await beforeStates();
  await state(async () => {
    await rename(laptop, shared, 'genuine');
    await create(laptop, 'of the first');
  });
  const other = await newcomerAt(clock, hq, 'zz');
  const twin = await createMachine('twin', clock, await copyDisk(other.db), other.exported);
  await rename(other, shared, 'by the other');
  await anotherState(async () => {
    await rename(laptop, shared, 'again');
    await create(laptop, 'of the second');
  });
  await enrol(hq, twin);
  await create(twin, 'by the twin');
  for (const each of [twin, other]) await send(clock, each, hq);
  for (let i = 0; i < 5; i++) {
    await send(clock, hq, other);
    await send(clock, other, hq);
    await backAndForth(clock, laptop, hq, 1);
  }
  expect(namesOf(other, shared)).toEqual(['again', 'by the other']);
  expect(namesOf(hq, shared)).toEqual(['again', 'by the other']);
});

test('a state is known from another one although headquarters has the archive of both', async () => {
  const { clock, hq, laptop, other, shared, state, anotherState } = await beforeStates();
  await state(async () => {
    await rename(laptop, shared, 'genuine');
    for (const name of ['of the first', 'x', 'y', 'z']) await create(laptop, name);
    for (const name of ['x', 'y', 'z']) await create(hq, name);
  });
  const newcomer = await newcomerAt(clock, hq, 'zz');
  await backAndForth(clock, newcomer, hq, 1);
  await anotherState(async () => {
    await rename(laptop, shared, 'again');
    await create(laptop, 'of the second');
  });
  for (let i = 0; i < 2; i++) await backAndForth(clock, other, hq, 1);
  await rename(other, shared, 'by who had seen it');
  await send(clock, other, hq);
  // Headquarters takes the first state back, which says more.
  await enrol(hq, newcomer);
  for (let i = 0; i < 6; i++) {
    for (const each of [newcomer, other, laptop]) await backAndForth(clock, each, hq, 1);
  }
  for (const each of [newcomer, other, laptop]) expect(viewOf(each)).toBe(viewOf(hq));
  const held = [hq, other].flatMap(({ vault }) => vault.exchange.waiting());
  expect(namesAt(hq)).toContain('of the first');
  expect(namesAt(hq)).not.toContain(undefined);
  expect(namesAt(hq).includes('of the second') || held.length > 0).toBe(true);
  expect(namesOf(hq, shared)).toContain('by who had seen it');
});
