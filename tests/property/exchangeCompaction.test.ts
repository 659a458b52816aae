/** I9 through real files: an organisation that compacts shows and becomes what one does that never did. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { applyPackage } from '../../renderer/exchange/importFile';
import { meet, seen } from '../../shared/log/vector';
import {
  codeOf,
  exportFrom,
  fleet,
  importInto,
  laptop,
  readInto,
  view,
  type Laptop,
} from './exchangeVault';
import { holdsAsync } from './holds';

vi.setConfig({ testTimeout: 240_000 });

const step = fc.record({
  do: fc.constantFrom(
    'write',
    'write',
    'write',
    'delete',
    'link',
    'send',
    'send',
    'late',
    'compact',
  ),
  at: fc.nat(2),
  to: fc.nat(2),
  id: fc.nat(3),
  value: fc.nat(4),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const ids = ['ci00000000000001', 'ci00000000000002', 'ci00000000000003', 'ci00000000000004'];

interface Twin {
  readonly plain: Laptop;
  readonly compacted: Laptop;
}

interface Stick {
  readonly to: Twin;
  readonly plain: Uint8Array;
  readonly compacted: Uint8Array;
}

function write({ do: what, id, to, value }: Step, { plain, compacted }: Twin): void {
  const at = ids[id] ?? '';
  for (const one of [plain, compacted]) {
    const known = one.vault.projection.get(at);
    if (!known) {
      one.write({ do: 'create', kind: 'ci', id: at, fields: { name: `n${value}` } });
    } else if (what === 'delete') one.write({ do: value > 2 ? 'restore' : 'delete', id: at });
    else if (what === 'link') {
      one.write({ do: 'link', from: at, rel: 'dependsOn', to: ids[to] ?? at });
    } else
      one.write({ do: 'set', id: at, fields: { [value > 2 ? 'notes' : 'name']: `v${value}` } });
  }
}

/** The same file, between the twins of the sender and of the receiver. */
async function carry(from: Twin, to: Twin): Promise<Stick | undefined> {
  const peer = from.plain.vault.exchange.peers().find((p) => p.replica === to.plain.replica);
  if (from === to || !peer) return undefined;
  return {
    to,
    plain: (await exportFrom(from.plain, to.plain.replica)).bytes,
    compacted: (await exportFrom(from.compacted, to.compacted.replica)).bytes,
  };
}

async function arrive({ to, plain, compacted }: Stick): Promise<void> {
  const one = await importInto(to.plain, { bytes: plain });
  const other = await importInto(to.compacted, { bytes: compacted });
  expect(other.plan.dryRun.records.conflicting).toBe(one.plan.dryRun.records.conflicting);
}

function expectAlike({ plain, compacted }: Twin): void {
  expect(view(compacted)).toBe(view(plain));
  const conflicts = (of: Laptop) => [...of.vault.projection.conflicts()].toSorted();
  expect(conflicts(compacted)).toEqual(conflicts(plain));
}

const confirmed = (hq: Laptop) =>
  meet([hq.vault.projection.have(), ...hq.vault.exchange.peers().map((peer) => peer.have)]);

async function twins(): Promise<readonly Twin[]> {
  const one = await fleet(['a-0', 'b-0']);
  const other = await fleet(['a-0', 'b-0']);
  return [one.hq, ...one.sites].map((plain, i) => ({
    plain,
    compacted: [other.hq, ...other.sites][i] ?? plain,
  }));
}

async function play(all: readonly Twin[], steps: readonly Step[], held: Stick[]): Promise<void> {
  for (const next of steps) {
    const from = all[next.at];
    const to = all[next.to];
    const hq = all[0];
    if (!from || !to || !hq) continue;
    if (next.do === 'compact') {
      await hq.compacted.vault.exchange.seal();
      await hq.compacted.compact(
        // Now and then without asking anybody: then a base has to travel.
        next.value > 1 ? hq.compacted.vault.projection.have() : confirmed(hq.compacted),
      );
    } else if (next.do === 'send' || next.do === 'late') {
      const stick = await carry(from, to);
      if (stick && next.do === 'send') await arrive(stick);
      else if (stick) held.push(stick);
    } else write(next, from);
    expectAlike(from);
    expectAlike(to);
  }
}

