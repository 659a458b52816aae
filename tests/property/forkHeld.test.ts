/** A second branch that only one laptop has seen: held there, and no reason to send anything again. */
import { expect, test } from 'vitest';
import { regrantDevice } from '../../renderer/exchange/enrol';
import { engine } from '../../renderer/exchange/engine';
import { deviceOf } from '../../shared/trust/device';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  correct,
  create,
  namesAt,
  newcomerAt,
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
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { enrol, grantFor, setUp } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';
import { earlierEngine } from '../simulator/releases';

const twinOf = async (clock: WorldClock, laptop: Machine): Promise<Machine> =>
  createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);

/** What the files of one laptop bring to headquarters while another one goes on writing. */
async function broughtBy(
  clock: WorldClock,
  [from, author, hq]: readonly [Machine, Machine, Machine],
): Promise<readonly number[]> {
  const out: number[] = [];
  for (let i = 0; i < 4; i++) {
    await create(author, `more ${i}`);
    await backAndForth(clock, author, hq, 1);
    const { manifest } = await send(clock, from, hq);
    out.push(manifest.bases.length + manifest.segments.length);
    await send(clock, hq, from);
  }
  return out;
}

test.each([false, true])(
  'what a laptop holds of a copy makes its files no larger: from a state %s',
  async (based) => {
    const { clock, hq, laptop } = await pair();
    for (let i = 0; i < 3; i++) await create(laptop, `old ${i}`);
    await backAndForth(clock, laptop, hq, 2);
    if (based) await compacted(clock, hq, laptop);
    const other = based ? await newcomerAt(clock, hq, 'bb') : await anotherLaptop(clock, hq, 'bb');
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 2);
    const twin = await twinOf(clock, laptop);
    await create(laptop, 'genuine');
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
    await create(twin, 'by the copy');
    await send(clock, twin, other, true);
    expect(other.vault.exchange.waiting().map(({ reason }) => reason)).toEqual(['forked']);
    expect(await broughtBy(clock, [other, laptop, hq])).toEqual([0, 0, 0, 0]);
  },
);

test('nor does what the copy writes after headquarters has decided', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const twin = await twinOf(clock, laptop);
  await create(laptop, 'genuine');
  await send(clock, laptop, hq);
  await create(twin, 'by the copy');
  await send(clock, twin, other, true);
  await send(clock, twin, hq);
  await create(twin, 'by the copy, later');
  const late = must(await writeFile(twin, peerAt(twin, other)));
  for (let i = 0; i < 3; i++) {
    for (const each of [other, laptop]) await backAndForth(clock, each, hq, 1);
  }
  must(await takeIn(other, late));
  await backAndForth(clock, other, hq, 1);
  expect(await broughtBy(clock, [other, laptop, hq])).toEqual([0, 0, 0, 0]);
});

test('a peer that does not compare receipts is sent the branch here again, and not for ever', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const twin = await twinOf(clock, laptop);
  await create(laptop, 'genuine');
  for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  await create(twin, 'by the copy');
  await send(clock, twin, other, true);
  hq.engine = earlierEngine;
  await send(clock, hq, other);
  const brought = [];
  for (let i = 0; i < 2; i++) brought.push(...(await broughtBy(clock, [other, laptop, hq])));
  expect(brought[0]).toBeGreaterThan(0);
  expect(brought.slice(-3)).toEqual([0, 0, 0]);
});

test('an old file of a release that did not compare receipts comes late: its sender does by now', async () => {
  const { clock, hq, laptop } = await pair();
  hq.engine = earlierEngine;
  const late = must(await writeFile(hq, peerAt(hq, laptop)));
  await send(clock, hq, laptop);
  expect(peerAt(laptop, hq)?.tellsBranches).toBe(false);
  hq.engine = engine;
  await send(clock, hq, laptop);
  must(await takeIn(laptop, late));
  expect(peerAt(laptop, hq)?.tellsBranches).toBe(true);
});

