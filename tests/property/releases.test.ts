/** Older and newer releases exchange both ways, and nothing is lost or changed between them (I10). */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { engine } from '../../renderer/exchange/engine';
import { defineKind, text, type KindDef } from '../../shared/kinds/define';
import { kindOf } from '../../shared/kinds/registry';
import { dotOf, type Change } from '../../shared/log/change';
import { planImport } from '../../shared/exchange/plan';
import { NO_TRUST } from '../../shared/exchange/openSegments';
import {
  createProjection,
  type KindLookup,
  type Projection,
} from '../../shared/projection/projection';
import {
  codeOf,
  exportFrom,
  importInto,
  laptop,
  NOW,
  PASSPHRASE,
  type Laptop,
} from './exchangeVault';
import { holdsAsync } from './holds';
import { byAuthor, interleave } from './logHistory';

vi.setConfig({ testTimeout: 240_000 });

const common = { code: 'AS', clause: '9.2', title: 'name', keys: [], columns: [] } as const;
const older = defineKind({
  ...common,
  name: 'asset',
  fields: { name: text(), note: text() },
  groups: { main: ['name', 'note'] },
});
const newer = defineKind({
  ...common,
  name: 'asset',
  version: 2,
  fields: { name: text(), remark: text(), owner: text() },
  groups: { main: ['name', 'remark', 'owner'] },
  upcasts: {
    1: {
      rename: { note: 'remark' },
      map: {
        remark: (value) => (value === null ? null : `${JSON.stringify(value).slice(1, -1)}!`),
      },
    },
  },
});
const gadget = defineKind({
  ...common,
  code: 'GA',
  name: 'gadget',
  fields: { name: text(), note: text() },
  groups: { main: ['name', 'note'] },
});

const release = (...kinds: readonly KindDef[]): KindLookup => {
  const known = new Map(kinds.map((kind) => [kind.name, kind]));
  return (name) => known.get(name) ?? kindOf(name);
};
const OLD = release(older);
const NEW = release(newer, gadget);

interface Machine {
  readonly of: Laptop;
  readonly isNew: boolean;
}

