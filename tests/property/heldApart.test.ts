/**
 * What anybody can have made up is held apart from what an author signed: it is let in by no answer about
 * that, hides nothing of it, and tells no story about it.
 */
import { expect, test } from 'vitest';
import { applyPackage } from '../../renderer/exchange/importFile';
import { acceptHeld, reconsider } from '../../renderer/exchange/reconsider';
import {
  anchorsOf,
  heldGroups,
  storyOf,
  type HeldGroup,
} from '../../renderer/places/exchange/attention/heldGroups';
import { heldCounts } from '../../renderer/places/exchange/importing/heldCounts';
import { withoutSignature } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { seen } from '../../shared/log/vector';
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
import { enrol, grantFor, setUp } from '../simulator/organisation';

/** What headquarters is told of what is held, card by card. */
const cards = (hq: Machine) =>
  heldGroups(hq.vault.exchange.waiting()).map(({ items }) => [
    storyOf(items, hq.vault.trust.roster()),
    items.map(({ segment: { from, to }, reason }) => `${from}-${to} ${reason}`),
  ]);

const firstCard = ({ vault }: Machine): HeldGroup => {
  const [group] = heldGroups(vault.exchange.waiting());
  if (!group) throw new Error('nothing is held');
  return group;
};

const ownSegments = async (machine: Machine): Promise<readonly Segment[]> =>
  (await machine.vault.exchange.segmentsSince({})).filter(
    ({ replica }) => replica === replicaOf(machine),
  );

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

const falsely = (each: Segment): Segment => {
  const { sig = '' } = each;
  return { ...each, sig: (sig.startsWith('A') ? 'B' : 'A') + sig.slice(1) };
};

/** A laptop that is not enrolled yet, its file, and the same with signatures that are false. */
async function notEnrolled(clock: WorldClock) {
  const late = await createMachine('late', clock);
  await setUp(late, 'site');
  await create(late, 'from before');
  const good = must(await writeFile(late, undefined, { content: 'snapshot' }));
  const own = await ownSegments(late);
  return { late, good, own, bad: unsigned(good, own.map(falsely)) };
}

/** What can be answered to each card. */
async function decideAll(hq: Machine): Promise<readonly string[]> {
  const out: string[] = [];
  for (const group of heldGroups(hq.vault.exchange.waiting())) {
    const hashes = group.items.map(({ segment }) => segment.sha256);
    const done =
      group.reason === 'forked'
        ? await hq.vault.exchange.rescue(hashes)
        : await acceptHeld(hq.vault, anchorsOf(group));
    out.push(done.ok ? group.reason : done.refusal.code);
  }
  return out;
}

test('a false signature from before the enrolment does not stay in the way', async () => {
  const { clock, hq } = await pair();
  const { late, bad } = await notEnrolled(clock);
  must(await takeIn(hq, bad));
  await enrol(hq, late);
  await backAndForth(clock, late, hq, 2);
  expect(namesAt(hq)).toContain('from before');
  expect(cards(hq)).toEqual([]);
});

test.each([['good', 'bad'] as const, ['bad', 'good'] as const])(
  'accepted before the enrolment, it is no part of what headquarters sends: %s, then %s',
  async (first, second) => {
    const { clock, hq, laptop } = await pair();
    const made = await notEnrolled(clock);
    for (const which of [first, second]) must(await takeIn(hq, made[which]));
    expect(await decideAll(hq)).toEqual(['unknown']);
    await enrol(hq, made.late);
    const id = await create(hq, 'news');
    await send(clock, hq, laptop);
    expect(nameAt(laptop, id)).toBe('news');
    expect(namesAt(laptop)).toContain('from before');
    await backAndForth(clock, made.late, hq, 2);
    expect(nameAt(made.late, id)).toBe('news');
  },
);

test.each([['good', 'bad'] as const, ['bad', 'good'] as const])(
  'nor does it take the answer away that is given after the enrolment: %s, then %s',
  async (first, second) => {
    const { clock, hq } = await pair();
    const made = await notEnrolled(clock);
    for (const which of [first, second]) must(await takeIn(hq, made[which]));
    await enrol(hq, made.late);
    must(await reconsider(hq.vault));
    await decideAll(hq);
    expect(namesAt(hq)).toContain('from before');
    expect(cards(hq)).toEqual([]);
  },
);

test('what came without a signature can be accepted although a false one is held', async () => {
  const { clock, hq } = await pair();
  const { late, good, own, bad } = await notEnrolled(clock);
  must(await takeIn(hq, bad));
  await enrol(hq, late);
  must(await reconsider(hq.vault));
  must(await takeIn(hq, unsigned(good, own.map(withoutSignature))));
  expect(await decideAll(hq)).toEqual(['unsigned']);
  expect(namesAt(hq)).toContain('from before');
});

/** A device without keys, and copies of its disk. */
async function copiesOf(clock: WorldClock, names: readonly string[]): Promise<readonly Machine[]> {
  const old = await createMachine('old', clock);
  await setUp(old, 'site');
  await create(old, 'shared');
  must(await old.vault.exchange.seal());
  const copies = [];
  for (const name of names) {
    copies.push(await createMachine(name, clock, await copyDisk(old.db), old.exported));
  }
  const all = [old, ...copies];
  for (const [i, machine] of all.entries()) {
    for (let n = 0; n < i + 2; n++) await create(machine, `${machine.name} ${n}`);
  }
  return all;
}

const bringAll = async (from: Machine, to: Machine): Promise<Uint8Array> => {
  const file = must(await writeFile(from, undefined, { content: 'snapshot' }));
  must(await takeIn(to, file));
  return file;
};

test('of three machines with one disk and no keys, everything can be let in', async () => {
  const { clock, hq } = await pair();
  const [old, two, three] = await copiesOf(clock, ['two', 'three']);
  if (!old || !two || !three) throw new Error('three machines');
  await bringAll(old, hq);
  expect(await decideAll(hq)).toEqual(['unknown']);
  await bringAll(two, hq);
  await bringAll(three, hq);
  expect(await decideAll(hq)).toEqual(['forked']);
  expect(namesAt(hq)).toEqual(expect.arrayContaining(['old 1', 'two 2', 'three 3']));
});

test('a second version is told as one although somebody made up another', async () => {
  const { clock, hq } = await pair();
  const [old, two] = await copiesOf(clock, ['two']);
  if (!old || !two) throw new Error('two machines');
  const good = await bringAll(old, hq);
  expect(await decideAll(hq)).toEqual(['unknown']);
  const forged = await forgedAt(clock, replicaOf(old), 2, undefined, 30);
  must(await takeIn(hq, unsigned(good, [forged])));
  await bringAll(two, hq);
  // Each in a card of its own: what was made up carries no signature.
  expect(await decideAll(hq)).toEqual(['forked', 'forked']);
  expect(namesAt(hq)).toContain('two 2');
});

test.each([0, 5])(
  'who names what is held as what comes before, %i ahead, is let in with it by no answer',
  async (ahead) => {
    const { clock, hq } = await pair();
    const { late, good, own } = await notEnrolled(clock);
    must(await takeIn(hq, good));
    const last = own.at(-1);
    if (!last) throw new Error('a segment');
    const forged = await forgedAt(clock, replicaOf(late), last.to + 1 + ahead, last.sha256);
    must(await takeIn(hq, unsigned(good, [forged])));
    must(await acceptHeld(hq.vault, anchorsOf(firstCard(hq))));
    expect(namesAt(hq)).toContain('from before');
    expect(namesAt(hq)).not.toContain('forged');
  },
);

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