test.each([0, 1])(
  'what headquarters writes after it packed the same anew reaches a laptop that went on from the state: %i of its own',
  async (own) => {
    const { clock, hq, laptop, shared } = await pair();
    await create(hq, 'not sealed when the backup was made');
    await correct(hq, shared, 2);
    const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
    await compacted(clock, hq, laptop);
    await create(hq, 'above the state');
    const newcomer = await newcomerAt(clock, hq, 'zz');
    await backAndForth(clock, laptop, hq, 1);
    for (let i = 0; i < own; i++) await create(newcomer, 'by the newcomer');
    await putBackWhole(hq, disk, marks);
    await sealOtherwise(hq);
    await create(hq, 'after');
    for (let i = 0; i < 6; i++) {
      for (const each of [laptop, newcomer]) await backAndForth(clock, each, hq, 1);
    }
    for (const each of [laptop, newcomer]) {
      expect(namesAt(each)).toContain('after');
      expect(viewOf(each)).toBe(viewOf(hq));
      const { manifest } = await send(clock, each, hq);
      expect([manifest.bases, manifest.segments]).toEqual([[], []]);
    }
  },
);

const diskOf = async (machine: Machine) => ({
  machine,
  disk: await copyDisk(machine.db),
  marks: new Map(machine.exported),
});

/** Headquarters vouches twice for a state that ends with the same number, put back with the author meanwhile. */
async function twoStates(services: readonly string[] = []) {
  const { clock, hq, laptop } = await pair();
  const disks = await Promise.all([hq, laptop].map(diskOf));
  for (const name of ['genuine 1', 'genuine 2']) await create(laptop, name);
  for (const name of services) {
    const id = laptop.vault.newId();
    must(await laptop.vault.commit([{ do: 'create', kind: 'service', id, fields: { name } }]));
  }
  await compacted(clock, hq, laptop);
  const newcomer = await newcomerAt(clock, hq, 'zz');
  for (const { machine, disk, marks } of disks) await putBackWhole(machine, disk, marks);
  for (const name of ['again 1', 'again 2', ...services]) await create(laptop, name);
  await backAndForth(clock, laptop, hq, 2);
  must(await regrantDevice(hq.vault, deviceOf(replicaOf(laptop)), grantFor(laptop)));
  await compacted(clock, hq, laptop);
  return { clock, hq, laptop, newcomer };
}

/** What a device holds of state that gave way. */
const heldAt = ({ vault }: Machine): readonly string[] =>
  vault.exchange
    .waiting()
    .filter(({ state }) => state)
    .map(({ segment }) => segment.sha256);

test.each([0, 1])(
  'of two states that end with one number the later stays, and what only the other showed is held: %i above',
  async (above) => {
    const { clock, hq, laptop, newcomer } = await twoStates();
    for (let i = 0; i < above; i++) await create(laptop, 'above the state');
    await enrol(hq, newcomer);
    const round = async (): Promise<void> => {
      for (const each of [newcomer, laptop]) await backAndForth(clock, each, hq, 1);
    };
    for (let i = 0; i < 5; i++) await round();
    for (const each of [hq, newcomer, laptop]) {
      expect(namesAt(each)).toEqual(expect.arrayContaining(['again 1', 'again 2']));
      expect(viewOf(each)).toBe(viewOf(hq));
    }
    for (const each of [newcomer, laptop]) {
      const { manifest } = await send(clock, each, hq);
      expect([manifest.bases, manifest.segments]).toEqual([[], []]);
    }
    // Nobody else has it any more: a person decides to write it again.
    expect([heldAt(hq), heldAt(laptop)]).toEqual([[], []]);
    expect(must(await newcomer.vault.exchange.rescue(heldAt(newcomer)))).toBe(2);
    for (let i = 0; i < 2; i++) await round();
    for (const each of [hq, newcomer, laptop]) {
      expect(namesAt(each)).toEqual(expect.arrayContaining(['genuine 1', 'genuine 2']));
      expect(viewOf(each)).toBe(viewOf(hq));
    }
  },
);

test('what is held of a state stays, whatever becomes of what has taken its place', async () => {
  const { clock, hq, laptop } = await pair();
  const [disks, names] = [[hq, laptop].map(diskOf), ['genuine', 'again']];
  const shared = hq.vault.projection.records('ci')[0]?.id ?? '';
  const named = async ({ vault }: Machine, name: string) =>
    must(await vault.commit([{ do: 'set', id: shared, fields: { name } }]));
  const before = await Promise.all(disks);
  await named(laptop, names[0] ?? '');
  await compacted(clock, hq, laptop);
  const newcomer = await newcomerAt(clock, hq, 'zz');
  for (const { machine, disk, marks } of before) await putBackWhole(machine, disk, marks);
  await named(laptop, names[1] ?? '');
  await backAndForth(clock, laptop, hq, 2);
  must(await regrantDevice(hq.vault, deviceOf(replicaOf(laptop)), grantFor(laptop)));
  await compacted(clock, hq, laptop);
  await enrol(hq, newcomer);
  const rounds = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      for (const each of [newcomer, laptop]) await backAndForth(clock, each, hq, 1);
    }
  };
  await rounds(5);
  expect(heldAt(newcomer)).toHaveLength(1);
  await named(hq, 'later');
  await rounds(3);
  expect(heldAt(newcomer)).toHaveLength(1);
});