const step = fc.record({
  do: fc.constantFrom('write', 'write', 'write', 'delete', 'send', 'send', 'compact'),
  at: fc.nat(2),
  to: fc.nat(2),
  id: fc.nat(3),
  field: fc.nat(2),
  value: fc.nat(3),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function write({ do: what, id, field, value }: Step, { of, isNew }: Machine): void {
  const isGadget = isNew && id === 3;
  const at = isGadget ? 'gadget0000000000' : `asset00000000000${id}`;
  const known = of.vault.projection.get(at);
  const names = isGadget || !isNew ? ['name', 'note'] : ['name', 'remark', 'owner'];
  const fields = { [names[field % names.length] ?? 'name']: `v${value}` };
  if (!known) of.write({ do: 'create', kind: isGadget ? 'gadget' : 'asset', id: at, fields });
  else of.write(what === 'delete' ? { do: 'delete', id: at } : { do: 'set', id: at, fields });
}

async function carry(from: Machine | undefined, to: Machine | undefined): Promise<void> {
  if (!from || !to || from === to) return;
  const peer = from.of.vault.exchange.peers().find((p) => p.replica === to.of.replica);
  if (!peer) return;
  await importInto(to.of, await exportFrom(from.of, to.of.replica));
}

/** Without the names of dead changes, which a compacted device does not keep. */
const shown = (projection: Projection) =>
  [...projection.all()]
    .map(({ id, kind, values, heads }) => ({ id, kind, values, heads }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

function replay(changes: readonly Change[], kinds: KindLookup) {
  const projection = createProjection(kinds);
  projection.apply(interleave(byAuthor(changes), []), NOW);
  return shown(projection);
}

test('I10: an older release relays what it does not understand; upgraded, it shows it all', async () => {
  await holdsAsync(
    'I10',
    fc.asyncProperty(
      fc.boolean(),
      fc.array(step, { minLength: 6, maxLength: 30 }),
      async (hqIsNew, steps) => {
        const machines: Machine[] = [
          { of: laptop('hq-0', 'hq', hqIsNew ? NEW : OLD), isNew: hqIsNew },
          { of: laptop('a-0', 'site', hqIsNew ? OLD : NEW), isNew: !hqIsNew },
          { of: laptop('b-0', 'site', NEW), isNew: true },
        ];
        const [hq, ...sites] = machines;
        if (!hq) throw new Error('headquarters');
        hq.of.write({
          do: 'create',
          kind: 'asset',
          id: 'asset000000000000',
          fields: { name: 'x' },
        });
        const welcome = await exportFrom(hq.of, undefined);
        for (const site of sites) {
          await importInto(site.of, welcome);
          await importInto(hq.of, await exportFrom(site.of, hq.of.replica));
        }
        for (const next of steps) {
          const machine = machines[next.at];
          if (!machine) continue;
          if (next.do === 'send') await carry(machine, machines[next.to]);
          else if (next.do !== 'compact') write(next, machine);
          // Only what nobody asks for any more: a newer state is not for an older release.
          else if (!hqIsNew) {
            await hq.of.vault.exchange.seal();
            const all = machines.map(({ of }) => of.vault.projection.have());
            const least = Object.keys(all[0] ?? {}).map((r) => [
              r,
              Math.min(...all.map((have) => have[r] ?? 0)),
            ]);
            await hq.of.compact(Object.fromEntries(least) as Record<string, number>);
          }
        }
        for (let round = 0; round < 2; round++) {
          for (const site of sites) await carry(site, hq);
          for (const site of sites) await carry(hq, site);
        }
        // Byte for byte the same segments everywhere, whoever carried them.
        const [first, ...others] = await Promise.all(machines.map(({ of }) => of.hashes()));
        for (const other of others) expect(other).toEqual(first);
        const changes = new Map(
          machines.flatMap(({ of }) => of.log().map((change) => [dotOf(change), change] as const)),
        );
        const expected = replay([...changes.values()], NEW);
        for (const { of, isNew } of machines) {
          expect(shown(await of.reopened(NEW))).toEqual(expected);
          if (isNew) expect(shown(of.vault.projection)).toEqual(expected);
        }
      },
    ),
    40,
  );
});

test('an older release keeps and passes on a kind it does not know, and never compacts it', async () => {
  const old = laptop('hq-0', 'hq', OLD);
  const fresh = laptop('a-0', 'site', NEW);
  old.write({ do: 'create', kind: 'asset', id: 'asset000000000000', fields: { note: 'n' } });
  await importInto(fresh, await exportFrom(old, undefined));
  fresh.write({ do: 'set', id: 'asset000000000000', fields: { owner: 'Li Na' } });
  await importInto(old, await exportFrom(fresh, 'hq-0'));
  await old.vault.exchange.seal();
  const have = await old.compact(old.vault.projection.have());
  expect(have).toEqual({ 'hq-0': 1 });
  const upgraded = await old.reopened(NEW);
  expect(upgraded.get('asset000000000000')?.values).toEqual({ remark: 'n!', owner: 'Li Na' });
});

test('a base in the terms of a later release is refused as newer, and changes nothing', async () => {
  const fresh = laptop('hq-0', 'hq', NEW);
  fresh.write({ do: 'create', kind: 'asset', id: 'asset000000000000', fields: { remark: 'r' } });
  await fresh.vault.exchange.seal();
  await fresh.compact(fresh.vault.projection.have());
  const { bytes } = await exportFrom(fresh, undefined);
  const unpacked = await engine.unpack(
    {
      bytes,
      openers: { identities: [], passphrase: PASSPHRASE },
      trust: NO_TRUST,
      inbox: [],
    },
    () => undefined,
  );
  if (!unpacked.ok) throw new Error(unpacked.refusal.code);
  const old = laptop('a-0', 'site', OLD);
  const plan = (kinds: KindLookup) =>
    planImport({
      projection: old.vault.projection,
      kindOf: kinds,
      file: unpacked.value.file,
      inbox: [],
      tips: {},
      hasSegment: () => false,
      self: 'a-0',
      lastIn: undefined,
      wallMs: NOW,
    });
  expect(codeOf(plan(OLD))).toBe('exchange.newer');
  expect(codeOf(plan(NEW))).toBe('ok');
  expect(old.vault.projection.size()).toBe(0);
});

test('a base in the terms of an earlier release is lifted to those of today', async () => {
  const old = laptop('hq-0', 'hq', OLD);
  const id = 'asset000000000000';
  old.write({ do: 'create', kind: 'asset', id, fields: { name: 'x', note: 'one' } });
  old.write({ do: 'set', id, fields: { note: 'two' } });
  await old.vault.exchange.seal();
  await old.compact(old.vault.projection.have());
  const fresh = laptop('a-0', 'site', NEW);
  await importInto(fresh, await exportFrom(old, undefined));
  expect(fresh.vault.projection.get(id)?.values).toEqual({ name: 'x', remark: 'two!' });
  fresh.write({ do: 'set', id, fields: { remark: 'three' } });
  expect(fresh.vault.projection.conflicts().size).toBe(0);
  await fresh.vault.exchange.seal();
  expect((await fresh.reopened(NEW)).get(id)?.values.remark).toBe('three');
});
