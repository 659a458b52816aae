/**
 * What was judged while a receipt proved that its author had the branch at headquarters stays judged, even
 * when the next receipt proves less.
 */
import { expect, test } from 'vitest';
import { applyPackage } from '../../renderer/exchange/importFile';
import type { Waiting } from '../../renderer/store/exchangeStore';
import { anewOf, judge, toBeJudged } from '../../renderer/store/unjudged';
import type { Change } from '../../shared/log/change';
import { ok } from '../../shared/result';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  correct,
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
  createMachine,
  kill,
  must,
  peerAt,
  putBack,
  readFile,
  replicaOf,
  restart,
  takeIn,
  writeFile,
} from '../simulator/machine';

const SEEN = 'by who had seen it';
const EDIT: Change = {
  r: '',
  s: 0,
  t: [1, 0],
  by: 'x',
  k: 'ci',
  kv: 1,
  id: 'ci00000000000001',
  f: { name: 'x' },
};

/** Of the two, another laptop has seen what stays and has overwritten it; then the other branch comes. */
async function seenAndOverwritten() {
  const twice = await namedTwice();
  const { clock, hq, laptop, other, shared } = twice;
  await create(other, 'before it has seen it');
  const old = must(await writeFile(other, peerAt(other, hq)));
  const backup = await copyDisk(other.db);
  clock.now += 60_000;
  must(await takeIn(hq, old));
  await rename(hq, shared, 'after');
  await backAndForth(clock, hq, other, 2);
  await rename(other, shared, SEEN);
  await backAndForth(clock, other, hq, 2);
  await send(clock, laptop, hq, true);
  expect(namesOf(hq, shared)).toEqual([SEEN]);
  return { ...twice, old, backup };
}

test('an old file that is taken in again takes back no proof', async () => {
  const { hq, other, shared, old } = await seenAndOverwritten();
  const before = peerAt(hq, other)?.sure;
  must(await takeIn(hq, old));
  expect(peerAt(hq, other)?.sure).toEqual(before);
  await restart(hq);
  expect(namesOf(hq, shared)).toEqual([SEEN]);
});

test('nor does what was overwritten come back after its author was put back from a backup', async () => {
  const { clock, hq, laptop, other, shared, backup } = await seenAndOverwritten();
  await putBack(other, backup);
  await create(other, 'goes on');
  await send(clock, other, hq);
  await restart(hq);
  expect(namesOf(hq, shared)).toEqual([SEEN]);
  for (let i = 0; i < 3; i++) {
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  }
  for (const each of [hq, laptop, other]) expect(namesOf(each, shared)).toEqual([SEEN]);
});

test.each(['decided', 'compacted'])('nor what was %s since', async (how) => {
  const { clock, hq, laptop, other, shared, backup } = await seenAndOverwritten();
  if (how === 'decided') for (const name of ['decided', 'twice']) await rename(hq, shared, name);
  for (let i = 0; i < 4; i++) {
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
  }
  if (how === 'compacted') await compacted(clock, hq, other);
  const before = namesOf(hq, shared);
  await putBack(other, backup);
  await create(other, 'goes on');
  await send(clock, other, hq);
  await restart(hq);
  expect(namesOf(hq, shared)).toEqual(before);
});

test('what could not be said again at once is said when the vault is opened', async () => {
  const { clock, hq, laptop, shared } = await namedTwice();
  await rename(hq, shared, 'after');
  await send(clock, laptop, hq, true);
  await rename(laptop, shared, 'by the laptop');
  const bytes = must(await writeFile(laptop, peerAt(laptop, hq)));
  const exchange = { ...hq.vault.exchange, restate: async () => ok(0) };
  must(await takeIn({ ...hq, vault: { ...hq.vault, exchange } }, bytes));
  expect(namesOf(hq, shared)).toEqual(['by the laptop']);
  await restart(hq);
  expect(namesOf(hq, shared)).toEqual(['after', 'by the laptop']);
});

test('so is what had come and was not looked at yet when the power went', async () => {
  const { clock, hq, laptop, shared } = await namedTwice();
  await rename(hq, shared, 'after');
  await rename(laptop, shared, 'by the laptop');
  clock.now += 60_000;
  const content = 'snapshot';
  const bytes = must(await writeFile(laptop, peerAt(laptop, hq), { content }));
  const exchange = { ...hq.vault.exchange, restate: async () => ok(0) };
  must(await takeIn({ ...hq, vault: { ...hq.vault, exchange } }, bytes));
  await kill(hq);
  expect(namesOf(hq, shared)).toEqual(['after', 'by the laptop']);
});