test('a laptop that may not write such records writes none of them again, and goes on', async () => {
  const { clock, hq, laptop, newcomer } = await twoStates();
  await enrol(hq, newcomer, { kinds: ['service'] });
  for (let i = 0; i < 5; i++) {
    for (const each of [newcomer, laptop]) await backAndForth(clock, each, hq, 1);
  }
  expect(await newcomer.vault.exchange.rescue(heldAt(newcomer))).toMatchObject({
    ok: false,
    refusal: { code: 'commit.notAllowed' },
  });
  expect(heldAt(newcomer)).toHaveLength(1);
  await backAndForth(clock, newcomer, hq, 1);
  expect(viewOf(newcomer)).toBe(viewOf(hq));
  expect(hq.vault.exchange.waiting()).toEqual([]);
});

test('one that may write a part of them writes that part again, once', async () => {
  const { clock, hq, laptop, newcomer } = await twoStates(['a service']);
  await enrol(hq, newcomer, { kinds: ['service'] });
  for (let i = 0; i < 5; i++) {
    for (const each of [newcomer, laptop]) await backAndForth(clock, each, hq, 1);
  }
  expect(must(await newcomer.vault.exchange.rescue(heldAt(newcomer)))).toBe(1);
  expect(await newcomer.vault.exchange.rescue(heldAt(newcomer))).toMatchObject({
    ok: false,
    refusal: { code: 'commit.notAllowed' },
  });
  await backAndForth(clock, newcomer, hq, 1);
  const services = hq.vault.projection.records('service').map(({ values }) => values.name);
  expect(services.filter((name) => name === 'a service')).toHaveLength(1);
  expect(viewOf(newcomer)).toBe(viewOf(hq));
});

test('so it is of a state that reaches further than the one of another branch', async () => {
  const { clock, hq, laptop, newcomer } = await twoStates();
  for (const name of ['more 1', 'more 2']) await create(laptop, name);
  await compacted(clock, hq, laptop);
  await enrol(hq, newcomer);
  for (let i = 0; i < 3; i++) {
    for (const each of [newcomer, laptop]) await backAndForth(clock, each, hq, 1);
  }
  for (const each of [hq, newcomer, laptop]) {
    expect(namesAt(each)).toEqual(expect.arrayContaining(['again 1', 'again 2', 'more 2']));
    expect(viewOf(each)).toBe(viewOf(hq));
  }
  expect(must(await newcomer.vault.exchange.rescue(heldAt(newcomer)))).toBe(2);
  expect(namesAt(newcomer)).toEqual(expect.arrayContaining(['genuine 1', 'genuine 2']));
});

test('what was packed anew reaches everybody by a second headquarters whose state hides an older decision', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  await create(laptop, 'decided about');
  await send(clock, laptop, hq);
  const { tips } = await hq.vault.exchange.here();
  const tip = tips[replicaOf(laptop)];
  if (!tip) throw new Error('no segment came');
  must(await hq.vault.trust.accept({ [replicaOf(laptop)]: tip }));
  for (let i = 0; i < 3; i++) {
    await create(laptop, `old ${i}`);
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 2);
  }
  await compacted(clock, hq, laptop);
  const second = await createMachine('h2', clock);
  await setUp(second, 'hq');
  await enrol(hq, second, { role: 'hq' });
  for (const each of [other, laptop, hq]) await backAndForth(clock, each, second, 2);
  await create(laptop, 'packed twice');
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await send(clock, laptop, other);
  await putBackWhole(laptop, disk, marks);
  await sealOtherwise(laptop);
  await backAndForth(clock, laptop, second, 1);
  await create(laptop, 'goes on');
  await send(clock, laptop, second);
  for (let i = 0; i < 5; i++) {
    for (const each of [other, laptop]) await backAndForth(clock, each, second, 1);
  }
  expect(namesAt(other)).toContain('goes on');
});
