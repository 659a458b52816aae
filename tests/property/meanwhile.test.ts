/** What happens between reading a file and applying it. */
import { expect, test } from 'vitest';
import { applyPackage } from '../../renderer/exchange/importFile';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  readFile,
  restart,
  writeFile,
  type Machine,
} from '../simulator/machine';
import { create, send } from '../simulator/errands';
import { enrol, found, setUp } from '../simulator/organisation';
import { seedPlatform } from '../simulator/seededRandom';

async function fleet() {
  seedPlatform(1);
  const clock = { now: Date.UTC(2026, 10, 23) };
  const hq = await createMachine('hq', clock);
  const [a, b] = [await createMachine('aa', clock), await createMachine('bb', clock)];
  await setUp(hq, 'hq');
  await found(hq);
  for (const site of [a, b]) {
    await setUp(site, 'site');
    await enrol(hq, site);
  }
  for (const site of [a, b, a, b]) {
    await send(clock, site, hq);
    await send(clock, hq, site);
  }
  return { clock, hq, a, b };
}

const name = async ({ vault }: Machine, id: string, text: string): Promise<void> =>
  void must(await vault.commit([{ do: 'set', id, fields: { name: text } }]));

test('a compaction: what was worked out before it is worked out anew', async () => {
  const { clock, hq, a, b } = await fleet();
  const id = await create(hq, 'x');
  for (let i = 0; i < 6; i++) await name(hq, id, `x${i}`);
  for (const site of [a, b, a, b]) {
    await send(clock, hq, site);
    await send(clock, site, hq);
  }
  await name(a, id, 'from the site');
  const ready = must(await readFile(hq, must(await writeFile(a, peerAt(a, hq)))));
  expect(ready.plan.foreseen).toBeDefined();
  expect(must(await hq.vault.compaction.run()).changes).toBeGreaterThan(0);
  must(await applyPackage(hq.vault, ready));
  const shown = hq.vault.projection.get(id)?.dots;
  await restart(hq);
  expect(hq.vault.projection.get(id)?.dots).toEqual(shown);
  // Who created it, the last before the site's, and the site's.
  expect(shown).toHaveLength(3);
});

test('a decision about what is held', async () => {
  const { clock, hq, a, b } = await fleet();
  const twin = await createMachine('twin', clock, await copyDisk(a.db), new Map());
  await create(a, 'of one machine');
  await create(twin, 'of the other');
  for (const machine of [a, twin]) await send(clock, machine, hq);
  const held = hq.vault.exchange.waiting();
  expect(held).toHaveLength(1);
  await create(b, 'of somebody else');
  const ready = must(await readFile(hq, must(await writeFile(b, peerAt(b, hq)))));
  const applying = applyPackage(hq.vault, ready);
  const deciding = hq.vault.exchange.keepOut([held[0]?.segment.sha256 ?? ''], true);
  must(await applying);
  must(await deciding);
  expect(hq.vault.exchange.waiting().map(({ keptOut }) => keptOut !== undefined)).toEqual([true]);
});
