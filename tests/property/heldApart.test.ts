/**
 * What anybody can have made up is held apart from what an author signed: it is let in by no answer about
 * that, hides nothing of it, and tells no story about it.
 */
import { expect, test } from 'vitest';
import { applyPackage } from '../../renderer/exchange/importFile';
import { applyMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { acceptHeld } from '../../renderer/exchange/reconsider';
import { anchorsOf, heldGroups } from '../../renderer/places/exchange/attention/heldGroups';
import { heldCounts } from '../../renderer/places/exchange/importing/heldCounts';
import { withoutSignature } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { seen } from '../../shared/log/vector';
import { ok } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { forgedAt, unsigned } from '../hostile/unsigned';
import {
  anotherLaptop,
  backAndForth,
  create,
  nameAt,
  namesAt,
  pair,
  send,
} from '../simulator/errands';
import { cards, firstCard, ownSegments } from '../simulator/held';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  readFile,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { grantFor } from '../simulator/organisation';

/** So many changes, each in a segment of its own: the last ones. */
async function segmentsOf(machine: Machine, count: number): Promise<readonly Segment[]> {
  for (let i = 0; i < count; i++) {
    await create(machine, `change ${i}`);
    must(await machine.vault.exchange.seal());
  }
  return (await ownSegments(machine)).slice(-count);
}

/** A laptop, what headquarters has of it, and a file of it to make others from. */
async function laptopWith(count: number) {
  const { clock, hq, laptop } = await pair();
  const replica = replicaOf(laptop);
  const had = seen(hq.vault.projection.have(), replica);
  const good = must(await writeFile(laptop, peerAt(laptop, hq), { content: 'snapshot' }));
  const segments = await segmentsOf(laptop, count);
  return { clock, hq, laptop, replica, had, good, segments };
}

async function expire(clock: WorldClock, hq: Machine, laptop: Machine): Promise<void> {
  const expired = grantFor(laptop, { until: clock.now - 1 });
  must(await hq.vault.trust.regrant(deviceOf(replicaOf(laptop)), expired));
}

test.each([
  { what: 'a second version', of: 'contradicts', overlaps: true },
  { what: 'what comes next', of: 'unsigned', overlaps: false },
])(
  'a gap is named although somebody made up $what, and takes what is genuine along',
  async ({ of, overlaps }) => {
    const { clock, hq, replica, had, good, segments } = await laptopWith(3);
    const tip = (await hq.vault.exchange.here()).tips[replica];
    const forged = overlaps
      ? await forgedAt(clock, replica, had, undefined, 2)
      : await forgedAt(clock, replica, had + 1, tip?.sha256);
    must(await takeIn(hq, unsigned(good, [forged])));
    const { plan } = must(await takeIn(hq, unsigned(good, segments.slice(-1))));
    const reason = overlaps ? 'forked' : 'unsigned';
    expect(cards(hq)).toEqual([[of, [`${forged.from}-${forged.to} ${reason}`]]]);
    expect(plan.gaps.map(({ from, to }) => [from, to])).toEqual([[had + 1, had + 2]]);
    must(await takeIn(hq, unsigned(good, segments)));
    expect(namesAt(hq)).toEqual(expect.arrayContaining(['change 0', 'change 1', 'change 2']));
  },
);

test('accepting what a laptop signed lets in nothing that nobody signed', async () => {
  const { clock, hq, laptop } = await pair();
  await expire(clock, hq, laptop);
  const genuine = await create(laptop, 'genuine');
  await send(clock, laptop, hq);
  const good = must(await writeFile(laptop, peerAt(laptop, hq), { content: 'snapshot' }));
  const replica = replicaOf(laptop);
  const tip = (await laptop.vault.exchange.here()).tips[replica];
  const forged = await forgedAt(clock, replica, (tip?.to ?? 0) + 1, tip?.sha256);
  must(await takeIn(hq, unsigned(good, [forged])));
  expect(cards(hq).map(([story]) => story)).toEqual(['expired', 'unsigned']);
  must(await acceptHeld(hq.vault, anchorsOf(firstCard(hq))));
  expect(nameAt(hq, genuine)).toBe('genuine');
  expect(namesAt(hq)).not.toContain('forged');
  // Nor has its author to take another name.
  must(await hq.vault.trust.regrant(deviceOf(replica), grantFor(laptop, { until: null })));
  const next = await create(laptop, 'next');
  await backAndForth(clock, laptop, hq, 3);
  expect([nameAt(hq, next), replicaOf(laptop)]).toEqual(['next', replica]);
});

test('what waits behind a signed second version is written again with it', async () => {
  const { clock, hq, laptop } = await pair();
  const replica = replicaOf(laptop);
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  await create(laptop, 'of the laptop');
  await send(clock, laptop, hq);
  await create(twin, 'one of the twin');
  must(await twin.vault.exchange.seal());
  await create(twin, 'two of the twin');
  const good = must(await writeFile(twin, peerAt(twin, hq)));
  must(await takeIn(hq, good));
  const tip = (await hq.vault.exchange.here()).tips[replica];
  const forged = await forgedAt(clock, replica, (tip?.to ?? 0) + 1, tip?.sha256);
  must(await takeIn(hq, unsigned(good, [forged])));
  expect(cards(hq).map(([story]) => story)).toEqual(['unsigned', 'forked']);
  const second = heldGroups(hq.vault.exchange.waiting()).find(({ reason }) => reason === 'forked');
  const hashes = second?.items.map(({ segment }) => segment.sha256) ?? [];
  must(await hq.vault.exchange.rescue(hashes));
  expect(namesAt(hq)).toEqual(expect.arrayContaining(['one of the twin', 'two of the twin']));
});

test.each([0, 3, 6])(
  'an answer given while a file is applied names no other branch, %i steps later',
  async (steps) => {
    const { clock, hq, laptop } = await pair();
    const other = await anotherLaptop(clock, hq, 'bb');
    const replica = replicaOf(laptop);
    const good = must(await writeFile(laptop, peerAt(laptop, hq), { content: 'snapshot' }));
    const before = (await hq.vault.exchange.here()).tips[replica];
    const id = await create(laptop, 'of the laptop');
    const ready = must(await readFile(hq, must(await writeFile(laptop, peerAt(laptop, hq)))));
    const forged = await forgedAt(clock, replica, (before?.to ?? 0) + 1, before?.sha256);
    must(await takeIn(hq, unsigned(good, [forged])));
    const anchors = anchorsOf(firstCard(hq));
    const applying = applyPackage(hq.vault, ready);
    for (let i = 0; i < steps; i++) await Promise.resolve();
    const [answered] = await Promise.all([acceptHeld(hq.vault, anchors), applying]);
    expect(answered).toMatchObject({ refusal: { code: 'exchange.contradicts' } });
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 2);
    expect([nameAt(other, id), replicaOf(laptop)]).toEqual(['of the laptop', replica]);
  },
);

