/** Files that come too early, twice, from a copy, from before a restore (I7, I12). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sequence, type Here } from '../../shared/exchange/sequence';
import { encodeSegment } from '../../shared/exchange/segment';
import type { OpenSegment } from '../../shared/exchange/openSegments';
import type { Change } from '../../shared/log/change';
import type { Vector } from '../../shared/log/vector';
import { webCodec } from '../../renderer/exchange/webCodec';
import { exportFrom, fleet, importInto, laptop, NOW, view } from './exchangeVault';

const change = (r: string, s: number, name = `v${s}`): Change => ({
  r,
  s,
  t: [NOW + s, 0],
  by: 'x',
  k: 'ci',
  kv: 1,
  id: `${r}-record-${s % 3}`,
  f: { name },
});

const here = (have: Vector): Here => ({
  have,
  tips: {},
  isHere: () => true,
  hasSegment: () => false,
});

interface RunOptions {
  readonly name?: string;
  /** What it follows. */
  readonly before?: OpenSegment | undefined;
}

async function run(
  r: string,
  from: number,
  to: number,
  { name, before }: RunOptions = {},
): Promise<OpenSegment> {
  const changes = Array.from({ length: to - from + 1 }, (_, i) => change(r, from + i, name));
  const prev = before?.segment.sha256;
  const segment = await encodeSegment(changes, prev, webCodec);
  return { segment, prev: prev ?? null, changes, proof: 'unsigned' };
}

test('have never passes a hole, and each hole is named exactly (I7)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.boolean()),
      fc.nat({ max: 6 }),
      async (lengths, coins, had) => {
        const all: OpenSegment[] = [];
        let at = 1;
        for (const length of lengths) {
          all.push(await run('a-0', at, at + length - 1, { before: all.at(-1) }));
          at += length;
        }
        const given = all.filter(() => coins.next().value);
        const have = had ? { 'a-0': had } : {};
        const out = sequence([...given.toReversed(), ...given], here(have), undefined);
        const present = new Set(given.flatMap((open) => open.changes.map((c) => c.s)));
        let reach = had;
        while (present.has(reach + 1)) reach++;
        expect(out.changes.map((c) => c.s)).toEqual(
          Array.from({ length: reach - had }, (_, i) => had + 1 + i),
        );
        const beyond = [...present].filter((s) => s > reach);
        const expected = beyond.length
          ? [
              {
                replica: 'a-0',
                from: reach + 1,
                to: Math.min(...beyond) - 1,
                held: beyond.length,
              },
            ]
          : [];
        expect(out.gaps).toEqual(expected);
        expect(out.forked).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('overlapping segments that agree are joined, those that differ show a fork', async () => {
  const agree = sequence([await run('a-0', 1, 3), await run('a-0', 1, 5)], here({}), undefined);
  expect(agree.changes.map((c) => c.s)).toEqual([1, 2, 3, 4, 5]);
  expect(agree.forked).toEqual([]);
  const differ = sequence(
    [await run('a-0', 1, 3), await run('a-0', 2, 5, { name: 'other' })],
    here({}),
    undefined,
  );
  expect(differ.forked).toEqual(['a-0']);
});

test('a file meant for somebody who has more waits, names what is missing, and drains', async () => {
  const { hq, sites } = await fleet(['a-0', 'b-0']);
  const [a, b] = sites;
  if (!a || !b) throw new Error('two sites');
  a.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'one' } });
  const lost = await exportFrom(a, hq.replica);
  // HQ reads it and confirms; laptop b never sees those changes.
  await importInto(hq, lost);
  await importInto(a, await exportFrom(hq, a.replica));
  a.write({ do: 'set', id: 'ci00000000000001', fields: { name: 'two' } });
  const next = await exportFrom(a, hq.replica);
  b.write({ do: 'create', kind: 'ci', id: 'ci00000000000002', fields: { name: 'of b' } });

  const early = await importInto(b, next);
  expect(early.plan.elsewhere).toBe(true);
  expect(early.plan.changes).toEqual([]);
  expect(early.plan.gaps).toEqual([{ replica: 'a-0', from: 1, to: 1, held: 1 }]);
  expect(early.plan.missingFiles).toEqual({ from: 1, to: 2 });
  expect(b.vault.exchange.waiting()).toHaveLength(1);
  expect(b.vault.projection.get('ci00000000000001')).toBeUndefined();

  const drained = await importInto(b, lost);
  expect(drained.plan.drained).toBe(1);
  expect(drained.plan.late).toBe(true);
  expect(b.vault.exchange.waiting()).toEqual([]);
  expect(b.vault.projection.get('ci00000000000001')?.values.name).toBe('two');
});

