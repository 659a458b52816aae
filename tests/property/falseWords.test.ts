/** What a stranger says in a file about what others wrote: nobody acts on it, nothing is lost by it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { webCodec } from '../../renderer/exchange/webCodec';
import { acceptHeld } from '../../renderer/exchange/reconsider';
import { encodeSegment } from '../../shared/exchange/segment';
import type { SegmentEntry } from '../../shared/exchange/manifest';
import type { Stands } from '../../shared/exchange/stands';
import { encode, packed, partsOf, tar, type Json, type Parts } from '../hostile/forger';
import {
  backAndForth,
  compacted,
  conflictsAt,
  correct,
  create,
  nameAt,
  pair,
  putBackWhole,
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
import { setUp } from '../simulator/organisation';
import { seen } from '../../shared/log/vector';

async function strangerIn(clock: WorldClock): Promise<Machine> {
  const machine = await createMachine('stranger', clock);
  await setUp(machine, 'site');
  return machine;
}

/** Everything that the machine has, as it would write it for the other. */
const fileOf = async (from: Machine, to: Machine): Promise<Parts> =>
  partsOf(must(await writeFile(from, peerAt(from, to), { content: 'snapshot' })));

/** The same from the stranger, with something changed, signed by it or by nobody. */
const forged = async (
  good: Parts,
  stranger: Machine,
  says: Json,
  isSigned: boolean,
): Promise<Uint8Array> => {
  const from = { replica: replicaOf(stranger), name: 'x', role: 'site' };
  const manifest = { ...good.manifest, id: 'file-forged0001', from, tips: {}, ...says };
  return isSigned
    ? packed({ ...good, manifest }, stranger)
    : tar([{ name: 'manifest.json', bytes: encode(manifest) }, ...good.entries]);
};

test.each([
  { marks: ['0'.repeat(16)], isSigned: true },
  { marks: ['0'.repeat(16)], isSigned: false },
  { marks: [], isSigned: false },
])('which segments a state stands for, only headquarters says: %o', async (lie) => {
  const { clock, hq, laptop, shared } = await pair();
  await correct(laptop, shared, 3);
  await backAndForth(clock, laptop, hq, 2);
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await correct(laptop, shared, 6);
  await compacted(clock, hq, laptop);
  await putBackWhole(laptop, disk, marks);
  const good = await fileOf(hq, laptop);
  const stands = { ...(good.manifest.stands as Stands), marks: lie.marks };
  const file = await forged(good, await strangerIn(clock), { stands }, lie.isSigned);
  expect(await takeIn(laptop, file)).toMatchObject({ refusal: { code: 'exchange.signature' } });
  await backAndForth(clock, laptop, hq, 4);
  expect(conflictsAt(hq)).toEqual([]);
  expect(nameAt(hq, shared)).toBe('correction 6');
});

test('a true state in the hands of a stranger, without the word of headquarters, loses nothing', async () => {
  const { clock, hq, laptop, shared } = await pair();
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const only = await create(laptop, 'only of the first machine');
  await correct(twin, shared, 6);
  await backAndForth(clock, twin, hq, 2);
  await compacted(clock, hq, twin);
  const good = await fileOf(hq, laptop);
  const file = await forged(good, await strangerIn(clock), { stands: null }, false);
  must(await takeIn(laptop, file));
  await backAndForth(clock, laptop, hq, 5);
  expect(nameAt(hq, only)).toBe('only of the first machine');
});