test('what was judged is judged anew only where a branch of that replica has given way', async () => {
  const { hq, other } = await seenAndOverwritten();
  const [held] = hq.vault.exchange.waiting();
  if (!held) throw new Error('nothing is held');
  const { replica, from } = held.segment;
  const change = { ...EDIT, r: replicaOf(other), s: 9 };
  const lost = { ...EDIT, r: replica, s: from };
  const isBlind = judge({ self: () => 'self', provesToHave: () => false });
  const after = (given: string) => toBeJudged([held], { changes: [], replace: [given] }, true);
  const [concerned, not] = [after(replica)[0], after('zzzzzzzzzz-0')[0]];
  if (!concerned || !not) throw new Error('a row was lost');
  expect(isBlind(concerned, () => false)(change, lost)).toBe(true);
  expect(isBlind(not, () => false)(change, lost)).toBe(false);
  // Whoever had taken it away too, having seen it, has given way.
  expect(isBlind(not, () => true)(change, lost)).toBe(true);
});

test('a held segment is looked at again for what says something under its numbers, or takes it away', () => {
  const row = (from: number, to: number): Waiting => ({
    segment: { replica: 'aa-0', from, to, bytes: new Uint8Array(), sha256: `${from}`, sig: 'x' },
    reason: 'forked',
    restated: [],
    fileId: '',
    fileName: '',
    peer: 'hq-0',
    at: 0,
  });
  const changes = [
    { ...EDIT, r: 'aa-0', s: 3 },
    { ...EDIT, r: 'bb-0', s: 1, o: { name: ['aa-0:7', 'cc-0:2'] } },
    { ...EDIT, r: 'bb-0', s: 2 },
  ];
  const after = toBeJudged([row(1, 2), row(3, 6), row(7, 9)], { changes }, true);
  expect(after.map(({ unjudged }) => unjudged?.dots)).toEqual([undefined, ['aa-0:3'], ['bb-0:1']]);
  expect(toBeJudged([row(3, 6)], { changes }, false)[0]?.unjudged).toBeUndefined();
});

test('what a device wrote knowing what stays is not blind when its own branch gives way as well', async () => {
  const { clock, hq, laptop, shared } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  await rename(hq, shared, 'before');
  for (const each of [laptop, other]) await send(clock, hq, each);
  await putBackWhole(hq, disk, marks);
  await rename(hq, shared, 'after');
  await send(clock, other, hq, true);
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  await create(laptop, 'before it knows what stays');
  for (let i = 0; i < 3; i++) await backAndForth(clock, other, hq, 1);
  await send(clock, hq, laptop, true);
  expect(namesOf(laptop, shared)).toEqual(['after']);
  await rename(laptop, shared, SEEN);
  for (const name of ['by the twin', 'more', 'and more']) await create(twin, name);
  await send(clock, twin, hq);
  for (let i = 0; i < 4; i++) await backAndForth(clock, laptop, hq, 1);
  expect(namesOf(hq, shared)).toEqual([SEEN]);
});

test('what earlier versions noted is read', async () => {
  const row: Waiting = {
    segment: { replica: 'aa-0', from: 1, to: 2, bytes: new Uint8Array(), sha256: 'x', sig: 'x' },
    reason: 'forked',
    restated: ['aa-0:1 name'],
    unjudged: { dots: ['bb-0:1'] },
    fileId: '',
    fileName: '',
    peer: 'hq-0',
    at: 0,
  };
  expect(anewOf(row)).toEqual([]);
  const [after] = toBeJudged([row], { changes: [{ ...EDIT, r: 'aa-0', s: 2 }] }, true);
  expect(after?.unjudged).toEqual({ dots: ['bb-0:1', 'aa-0:2'], anew: [] });
});

test('what another file has brought since is not held again by one that was read before', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const id = await create(laptop, 'one');
  await backAndForth(clock, laptop, hq, 1);
  await correct(laptop, id, 2);
  must(await takeIn(other, must(await writeFile(laptop, peerAt(laptop, hq)))));
  expect(other.vault.exchange.waiting()).toHaveLength(1);
  const bytes = must(await writeFile(hq, peerAt(hq, other)));
  await correct(laptop, id, 4);
  clock.now += 200 * 86_400_000;
  await backAndForth(clock, laptop, hq, 2);
  await compacted(clock, hq, laptop);
  const ready = must(await readFile(other, bytes));
  await send(clock, hq, other);
  must(await applyPackage(other.vault, ready));
  expect(other.vault.exchange.waiting()).toEqual([]);
});