test('files of one laptop carry its numbers in sequence and name the file before', async () => {
  const { hq, sites } = await fleet(['a-0']);
  const [a] = sites;
  if (!a) throw new Error('one site');
  a.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'one' } });
  const second = await exportFrom(a, hq.replica);
  const third = await exportFrom(a, hq.replica);
  expect([second.entry.number, third.entry.number]).toEqual([2, 3]);
  expect(third.name).toBe('holdfast-a-0XX-to-hq-0-0003.holdfast');
  const ready = await importInto(hq, third);
  expect(ready.plan.manifest.chain).toEqual({ number: 3, previous: second.entry.id });
  expect(ready.plan.missingFiles).toEqual({ from: 2, to: 2 });
  // Nothing of the lost file is missing: what was not confirmed was sent again.
  expect(ready.plan.gaps).toEqual([]);
  expect(hq.vault.projection.get('ci00000000000001')?.values.name).toBe('one');
});

test('a peer that has everything gets a receipt, and that confirms', async () => {
  const { hq, sites } = await fleet(['a-0']);
  const [a] = sites;
  if (!a) throw new Error('one site');
  const receipt = await exportFrom(hq, a.replica);
  expect(receipt.entry).toMatchObject({ type: 'receipt', changes: 0 });
  expect(receipt.bytes.length).toBeLessThan(4000);
  await importInto(a, receipt);
  const peer = a.vault.exchange.peers().find((p) => p.replica === hq.replica);
  expect(peer?.have).toEqual(hq.vault.projection.have());
});

test('a save that the person gives up notes nothing', async () => {
  const { hq, sites } = await fleet(['a-0']);
  const peers = hq.vault.exchange.peers();
  const entries = hq.vault.exchange.entries();
  const controller = new AbortController();
  controller.abort();
  await expect(exportFrom(hq, sites[0]?.replica, { signal: controller.signal })).rejects.toThrow(
    'exchange.cancelled',
  );
  expect(hq.vault.exchange.peers()).toBe(peers);
  expect(hq.vault.exchange.entries()).toBe(entries);
});

test('a file that comes home brings nothing and makes no peer of this device', async () => {
  const hq = laptop('hq-0', 'hq');
  hq.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'one' } });
  const file = await exportFrom(hq, undefined);
  const { plan } = await importInto(hq, file);
  expect(plan).toMatchObject({ own: true, changes: [], known: 1, ahead: 0 });
  expect(hq.vault.exchange.peers()).toEqual([]);
});

test('a restored database gets its own changes back from a file, and is told so', async () => {
  const hq = laptop('hq-0', 'hq');
  hq.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'one' } });
  const file = await exportFrom(hq, undefined);
  const restored = laptop('hq-0', 'hq');
  const { plan } = await importInto(restored, file);
  expect(plan.ahead).toBe(1);
  expect(view(restored)).toBe(view(hq));
});

test('of two devices that write under one identity the second is held, and nothing is lost', async () => {
  const { hq } = await fleet(['a-0']);
  const one = laptop('copy-0');
  const two = laptop('copy-0');
  one.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'one' } });
  two.write({ do: 'create', kind: 'ci', id: 'ci00000000000002', fields: { name: 'two' } });
  two.skewMs = 5;
  await importInto(hq, await exportFrom(one, undefined));
  const before = view(hq);
  const { plan } = await importInto(hq, await exportFrom(two, undefined));
  expect(plan).toMatchObject({ forked: ['copy-0'], changes: [], quarantined: 1 });
  expect(hq.vault.exchange.waiting().map(({ reason }) => reason)).toEqual(['forked']);
  expect(view(hq)).toBe(before);
});

test('the same record and number at another time is a fork too', async () => {
  const { hq } = await fleet(['a-0']);
  const id = 'ci00000000000001';
  const one = laptop('copy-0');
  const two = laptop('copy-0');
  two.skewMs = 5;
  one.write({ do: 'create', kind: 'ci', id, fields: { name: 'one' } });
  two.write({ do: 'create', kind: 'ci', id, fields: { name: 'two' } });
  await importInto(hq, await exportFrom(one, undefined));
  const { plan } = await importInto(hq, await exportFrom(two, undefined));
  expect(plan.forked).toEqual(['copy-0']);
  expect(hq.vault.projection.get(id)?.values.name).toBe('one');
});

