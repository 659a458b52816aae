/** Many files at once give what the same files give one by one, in whatever order they lie (I1, I2, I12). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileRead } from '../../shared/host';
import { ok, refuse } from '../../shared/result';
import { engine, type Engine } from '../../renderer/exchange/engine';
import { applyMany, planMany } from '../../renderer/exchange/importMany';
import type { ManyReport } from '../../renderer/exchange/manyReport';
import { readMany, type ReadSet } from '../../renderer/exchange/readMany';
import {
  exportFrom,
  fleet,
  importInto,
  laptop,
  NOW,
  PASSPHRASE,
  view,
  type Laptop,
  type Sent,
} from './exchangeVault';

const now = () => NOW;
const named = (files: readonly Pick<Sent, 'bytes'>[]): readonly FileRead[] =>
  files.map(({ bytes }, i) => ({ name: `f${i}.holdfast`, read: ok(bytes) }));

const read = (to: Laptop, files: readonly FileRead[], passphrase = PASSPHRASE): Promise<ReadSet> =>
  readMany(to.vault, { files, passphrase, engine });

const create = (id: string, name: string) =>
  ({ do: 'create', kind: 'ci', id: `ci${id.padStart(14, '0')}`, fields: { name } }) as const;

/** Three files of each site, each bringing one record more; and the record all of them change. */
async function sticks(sites: readonly Laptop[], hq: Laptop): Promise<Sent[]> {
  const out: Sent[] = [];
  for (const [s, site] of sites.entries()) {
    for (let n = 0; n < 3; n++) {
      site.write(create(`${s}${n}`, `record ${n} of ${site.replica}`));
      site.write({ do: 'set', id: 'site000000000000', fields: { name: `${site.replica} ${n}` } });
      out.push(await exportFrom(site, hq.replica));
      // Sent and sealed: the next file brings this again, and one segment more.
    }
  }
  return out;
}

const brief = ({ files, ...rest }: ManyReport) => ({
  ...rest,
  files: files.map(({ name, outcome, applied, waiting, held }) => ({
    name,
    outcome,
    applied,
    waiting,
    held,
  })),
});

test('the plan says what applying does, in any order of the files, and touches nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
      fc.boolean(),
      async (order, twice) => {
        const { hq, sites } = await fleet(['a-0', 'b-0']);
        const all = await sticks(sites, hq);
        const chosen = order.map((i) => all[i]).filter((file) => file !== undefined);
        const files = named(twice ? [...chosen, ...chosen] : chosen);
        const before = view(hq);
        const entries = hq.vault.exchange.entries();
        const set = await read(hq, files);
        const plan = await planMany(hq.vault, set, { now });
        expect(view(hq)).toBe(before);
        expect(hq.vault.exchange.entries()).toBe(entries);
        const done = await applyMany(hq.vault, set, { now });
        expect(brief(done)).toEqual(brief(plan));
        const again = await planMany(hq.vault, await read(hq, files), { now });
        expect(again.applied).toBe(0);
        expect(again.files.every(({ outcome }) => outcome === 'nothing')).toBe(true);
      },
    ),
    { numRuns: 12 },
  );
});

test('the result is that of the same files one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 2 }), async (order) => {
      const { hq, sites } = await fleet(['a-0', 'b-0']);
      const all = await sticks(sites, hq);
      const chosen = order.map((i) => all[i]).filter((file) => file !== undefined);
      const other = laptop('c-0');
      await importInto(other, await exportFrom(hq, undefined));
      await applyMany(hq.vault, await read(hq, named(chosen)), { now });
      for (const file of chosen) await importInto(other, file);
      const records = (of: Laptop) =>
        new Map([...of.vault.projection.all()].map(({ id, values }) => [id, values]));
      expect(records(other)).toEqual(records(hq));
    }),
    { numRuns: 12 },
  );
});