test('I9: whatever is compacted when, everybody sees what they would have seen', async () => {
  await holdsAsync(
    'I9 files',
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 40 }), async (steps) => {
      const all = await twins();
      const late: Stick[] = [];
      await play(all, steps, late);
      // Files that lay in a drawer all the while.
      for (const stick of late) {
        await arrive(stick);
        expectAlike(stick.to);
      }
      const [hq, ...sites] = all;
      for (let round = 0; round < 2; round++) {
        for (const site of hq ? sites : []) {
          for (const [from, to] of [
            [site, hq],
            [hq, site],
          ] as const) {
            const stick = from && to && (await carry(from, to));
            if (stick) await arrive(stick);
          }
        }
      }
      for (const twin of all) expectAlike(twin);
      expect(new Set(all.map(({ compacted }) => view(compacted))).size).toBe(1);
    }),
    40,
  );
});

/** Headquarters with everything compacted, and a laptop that has only the beginning. */
async function compactedFleet() {
  const { hq, sites } = await fleet(['a-0', 'b-0']);
  const [a, b] = sites;
  if (!a || !b) throw new Error('two sites');
  const id = 'ci00000000000001';
  hq.write({ do: 'create', kind: 'ci', id, fields: { name: 'one' } });
  for (let i = 0; i < 20; i++) hq.write({ do: 'set', id, fields: { name: `name ${i}` } });
  a.write({ do: 'create', kind: 'ci', id: 'ci00000000000002', fields: { name: 'of a' } });
  await importInto(hq, await exportFrom(a, hq.replica));
  await hq.vault.exchange.seal();
  const have = await hq.compact(hq.vault.projection.have());
  return { hq, a, b, id, have };
}

test('a laptop that lacks compacted changes gets the base and goes on from there', async () => {
  const { hq, b, id, have } = await compactedFleet();
  hq.write({ do: 'set', id, fields: { notes: 'after' } });
  const ready = await readInto(b, (await exportFrom(hq, b.replica)).bytes);
  if (!ready.ok) throw new Error(ready.refusal.code);
  const { plan } = ready.value;
  expect(plan.manifest).toMatchObject({ type: 'delta', minReader: 2 });
  expect(plan.bases.length).toBe(1);
  expect(plan.based).toBeGreaterThan(20);
  expect(plan.changes.length).toBe(1);
  expect(plan.dryRun.records).toMatchObject({ new: 2, changed: 0, conflicting: 0 });
  await applyPackage(b.vault, ready.value);
  expect(view(b)).toBe(view(hq));
  // It confirms, relays, and is asked for nothing it never had.
  await importInto(hq, await exportFrom(b, hq.replica));
  const peer = hq.vault.exchange.peers().find((p) => p.replica === b.replica);
  expect(seen(peer?.have ?? {}, 'hq-0')).toBeGreaterThan(seen(have, 'hq-0'));
  const next = await readInto(b, (await exportFrom(hq, b.replica)).bytes);
  expect(next.ok && next.value.plan.bases.length).toBe(0);
});

test('a new laptop starts from the base, and its own work comes home', async () => {
  const { hq, id } = await compactedFleet();
  const c = laptop('c-0');
  await importInto(c, await exportFrom(hq, undefined));
  expect(view(c)).toBe(view(hq));
  c.write({ do: 'set', id, fields: { name: 'from c' } });
  await importInto(hq, await exportFrom(c, hq.replica));
  expect(hq.vault.projection.get(id)?.values.name).toBe('from c');
  expect(hq.vault.projection.conflicts().size).toBe(0);
});

test('a base travels on through a laptop that took it over', async () => {
  const { hq, b } = await compactedFleet();
  await importInto(b, await exportFrom(hq, b.replica));
  const d = laptop('d-0');
  await importInto(d, await exportFrom(b, undefined));
  expect(view(d)).toBe(view(b));
});