test('another version of a change is a fork, although it was overwritten since', async () => {
  const { hq } = await fleet(['a-0']);
  const id = 'ci00000000000001';
  const one = laptop('copy-0');
  const two = laptop('copy-0');
  one.write({ do: 'create', kind: 'ci', id, fields: { name: 'one' } });
  one.write({ do: 'set', id, fields: { name: 'one, corrected' } });
  two.write({ do: 'create', kind: 'ci', id, fields: { name: 'two' } });
  await importInto(hq, await exportFrom(one, undefined));
  const { plan } = await importInto(hq, await exportFrom(two, undefined));
  expect(plan.forked).toEqual(['copy-0']);
  expect(hq.vault.exchange.waiting()).toHaveLength(1);
});

test('a clock years ahead is told, and does not decide who is heard', async () => {
  const { hq, sites } = await fleet(['a-0']);
  const [a] = sites;
  if (!a) throw new Error('one site');
  a.skewMs = 10 * 31_557_600_000;
  a.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'future' } });
  const { plan } = await importInto(hq, await exportFrom(a, hq.replica));
  expect(plan.future).toEqual({ 'a-0': 1 });
  expect(hq.vault.projection.clock()[0]).toBeLessThanOrEqual(NOW + 1000);
});

test('the report shows new, changed, deleted and conflicting records with their values', async () => {
  const { hq, sites } = await fleet(['a-0']);
  const [a] = sites;
  if (!a) throw new Error('one site');
  const id = (n: number) => `ci0000000000000${n}`;
  for (const n of [1, 2, 3]) {
    hq.write({ do: 'create', kind: 'ci', id: id(n), fields: { name: `ci ${n}` } });
  }
  await importInto(a, await exportFrom(hq, a.replica));
  a.write({ do: 'set', id: id(1), fields: { name: 'renamed', notes: 'moved' } });
  a.write({ do: 'set', id: id(2), fields: { name: 'theirs' } });
  a.write({ do: 'delete', id: id(3) });
  a.write({ do: 'create', kind: 'ci', id: id(4), fields: { name: 'ci 4' } });
  a.write({ do: 'link', from: id(4), rel: 'dependsOn', to: id(1) });
  hq.write({ do: 'set', id: id(2), fields: { name: 'ours' } });
  const { plan } = await importInto(hq, await exportFrom(a, hq.replica));
  expect(plan.dryRun.records).toEqual({
    conflicting: 1,
    new: 1,
    changed: 1,
    deleted: 1,
    unchanged: 0,
  });
  expect(plan.dryRun.relations).toMatchObject({ new: 1 });
  const by = (n: number) => plan.dryRun.items.find((item) => item.id === id(n));
  expect(by(1)).toMatchObject({
    outcome: 'changed',
    title: 'renamed',
    fields: [
      { field: 'name', before: 'ci 1', after: 'renamed', heads: [] },
      { field: 'notes', before: null, after: 'moved', heads: [] },
    ],
  });
  expect(
    by(2)
      ?.fields[0]?.heads.map((head) => head.value)
      .toSorted(),
  ).toEqual(['ours', 'theirs']);
  expect(by(3)?.fields).toEqual([{ field: '$deleted', before: false, after: true, heads: [] }]);
  expect(by(4)?.outcome).toBe('new');
});

test('kinds of a newer release are kept, counted and passed on byte for byte (I10)', async () => {
  const { hq, sites } = await fleet(['a-0', 'b-0']);
  const [a, b] = sites;
  if (!a || !b) throw new Error('two sites');
  a.write({ do: 'create', kind: 'quantumRisk', id: 'q000000000000001', fields: { name: 'q' } });
  const { plan } = await importInto(hq, await exportFrom(a, hq.replica));
  expect(plan.dryRun.unknownKinds).toEqual({ quantumRisk: 1 });
  await importInto(b, await exportFrom(hq, b.replica));
  const sent = await a.vault.exchange.segmentsSince({});
  const relayed = await b.vault.exchange.segmentsSince({});
  const of = (list: typeof sent) => list.filter((s) => s.replica === 'a-0').map((s) => s.sha256);
  expect(of(relayed)).toEqual(of(sent));
});