test('who packs again what others wrote does not crowd their segments out of receipts', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'the last one');
  await send(clock, laptop, hq);
  const stranger = await strangerIn(clock);
  const replica = replicaOf(laptop);
  const good = await fileOf(laptop, hq);
  const all = good.manifest.segments as readonly SegmentEntry[];
  const last = all.filter((each) => each.replica === replica).at(-1);
  const bytes = good.entries.find(({ name }) => name === last?.name)?.bytes ?? new Uint8Array();
  for (let i = 1; i <= 16; i++) {
    const other = new Uint8Array(gzipSync(gunzipSync(bytes)));
    // The time in the header of gzip.
    other[4] = i;
    const { sig: _sig, ...unsigned } = { ...last };
    const entry = { ...unsigned, size: other.length, sha256: await webCodec.sha256(other) };
    const parts = { ...good, entries: [{ name: last?.name ?? '', bytes: other }] };
    const says = { segments: [entry], blobs: [], roster: null, id: `file-forged${1000 + i}` };
    const taken = must(await takeIn(hq, await forged(parts, stranger, says, false)));
    expect(taken.plan.same).toEqual([]);
  }
  await backAndForth(clock, laptop, hq, 2);
  expect(laptop.vault.exchange.delivery(id)).toBe('confirmed');
  expect(replicaOf(laptop)).toBe(replica);
});

/** One change under that number of the laptop, which the stranger made up and nobody signed. */
async function madeUp(clock: WorldClock, hq: Machine, laptop: Machine, s: number) {
  const replica = replicaOf(laptop);
  const t = [clock.now, 0] as const;
  const id = 'ci00000000000009';
  const change = { r: replica, s, t, by: 'x', k: 'ci', kv: 1, id, f: { name: 'x' } };
  const fake = await encodeSegment([change], undefined, webCodec);
  const name = `segments/${replica}-${s}-${s}.ndjson.gz`;
  const entry = { name, replica, from: s, to: s, size: fake.bytes.length, sha256: fake.sha256 };
  const parts = { ...(await fileOf(laptop, hq)), entries: [{ name, bytes: fake.bytes }] };
  const says = { segments: [entry], blobs: [], roster: null, have: { [replica]: s } };
  return forged(parts, await strangerIn(clock), says, false);
}

test('a segment that nobody signed does not stand in the way of what its author sends', async () => {
  const { clock, hq, laptop } = await pair();
  const replica = replicaOf(laptop);
  const next = seen(hq.vault.projection.have(), replica) + 1;
  const { plan } = must(await takeIn(hq, await madeUp(clock, hq, laptop, next)));
  expect([plan.held.length, plan.forked]).toEqual([1, []]);
  const [first, second] = [await create(laptop, 'genuine'), await create(laptop, 'and the next')];
  await backAndForth(clock, laptop, hq, 2);
  expect([nameAt(hq, first), nameAt(hq, second)]).toEqual(['genuine', 'and the next']);
  expect(laptop.vault.exchange.delivery(second)).toBe('confirmed');
});

test('what nobody signed is not accepted once its author has written something else there', async () => {
  const { clock, hq, laptop } = await pair();
  const replica = replicaOf(laptop);
  const next = seen(hq.vault.projection.have(), replica) + 1;
  must(await takeIn(hq, await madeUp(clock, hq, laptop, next)));
  await create(laptop, 'genuine');
  await backAndForth(clock, laptop, hq, 1);
  const [held] = hq.vault.exchange.waiting();
  const anchor = { to: next, sha256: held?.segment.sha256 ?? '' };
  expect(await acceptHeld(hq.vault, { [replica]: anchor })).toMatchObject({
    refusal: { code: 'exchange.contradicts' },
  });
  expect(hq.vault.trust.roster()?.accepted[replica]).toBeUndefined();
  const more = await create(laptop, 'more');
  await backAndForth(clock, laptop, hq, 1);
  expect(nameAt(hq, more)).toBe('more');
});

test('a segment that nobody signed proves no second branch, whatever its numbers', async () => {
  const { clock, hq, laptop } = await pair();
  await create(laptop, 'the last one');
  await send(clock, laptop, hq);
  const replica = replicaOf(laptop);
  const file = await madeUp(clock, hq, laptop, 1);
  for (const machine of [laptop, hq]) {
    const { plan } = must(await takeIn(machine, file));
    expect([plan.held.length, plan.forked]).toEqual([1, []]);
  }
  expect(replicaOf(laptop)).toBe(replica);
  expect(hq.vault.trust.roster()?.accepted[replica]).toBeUndefined();
});