test('accepting less than was accepted before takes nothing back, and says what is missing', async () => {
  const { clock, hq, laptop, replica, good, segments } = await laptopWith(2);
  await expire(clock, hq, laptop);
  const [one, two] = segments;
  if (!one || !two) throw new Error('two segments');
  must(await hq.vault.trust.accept({ [replica]: { to: two.to, sha256: two.sha256 } }));
  must(await takeIn(hq, unsigned(good, [one])));
  expect(await acceptHeld(hq.vault, anchorsOf(firstCard(hq)))).toMatchObject({
    refusal: { code: 'exchange.acceptedFurther' },
  });
  const accepted = hq.vault.trust.roster()?.accepted[replica];
  expect(accepted).toEqual({ to: two.to, sha256: two.sha256 });
  must(await takeIn(hq, unsigned(good, [two])));
  expect(namesAt(hq)).toEqual(expect.arrayContaining(['change 0', 'change 1']));
});

test('what follows what is here is applied although an accepted segment further on waits', async () => {
  const { hq, replica, had, good, segments } = await laptopWith(3);
  const [one, , three] = segments;
  if (!one || !three) throw new Error('three segments');
  must(await hq.vault.trust.accept({ [replica]: { to: three.to, sha256: three.sha256 } }));
  must(await takeIn(hq, unsigned(good, [three])));
  const { plan } = must(await takeIn(hq, unsigned(good, [one])));
  expect(plan.gaps.map(({ from, to }) => [from, to])).toEqual([[had + 2, had + 2]]);
  expect(namesAt(hq)).toContain('change 0');
});

test('the same bytes without their signature do not make unsigned what is held', async () => {
  const { hq, good, segments } = await laptopWith(2);
  const [one, two] = segments;
  if (!one || !two) throw new Error('two segments');
  must(await takeIn(hq, unsigned(good, [two])));
  // Brings what was missing, and again what is held.
  must(await takeIn(hq, unsigned(good, [one, withoutSignature(two)])));
  expect(cards(hq)).toEqual([]);
  expect(namesAt(hq)).toContain('change 1');
});

test('the report of a file tells what that file brings', async () => {
  const { clock, hq, laptop } = await pair();
  const replica = replicaOf(laptop);
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  await create(laptop, 'of the laptop');
  await send(clock, laptop, hq);
  await create(twin, 'of the twin');
  const good = must(await writeFile(twin, peerAt(twin, hq)));
  must(await takeIn(hq, good));
  const ready = must(await takeIn(hq, unsigned(good, [await forgedAt(clock, replica, 1)])));
  expect(heldCounts(ready)).toEqual([{ replica, reason: 'contradicts', changes: 1 }]);
});

test.each([0, 2, 5])(
  'an answer about what comes in meanwhile, signed, is no refusal, %i steps later',
  async (steps) => {
    const { hq, laptop } = await pair();
    await create(laptop, 'work');
    const good = must(await writeFile(laptop, peerAt(laptop, hq)));
    const ready = must(await readFile(hq, good));
    const bare = (await ownSegments(laptop)).slice(-1).map(withoutSignature);
    must(await takeIn(hq, unsigned(good, bare)));
    const anchors = anchorsOf(firstCard(hq));
    const applying = applyPackage(hq.vault, ready);
    for (let i = 0; i < steps; i++) await Promise.resolve();
    const [answered] = await Promise.all([acceptHeld(hq.vault, anchors), applying]);
    expect(answered).toMatchObject({ ok: true });
    expect(namesAt(hq)).toContain('work');
  },
);

test('of many files one without signatures does not make unsigned what its author signed', async () => {
  const { hq, good, segments } = await laptopWith(2);
  const [one, two] = segments;
  if (!one || !two) throw new Error('two segments');
  must(await takeIn(hq, unsigned(good, [two])));
  const files = [unsigned(good, [one]), unsigned(good, [withoutSignature(two)])].map((file, i) => ({
    name: `${i}.holdfast`,
    read: ok(file),
  }));
  const read = await readMany(hq.vault, { files, passphrase: '', engine: hq.engine });
  await applyMany(hq.vault, read);
  expect(cards(hq)).toEqual([]);
  expect(namesAt(hq)).toContain('change 1');
});