test('a late file of what was compacted brings nothing, and nothing of it is held', async () => {
  const { hq, sites } = await fleet(['a-0']);
  const [a] = sites;
  if (!a) throw new Error('a site');
  a.write({ do: 'create', kind: 'ci', id: 'ci00000000000002', fields: { name: 'of a' } });
  const first = await exportFrom(a, hq.replica);
  a.write({ do: 'set', id: 'ci00000000000002', fields: { name: 'again' } });
  await importInto(hq, await exportFrom(a, hq.replica));
  await hq.vault.exchange.seal();
  await hq.compact(hq.vault.projection.have());
  const late = await importInto(hq, first);
  expect(late.plan).toMatchObject({ changes: [], held: [], forked: [] });
  expect(hq.vault.projection.get('ci00000000000002')?.values.name).toBe('again');
});

test('in an organisation only a base that headquarters signed is taken', async () => {
  const { hq, a, b } = await compactedFleet();
  await hq.trust.ensureKeys();
  const created = await hq.trust.createOrganisation({
    name: 'Harbour',
    accepted: (await hq.vault.exchange.here()).tips,
  });
  if (!created.ok) throw new Error(created.refusal.code);
  for (const site of [a, b]) {
    await site.trust.ensureKeys();
    const keys = site.trust.keys();
    if (!keys) throw new Error('keys');
    await hq.trust.enrol(site.replica.slice(0, -2), keys, {
      name: site.replica,
      holder: 'x',
      site: 'X',
      role: 'coordinator',
      kinds: null,
      until: null,
    });
  }
  hq.write({ do: 'set', id: 'ci00000000000001', fields: { name: 'more' } });
  await hq.vault.exchange.seal();
  await hq.compact(hq.vault.projection.have());
  const good = await exportFrom(hq, b.replica, { content: 'snapshot' });
  const ready = await readInto(b, good.bytes);
  expect(codeOf(ready)).toBe('ok');
  // The same state with a coordinator's word for it.
  await importInto(b, good);
  const forged = b.vault.exchange.basesAbove;
  Object.assign(b.vault.exchange, {
    basesAbove: async (have: Parameters<typeof forged>[0]) =>
      (await forged(have)).map((base) => ({ ...base, by: 'b' })),
  });
  const bad = await exportFrom(b, undefined);
  expect(codeOf(await readInto(a, bad.bytes))).toBe('exchange.signature');
});

test('a laptop that holds another branch of a copied device gives way to the base, losing nothing', async () => {
  const { hq, sites } = await fleet(['m-0']);
  const [m] = sites;
  if (!m) throw new Error('a site');
  const copies = [laptop('c-0'), laptop('c-0')] as const;
  const welcome = await exportFrom(hq, undefined);
  for (const [i, copy] of copies.entries()) {
    await importInto(copy, welcome);
    const fields = { name: `branch ${i}` };
    copy.write({ do: 'create', kind: 'ci', id: `ci0000000000000${i}`, fields });
  }
  await importInto(hq, await exportFrom(copies[0], hq.replica));
  await importInto(m, await exportFrom(copies[1], undefined));
  await hq.vault.exchange.seal();
  await hq.compact(hq.vault.projection.have());
  hq.write({ do: 'set', id: 'site000000000000', fields: { notes: 'news' } });
  const ready = await readInto(m, (await exportFrom(hq, m.replica, { content: 'snapshot' })).bytes);
  if (!ready.ok) throw new Error(ready.refusal.code);
  const { plan } = ready.value;
  // The store then holds the segments of the branch here, and shows base and log without them.
  expect(plan.replaced).toEqual(['c-0']);
  expect(plan.dryRun.records).toMatchObject({ new: 1, changed: 1 });
  // A second version of what was compacted is noticed where the changes are still kept.
  const late = await readInto(hq, (await exportFrom(copies[1], hq.replica)).bytes);
  expect(late.ok && late.value.plan.forked).toEqual(['c-0']);
  expect(late.ok && late.value.plan.held.map(({ reason }) => reason)).toEqual(['forked']);
});
