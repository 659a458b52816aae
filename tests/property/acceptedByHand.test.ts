/** What somebody at headquarters can do about held changes, and that no answer shuts a device out. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { acceptHeld } from '../../renderer/exchange/reconsider';
import { webCodec } from '../../renderer/exchange/webCodec';
import { anchorsOf, heldGroups } from '../../renderer/places/exchange/attention/heldGroups';
import { encodeSegment } from '../../shared/exchange/segment';
import type { SegmentEntry } from '../../shared/exchange/manifest';
import { seen } from '../../shared/log/vector';
import { partsOf } from '../hostile/forger';
import { forgedAt, unsigned } from '../hostile/unsigned';
import {
  anotherLaptop,
  backAndForth,
  create,
  nameAt,
  namesAt,
  pair,
  putBackWhole,
  sealOtherwise,
  send,
} from '../simulator/errands';
import { bringAll } from '../simulator/held';
import {
  copyDisk,
  createMachine,
  kill,
  must,
  peerAt,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from '../simulator/machine';
import { grantFor, setUp } from '../simulator/organisation';
import { deviceOf } from '../../shared/trust/device';

/** The answer that the card of a held group offers. */
async function decide(hq: Machine): Promise<string> {
  const [group] = heldGroups(hq.vault.exchange.waiting());
  if (!group) return 'nothing is held';
  if (group.reason === 'forked') {
    must(await hq.vault.exchange.rescue(group.items.map(({ segment }) => segment.sha256)));
    return 'written again';
  }
  const done = await acceptHeld(hq.vault, anchorsOf(group));
  return done.ok ? 'accepted' : done.refusal.code;
}

/** A device that belongs to nobody: for headquarters nothing of it is signed. */
async function withoutKeys(clock: WorldClock): Promise<Machine> {
  const machine = await createMachine('old', clock);
  await setUp(machine, 'site');
  return machine;
}

test.each([1, 5])(
  'both copies of a device without keys get in: the second wrote %i',
  async (more) => {
    const { clock, hq } = await pair();
    const old = await withoutKeys(clock);
    await create(old, 'both have it');
    must(await old.vault.exchange.seal());
    const twin = await createMachine('twin', clock, await copyDisk(old.db), old.exported);
    for (let i = 1; i <= 3; i++) await create(old, `of the first ${i}`);
    for (let i = 1; i <= more; i++) await create(twin, `of the second ${i}`);
    await bringAll(old, hq);
    expect(await decide(hq)).toBe('accepted');
    await bringAll(twin, hq);
    expect(await decide(hq)).toBe('written again');
    expect(namesAt(hq)).toEqual(
      expect.arrayContaining(['of the first 3', `of the second ${more}`]),
    );
  },
);

test('so does what a device without keys wrote after it was put back', async () => {
  const { clock, hq } = await pair();
  const old = await withoutKeys(clock);
  await create(old, 'first');
  const [disk, marks] = [await copyDisk(old.db), new Map(old.exported)];
  await bringAll(old, hq);
  expect(await decide(hq)).toBe('accepted');
  await putBackWhole(old, disk, marks);
  await sealOtherwise(old);
  await create(old, 'second');
  await bringAll(old, hq);
  await decide(hq);
  expect(namesAt(hq)).toEqual(expect.arrayContaining(['first', 'second']));
});

/** Everything that its author writes from now on is everywhere soon. */
async function goesOn(clock: WorldClock, hq: Machine, laptop: Machine, other: Machine) {
  for (let i = 0; i < 3; i++) {
    const id = await create(laptop, `more ${i}`);
    for (const each of [laptop, other]) await backAndForth(clock, each, hq, 1);
    expect([nameAt(hq, id), nameAt(other, id)]).toEqual([`more ${i}`, `more ${i}`]);
  }
}

test('an answer to forged changes in two segments shuts nobody out', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const r = replicaOf(laptop);
  const next = seen(hq.vault.projection.have(), r) + 1;
  const t = [clock.now, 0] as const;
  const [a, b, c] = [0, 1, 2].map((i) => {
    const id = `ci0000000000000${i}`;
    return { r, s: next + i, t, by: 'x', k: 'ci', kv: 1, id, f: { name: 'x' } };
  });
  if (!a || !b || !c) throw new Error('three changes');
  const one = await encodeSegment([a, b], undefined, webCodec);
  const two = await encodeSegment([c], one.sha256, webCodec);
  const good = must(await writeFile(laptop, peerAt(laptop, hq), { content: 'snapshot' }));
  must(await takeIn(hq, unsigned(good, [one, two])));
  await create(laptop, 'genuine');
  await backAndForth(clock, laptop, hq, 1);
  await decide(hq);
  expect(hq.vault.trust.roster()?.accepted[r]).toBeUndefined();
  await goesOn(clock, hq, laptop, other);
});

