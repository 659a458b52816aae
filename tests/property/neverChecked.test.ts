/** Authors whose signatures nobody could check when their changes came: not enrolled yet, or without keys. */
import { expect, test } from 'vitest';
import { acceptHeld, reconsider } from '../../renderer/exchange/reconsider';
import { anchorsOf } from '../../renderer/places/exchange/attention/heldGroups';
import { withoutSignature } from '../../shared/exchange/openSegments';
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
import { bringAll, cards, decideAll, firstCard, notEnrolled, ownSegments } from '../simulator/held';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  putBack,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { enrol, setUp } from '../simulator/organisation';

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

test('who repeats what is held without its signature gets nothing in with it', async () => {
  const { clock, hq } = await pair();
  const { late, good, own } = await notEnrolled(clock);
  must(await takeIn(hq, good));
  const last = own.at(-1);
  if (!last) throw new Error('a segment');
  const forged = await forgedAt(clock, replicaOf(late), last.to + 1, last.sha256);
  must(await takeIn(hq, unsigned(good, [...own.map(withoutSignature), forged])));
  expect(cards(hq)).toHaveLength(2);
  must(await acceptHeld(hq.vault, anchorsOf(firstCard(hq))));
  expect(namesAt(hq)).toContain('from before');
  expect(namesAt(hq)).not.toContain('forged');
});

/** A second headquarters of the organisation. */
async function secondHeadquarters(clock: WorldClock, hq: Machine): Promise<Machine> {
  const two = await createMachine('two', clock);
  await setUp(two, 'site');
  await enrol(hq, two, { role: 'hq' });
  await backAndForth(clock, two, hq, 2);
  return two;
}

test('where the certificate comes by file, a signature that turns out false is none either', async () => {
  const { clock, hq } = await pair();
  const two = await secondHeadquarters(clock, hq);
  const { late, good, own } = await notEnrolled(clock);
  const last = own.at(-1);
  if (!last) throw new Error('a segment');
  const forged = await forgedAt(clock, replicaOf(late), last.to + 1, last.sha256);
  must(await takeIn(two, unsigned(good, [...own, { ...forged, sig: last.sig }])));
  await enrol(hq, late, { until: clock.now - 10 });
  await send(clock, hq, two);
  expect(cards(two).map(([story]) => story)).toEqual(['expired', 'unsigned']);
  must(await acceptHeld(two.vault, anchorsOf(firstCard(two))));
  expect(namesAt(two)).toContain('from before');
  expect(namesAt(two)).not.toContain('forged');
});

test('what was accepted reaches a new laptop before the segment that was accepted last', async () => {
  const { clock, hq } = await pair();
  const two = await secondHeadquarters(clock, hq);
  const { late, good } = await notEnrolled(clock);
  must(await takeIn(hq, good));
  await decideAll(hq);
  await enrol(hq, late, { until: clock.now + 600_000 });
  await backAndForth(clock, two, hq, 2);
  clock.now += 3_600_000;
  await create(late, 'too late');
  await bringAll(late, two);
  await decideAll(two);
  expect(namesAt(two)).toContain('too late');
  must(await takeIn(hq, must(await writeFile(two, peerAt(two, hq), { content: 'receipt' }))));
  const next = await anotherLaptop(clock, hq, 'next');
  expect(namesAt(next)).toContain('from before');
});

test('nor does it wait for that when it is lost', async () => {
  const { clock, hq, laptop } = await pair();
  const { late, good } = await notEnrolled(clock);
  must(await takeIn(hq, good));
  await decideAll(hq);
  await enrol(hq, late, { until: clock.now + 600_000 });
  await backAndForth(clock, laptop, hq, 2);
  const disk = await copyDisk(hq.db);
  clock.now += 3_600_000;
  await create(late, 'too late');
  await send(clock, late, hq);
  await decideAll(hq);
  // The roster travels and the segment does not; then headquarters is put back, and that device is gone.
  must(await takeIn(laptop, must(await writeFile(hq, peerAt(hq, laptop), { content: 'receipt' }))));
  await putBack(hq, disk);
  await backAndForth(clock, laptop, hq, 3);
  const next = await anotherLaptop(clock, hq, 'next');
  expect(namesAt(next)).toContain('from before');
});

test('a laptop that took in a false signature before it was enrolled is heard all the same', async () => {
  const { clock, hq, laptop } = await pair();
  const { late, good } = await notEnrolled(clock);
  const last = (await ownSegments(laptop)).at(-1);
  if (!last) throw new Error('a segment');
  const forged = await forgedAt(clock, replicaOf(laptop), 1, undefined, last.to + 3);
  must(await takeIn(late, unsigned(good, [{ ...forged, sig: last.sig }])));
  await enrol(hq, late);
  const id = await create(late, 'work');
  await send(clock, late, hq);
  expect(nameAt(hq, id)).toBe('work');
  expect(namesAt(hq)).not.toContain('forged');
});