/** A chain of deltas of which each needs the one before: the site believes each to have arrived. */
async function chain(): Promise<{ hq: Laptop; files: Sent[] }> {
  const { hq, sites } = await fleet(['a-0']);
  const [site] = sites;
  if (!site) throw new Error('no site');
  const copy = laptop('hq-1', 'hq');
  await importInto(copy, await exportFrom(hq, undefined));
  const files: Sent[] = [];
  for (let n = 0; n < 4; n++) {
    site.write(create(String(n), `record ${n}`));
    const file = await exportFrom(site, hq.replica);
    files.push(file);
    // Somebody who did get it confirms it, so that the next file starts after it.
    await importInto(copy, file);
    const peer = site.vault.exchange.peers().find((p) => p.replica === hq.replica);
    if (!peer) throw new Error('no peer');
    await site.vault.exchange.sent(
      { ...peer, have: copy.vault.projection.have() },
      { ...file.entry, id: `${file.entry.id}-noted` },
    );
  }
  return { hq, files };
}

test('what waited for another file of the set is applied with it', async () => {
  const { hq, files } = await chain();
  const report = await applyMany(hq.vault, await read(hq, named(files.toReversed())), { now });
  expect(report.files.map(({ outcome, applied }) => [outcome, applied])).toEqual([
    ['applies', 1],
    ['applies', 1],
    ['applies', 1],
    ['applies', 1],
  ]);
  expect(report).toMatchObject({ applied: 4, drained: 0, waiting: 0, held: 0 });
  expect(report.totals.records.new).toBe(4);
});

test('a file behind one that has not come waits, and says for what; its coming drains it', async () => {
  const { hq, files } = await chain();
  const [first, second, ...rest] = named(files);
  if (!first || !second) throw new Error('no files');
  const report = await applyMany(hq.vault, await read(hq, [first, ...rest]), { now });
  expect(report.files.map(({ outcome }) => outcome)).toEqual(['applies', 'waits', 'waits']);
  expect(report).toMatchObject({ applied: 1, waiting: 2 });
  const [gap] = report.files[1]?.gaps ?? [];
  expect(gap).toMatchObject({ replica: 'a-0', held: 2 });
  expect(gap?.from).toBe(gap?.to);
  const later = await planMany(hq.vault, await read(hq, [second]), { now });
  expect(later).toMatchObject({ applied: 3, drained: 2, waiting: 0 });
  expect(later.files[0]).toMatchObject({ outcome: 'applies', applied: 1 });
});

const grant = (name: string) =>
  ({ name, holder: name, site: name, role: 'coordinator', kinds: null, until: null }) as const;

/** A laptop of an organisation: keys, a certificate, and everything headquarters had. */
async function join(hq: Laptop, name: string): Promise<Laptop> {
  const one = laptop(`${name}-0`);
  await one.trust.ensureKeys();
  const keys = one.trust.keys();
  if (!keys) throw new Error('no keys');
  expect(await hq.trust.enrol(name, keys, grant(name))).toEqual(ok(null));
  await importInto(one, await exportFrom(hq, undefined, { seal: { kind: 'clear' } }));
  await importInto(hq, await exportFrom(one, hq.replica));
  return one;
}

test('the newest roster of the set judges every file of it, whatever the order', async () => {
  const hq = laptop('hq-0', 'hq');
  await hq.trust.ensureKeys();
  await hq.trust.createOrganisation({ name: 'Harbour Authority', accepted: {} });
  hq.write(create('0', 'of headquarters'));
  const a = await join(hq, 'a');
  const b = await join(hq, 'b');
  await importInto(a, await exportFrom(hq, a.replica));
  // B writes for A, is stolen, and headquarters says so: A has both sticks in one hand.
  b.write(create('1', 'of B'));
  const stolen = await exportFrom(b, undefined, { seal: { kind: 'clear' } });
  await hq.trust.revoke({ device: 'b', reason: 'stolen', last: {} });
  const news = await exportFrom(hq, a.replica, { seal: { kind: 'clear' } });
  for (const files of [
    [stolen, news],
    [news, stolen],
  ]) {
    const plan = await planMany(a.vault, await read(a, named(files)), { now });
    expect(plan.held).toBeGreaterThan(0);
    expect(plan.totals.records.new).toBe(0);
  }
  const alone = await planMany(a.vault, await read(a, named([stolen])), { now });
  expect(alone).toMatchObject({ held: 0 });
  expect(alone.totals.records.new).toBe(1);
});