test.each([true, false])(
  'nor does accepting what its author sent as well, packed again by somebody: read first %s',
  async (first) => {
    const { clock, hq, laptop } = await pair();
    const other = await anotherLaptop(clock, hq, 'bb');
    const replica = replicaOf(laptop);
    await create(laptop, 'genuine');
    const good = must(await writeFile(laptop, undefined, { content: 'snapshot' }));
    const parts = partsOf(good);
    const last = (parts.manifest.segments as readonly SegmentEntry[])
      .filter((each) => each.replica === replica)
      .at(-1);
    const entry = parts.entries.find(({ name }) => name === last?.name);
    if (!last || !entry) throw new Error('a segment of the laptop');
    const bytes = new Uint8Array(gzipSync(gunzipSync(entry.bytes), { level: 1 }));
    let sha256 = last.sha256;
    // Of the same numbers the smaller hash is read first. The time in the header of gzip makes another.
    for (let time = 1; first ? sha256 >= last.sha256 : sha256 <= last.sha256; time++) {
      new DataView(bytes.buffer).setUint32(4, time, true);
      sha256 = await webCodec.sha256(bytes);
    }
    const { from, to } = last;
    must(await takeIn(hq, unsigned(good, [{ replica, from, to, bytes, sha256 }])));
    await send(clock, laptop, hq);
    await decide(hq);
    expect(hq.vault.trust.roster()?.accepted[replica]?.sha256).not.toBe(sha256);
    await goesOn(clock, hq, laptop, other);
  },
);

test('a forged segment beyond a gap is not what the anchor names', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const r = replicaOf(laptop);
  const next = seen(hq.vault.projection.have(), r) + 1;
  const expired = grantFor(laptop, { until: clock.now - 1 });
  must(await hq.vault.trust.regrant(deviceOf(r), expired));
  const genuine = await create(laptop, 'genuine');
  await send(clock, laptop, hq);
  const good = must(await writeFile(laptop, peerAt(laptop, hq), { content: 'snapshot' }));
  const forged = await forgedAt(clock, r, next + 2, '0'.repeat(64));
  must(await takeIn(hq, unsigned(good, [forged])));
  expect(await decide(hq)).toBe('accepted');
  expect(nameAt(hq, genuine)).toBe('genuine');
  must(await hq.vault.trust.regrant(deviceOf(r), grantFor(laptop, { until: null })));
  await goesOn(clock, hq, laptop, other);
});

test('what is genuine gets in although a forged segment reaches further', async () => {
  const { clock, hq } = await pair();
  const old = await withoutKeys(clock);
  await create(old, 'first');
  await bringAll(old, hq);
  expect(await decide(hq)).toBe('accepted');
  await create(old, 'second');
  const good = must(await writeFile(old, undefined, { content: 'snapshot' }));
  must(await takeIn(hq, good));
  const r = replicaOf(old);
  const next = seen(hq.vault.projection.have(), r) + 1;
  must(await takeIn(hq, unsigned(good, [await forgedAt(clock, r, next + 1)])));
  expect(await decide(hq)).toBe('accepted');
  expect(namesAt(hq)).toContain('second');
  expect(namesAt(hq)).not.toContain('forged');
});

test('a forged old number takes no answer away that a revoked device has', async () => {
  const { clock, hq, laptop } = await pair();
  const r = replicaOf(laptop);
  const good = must(await writeFile(laptop, peerAt(laptop, hq), { content: 'snapshot' }));
  const last = hq.vault.projection.have();
  must(await hq.vault.trust.revoke({ device: deviceOf(r), reason: 'lost', last }));
  await create(laptop, 'before it was lost');
  await send(clock, laptop, hq);
  must(await takeIn(hq, unsigned(good, [await forgedAt(clock, r, 1)])));
  const groups = heldGroups(hq.vault.exchange.waiting());
  expect(groups.map(({ reason, changes }) => [reason, changes])).toEqual([
    ['revoked', 1],
    ['forked', 1],
  ]);
  expect(await decide(hq)).toBe('accepted');
  expect(namesAt(hq)).toContain('before it was lost');
  expect(namesAt(hq)).not.toContain('forged');
});

test('of two files written at the same time, with a change in between, both can be read', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  await create(hq, 'x');
  const exchange = hq.vault.exchange as { here: Machine['vault']['exchange']['here'] };
  const { here } = exchange;
  exchange.here = async () => {
    exchange.here = here;
    const now = await here();
    await create(hq, 'meanwhile');
    must(await takeIn(other, must(await writeFile(hq, peerAt(hq, other)))));
    return now;
  };
  must(await takeIn(laptop, must(await writeFile(hq, peerAt(hq, laptop)))));
  await backAndForth(clock, laptop, hq, 2);
  expect(namesAt(laptop)).toContain('meanwhile');
});

test.each(['receipt', 'changes'] as const)(
  'a change that is written while a %s is made costs no epoch',
  async (content) => {
    const { clock, hq, laptop } = await pair();
    const before = replicaOf(laptop);
    const exchange = laptop.vault.exchange as { here: Machine['vault']['exchange']['here'] };
    const { here } = exchange;
    let id = '';
    exchange.here = async () => {
      const now = await here();
      id = await create(laptop, 'meanwhile');
      return now;
    };
    const file = must(await writeFile(laptop, peerAt(laptop, hq), { content }));
    exchange.here = here;
    must(await takeIn(hq, file));
    await kill(laptop);
    await backAndForth(clock, laptop, hq, 2);
    expect([nameAt(hq, id), replicaOf(laptop)]).toEqual(['meanwhile', before]);
  },
);
