/** Disks that were put back or copied, at headquarters and beside a compaction. */
import { expect, test } from 'vitest';
import { revokeDevice } from '../../renderer/exchange/enrol';
import { deviceOf } from '../../shared/trust/device';
import { isActive } from '../../shared/trust/roster';
import {
  copyDisk,
  createMachine,
  must,
  putBack,
  replicaOf,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { create, send } from '../simulator/errands';
import { enrol, found, grantFor, setUp } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';
import { seedPlatform } from '../simulator/seededRandom';

interface Fleet {
  readonly clock: WorldClock;
  readonly hq: Machine;
  readonly a: Machine;
  readonly b: Machine;
}

async function fleet(): Promise<Fleet> {
  seedPlatform(1);
  const clock = { now: Date.UTC(2026, 10, 23) };
  const [hq, a, b] = [
    await createMachine('hq', clock),
    await createMachine('aa', clock),
    await createMachine('bb', clock),
  ];
  await setUp(hq, 'hq');
  await found(hq);
  for (const site of [a, b]) {
    await setUp(site, 'site');
    await enrol(hq, site);
  }
  for (const site of [a, b, a]) {
    await send(clock, site, hq);
    await send(clock, hq, site);
  }
  return { clock, hq, a, b };
}

const deviceAt = (machine: Machine): string => deviceOf(replicaOf(machine));
const rosterAt = ({ vault }: Machine) => JSON.stringify(vault.trust.roster());

test('headquarters that was put back learns its own later roster from any laptop', async () => {
  const { clock, hq, a, b } = await fleet();
  const disk = await copyDisk(hq.db);
  must(await revokeDevice(hq.vault, { device: deviceAt(b), reason: 'stolen', last: {} }));
  await send(clock, hq, a);
  await putBack(hq, disk);
  expect(isActive(hq.vault.trust.roster(), deviceAt(b))).toBe(true);
  await send(clock, a, hq);
  expect(rosterAt(hq)).toBe(rosterAt(a));
  expect(isActive(hq.vault.trust.roster(), deviceAt(b))).toBe(false);
});

test('what it signed before it had heard of that is merged, signed anew, and the same with all', async () => {
  const { clock, hq, a, b } = await fleet();
  const disk = await copyDisk(hq.db);
  must(await hq.vault.trust.regrant(deviceAt(a), grantFor(a, { kinds: ['ci', 'site'] })));
  must(await revokeDevice(hq.vault, { device: deviceAt(b), reason: 'stolen', last: {} }));
  await send(clock, hq, a);
  await putBack(hq, disk);
  const c = await createMachine('cc', clock);
  await setUp(c, 'site');
  must(await hq.vault.trust.regrant(deviceAt(a), grantFor(a, { kinds: ['ci'] })));
  await enrol(hq, c);
  expect(hq.vault.trust.roster()?.version).toBe(a.vault.trust.roster()?.version);
  await send(clock, a, hq);
  for (const site of [a, c]) await send(clock, hq, site);
  const roster = hq.vault.trust.roster();
  expect(isActive(roster, deviceAt(b))).toBe(false);
  expect(isActive(roster, deviceAt(c))).toBe(true);
  expect(new Set([hq, a, c].map(rosterAt)).size).toBe(1);
  expect(hq.vault.trust.signedRoster()?.text).toBe(rosterAt(hq));
});

test('a laptop that was put back is believed although its clock runs back too', async () => {
  const { clock, hq, a } = await fleet();
  await send(clock, a, hq);
  await send(clock, hq, a);
  const disk = await copyDisk(a.db);
  await create(hq, 'came and went');
  for (const _ of [1, 2]) {
    await send(clock, hq, a);
    await send(clock, a, hq);
  }
  await putBack(a, disk);
  a.skew = -365 * 86_400_000;
  await send(clock, a, hq);
  await send(clock, hq, a);
  expect(viewOf(a)).toBe(viewOf(hq));
});

test('the shorter branch of a copied device gives way above a base', async () => {
  const { clock, hq, a, b } = await fleet();
  const twin = await createMachine('twin', clock, await copyDisk(b.db), b.exported);
  for (const site of [a, b, twin]) {
    await send(clock, site, hq);
    await send(clock, hq, site);
  }
  must(await hq.vault.compaction.run());
  expect(hq.vault.compaction.now()?.changes).toBeGreaterThan(0);
  await create(twin, 'of the copy');
  await create(b, 'first of two');
  await create(b, 'second of two');
  for (let i = 0; i < 4; i++) {
    for (const site of [a, b, twin]) {
      await send(clock, site, hq);
      await send(clock, hq, site);
    }
  }
  for (const site of [a, b, twin]) expect(viewOf(site)).toBe(viewOf(hq));
  const names = [...hq.vault.projection.all()].map(({ values }) => values.name);
  for (const name of ['of the copy', 'first of two', 'second of two']) {
    expect(names).toContain(name);
  }
});

test.each([1, 2, 3])(
  'a branch of a copied device that ends below a base gives way to it: %i',
  async (n) => {
    const { clock, hq, a, b } = await fleet();
    const twin = await createMachine('twin', clock, await copyDisk(b.db), b.exported);
    await create(b, 'first of two');
    await create(b, 'second of two');
    for (let i = 0; i < 2; i++) {
      for (const site of [b, a]) {
        await send(clock, site, hq);
        await send(clock, hq, site);
      }
    }
    must(await hq.vault.compaction.run());
    const before = b.vault.projection.have()[replicaOf(b)] ?? 0;
    expect((await hq.vault.exchange.here()).compacted[replicaOf(b)]).toBe(before);
    for (let i = 0; i < n; i++) await create(twin, `of the copy ${i}`);
    for (let i = 0; i < 4; i++) {
      for (const site of [a, b, twin]) {
        await send(clock, site, hq);
        await send(clock, hq, site);
      }
    }
    for (const site of [a, b, twin]) expect(viewOf(site)).toBe(viewOf(hq));
    const names = [...hq.vault.projection.all()].map(({ values }) => values.name);
    for (const name of ['of the copy 0', 'first of two', 'second of two']) {
      expect(names).toContain(name);
    }
  },
);