test('broken, foreign, locked and unreadable files stop no other', async () => {
  const { hq, files } = await chain();
  const good = named(files);
  const broken = files[0]?.bytes.slice(0, -5) ?? new Uint8Array();
  const set = await read(hq, [
    { name: 'broken', read: ok(broken) },
    { name: 'text', read: ok(new TextEncoder().encode('hello')) },
    { name: 'gone', read: refuse('host.readFailed', { name: 'gone' }) },
    ...good,
  ]);
  expect(new Map(set.refused.map(({ name, refusal }) => [name, refusal.code]))).toEqual(
    new Map([
      ['broken', 'exchange.truncated'],
      ['text', 'exchange.notHoldfast'],
      ['gone', 'host.readFailed'],
    ]),
  );
  expect(await applyMany(hq.vault, set, { now })).toMatchObject({ applied: 4 });
  const locked = await readMany(hq.vault, { files: good, engine });
  expect(locked.locked).toHaveLength(4);
  expect((await read(hq, good, 'another')).locked).toHaveLength(4);
});

test('a file of a later release is kept whole when the others are applied, not before', async () => {
  const { hq, files } = await chain();
  const later: Engine = {
    ...engine,
    unpack: async (request, ...rest) =>
      request.bytes === files[0]?.bytes
        ? refuse('exchange.newer')
        : engine.unpack(request, ...rest),
  };
  const kept: [string, string][] = [];
  const vault: Laptop['vault'] = {
    ...hq.vault,
    heldFiles: {
      ...hq.vault.heldFiles,
      keep: async ({ name }, release) => {
        kept.push([name, release]);
        return ok(null);
      },
    },
  };
  const set = await readMany(vault, { files: named(files), passphrase: PASSPHRASE, engine: later });
  const plan = await planMany(vault, set, { now });
  expect(plan.files.map(({ outcome }) => outcome)).toEqual(['kept', 'waits', 'waits', 'waits']);
  expect(kept).toEqual([]);
  await applyMany(vault, set, { now, release: '1.2.3' });
  expect(kept).toEqual([['f0.holdfast', '1.2.3']]);
});

test('cancelling stops between two files and says which are left', async () => {
  const { hq, files } = await chain();
  const controller = new AbortController();
  const report = await applyMany(hq.vault, await read(hq, named(files)), {
    now,
    signal: controller.signal,
    onProgress: ({ done }) => done === 2 && controller.abort(),
  });
  expect(report.stopped).toEqual({ code: 'exchange.cancelled' });
  expect(report.files.map(({ outcome }) => outcome)).toEqual([
    'applies',
    'applies',
    'applies',
    'left',
  ]);
  expect(hq.vault.projection.records('ci')).toHaveLength(3);
});

test('a full disk stops the rest instead of failing file by file', async () => {
  const { hq, files } = await chain();
  let writes = 0;
  const full: Laptop['vault'] = {
    ...hq.vault,
    exchange: {
      ...hq.vault.exchange,
      receive: (arrival) =>
        ++writes > 2 ? Promise.resolve(refuse('commit.disk')) : hq.vault.exchange.receive(arrival),
    },
  };
  const report = await applyMany(full, await read(hq, named(files)), { now });
  expect(report.stopped).toEqual({ code: 'commit.disk' });
  expect(report.files.map(({ outcome }) => outcome)).toEqual([
    'applies',
    'applies',
    'refused',
    'left',
  ]);
});

test('reading many files asks for no more than a few at a time', async () => {
  const { hq, files } = await chain();
  let open = 0;
  let most = 0;
  const counting: Engine = {
    ...engine,
    async unpack(...args) {
      most = Math.max(most, ++open);
      const result = await engine.unpack(...args);
      open--;
      return result;
    },
  };
  const progress: number[] = [];
  await readMany(hq.vault, {
    files: named([...files, ...files, ...files]),
    passphrase: PASSPHRASE,
    engine: counting,
    onProgress: ({ done }) => progress.push(done),
  });
  expect(most).toBeLessThanOrEqual(3);
  expect(progress.at(-1)).toBeGreaterThanOrEqual(9);
});
