/**
 * Golden files of an organisation: a signed snapshot sealed for devices, the same after compaction,
 * and an extract. They open with the recovery key in the fixture, which is for tests and nothing else.
 * `HOLDFAST_WRITE_GOLDEN=1` writes those of a new format; one that exists is never written again.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { engine } from '../../renderer/exchange/engine';
import { exportExtract, readExtract } from '../../renderer/exchange/extractFile';
import { applyPackage, readPackage } from '../../renderer/exchange/importFile';
import { FORMAT_VERSION } from '../../shared/exchange/manifest';
import { NO_TRUST } from '../../shared/exchange/openSegments';
import type { Bytes } from '../../shared/largeBytes';
import { ok, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { exportFrom, importInto, laptop, NOW, PASSPHRASE, type Laptop } from './exchangeVault';

const folder = fileURLToPath(new URL('../fixtures/exchange/', import.meta.url));
const sorts = ['members', 'base', 'extract'] as const;
type Sort = (typeof sorts)[number];
const goldenFile = (version: number, sort: Sort) => `${folder}format-${version}-${sort}.holdfast`;
const expectedFile = (version: number) => `${folder}format-${version}-members.json`;

interface Expected {
  readonly recoveryKey: string;
  readonly passphrase: string;
  readonly have: object;
  readonly conflicts: readonly string[];
  readonly records: object;
  readonly extract: readonly unknown[];
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

const contentOf = ({ vault: { projection } }: Laptop) => ({
  have: projection.have(),
  conflicts: [...projection.conflicts()],
  records: Object.fromEntries(
    [...projection.all()]
      .toSorted((x, y) => (x.id < y.id ? -1 : 1))
      .map(({ id, kind, values }) => [id, { kind, values }]),
  ),
});

/** Two members that wrote, a conflict, a deletion, a relation and a kind of tomorrow. */
async function organisation(): Promise<{ readonly hq: Laptop; readonly recoveryKey: string }> {
  const hq = laptop('hq-0', 'hq');
  const a = laptop('a-0');
  for (const each of [hq, a]) await each.trust.ensureKeys();
  const { recoveryKey } = must(
    await hq.trust.createOrganisation({ name: '海港守望 Harbour', accepted: {} }),
  );
  const keys = a.trust.keys();
  if (!keys) throw new Error('keys');
  must(
    await hq.trust.enrol('a', keys, {
      name: 'Laptop a',
      holder: '李娜',
      site: 'HB',
      role: 'coordinator',
      kinds: null,
      until: null,
    }),
  );
  const id = (n: number) => `ci0000000000000${n}`;
  const fields = { name: '核心交换机 🛟', criticality: 'high', tags: ['x', '多机房'] };
  hq.write({ do: 'create', kind: 'site', id: 'site000000000000', fields: { name: 'Harbour' } });
  hq.write({ do: 'create', kind: 'ci', id: id(1), fields });
  hq.write({ do: 'create', kind: 'ci', id: id(2), fields: { name: 'to be deleted' } });
  await importInto(a, await exportFrom(hq, undefined));
  a.write({ do: 'set', id: id(1), fields: { name: 'Core switch, harbour' } });
  a.write({ do: 'delete', id: id(2) });
  a.write({ do: 'create', kind: 'quantumRisk', id: 'q000000000000001', fields: { name: 'q' } });
  a.write({ do: 'link', from: id(1), rel: 'locatedAt', to: 'site000000000000' });
  hq.write({ do: 'set', id: id(1), fields: { name: 'Core switch, headquarters' } });
  await importInto(hq, await exportFrom(a, hq.replica));
  return { hq, recoveryKey };
}

async function writeGolden(version: number): Promise<void> {
  const { hq, recoveryKey } = await organisation();
  const seal = { kind: 'recipients', devices: [deviceOf('a-0')] } as const;
  const members = await exportFrom(hq, undefined, { seal });
  writeFileSync(goldenFile(version, 'members'), members.bytes);
  const content = contentOf(hq);
  let extract = new Uint8Array();
  const saveFile = async (file: { readonly name: string; readonly bytes: Bytes }) => {
    extract = file.bytes as Uint8Array<ArrayBuffer>;
    return ok({ name: file.name });
  };
  must(
    await exportExtract(
      hq.vault,
      { saveFile },
      {
        scope: { kinds: ['ci', 'site'], sites: null, withoutPrivate: true },
        passphrase: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 10 },
        budget: 0,
        filterName: 'Holdfast',
        engine,
        now: () => NOW,
      },
    ),
  );
  writeFileSync(goldenFile(version, 'extract'), extract);
  // What it does not know stays as changes; the rest becomes a base.
  await hq.compact(hq.vault.projection.have());
  const based = await exportFrom(hq, undefined, { seal });
  writeFileSync(goldenFile(version, 'base'), based.bytes);
  const expected: Expected = {
    recoveryKey,
    passphrase: PASSPHRASE,
    ...content,
    extract: await extractOf(extract),
  };
  writeFileSync(expectedFile(version), `${JSON.stringify(expected, null, 2)}\n`);
}

async function extractOf(bytes: Uint8Array): Promise<readonly unknown[]> {
  const ready = must(
    await readExtract({ file: { name: 'x', bytes }, passphrase: PASSPHRASE, engine }),
  );
  return ready.content.extract;
}

if (process.env.HOLDFAST_WRITE_GOLDEN && !existsSync(goldenFile(FORMAT_VERSION, 'members'))) {
  await writeGolden(FORMAT_VERSION);
}

/** Formats with organisations. */
const released = Array.from({ length: FORMAT_VERSION - 1 }, (_, i) => i + 2);
const expectedOf = (version: number) =>
  JSON.parse(readFileSync(expectedFile(version), 'utf8')) as Expected;

test.each(
  released.flatMap((version) =>
    (['members', 'base'] as const).map((sort) => [version, sort] as const),
  ),
)('the recovery key opens and takes over format %i, %s', async (version, sort) => {
  const { recoveryKey, have, conflicts, records } = expectedOf(version);
  const bytes = new Uint8Array(readFileSync(goldenFile(version, sort)));
  const openers = { identities: [recoveryKey], passphrase: '' };
  const look = must(
    await engine.unpack({ bytes, openers, trust: NO_TRUST, inbox: [] }, () => undefined),
  );
  expect(look.file.bases.length).toBe(sort === 'base' ? 1 : 0);
  expect(look.file.segments.every((open) => open.proof === 'signed')).toBe(true);
  expect(look.file.sender).toBe('proven');
  const reader = laptop('reader-0', 'hq');
  await reader.trust.ensureKeys();
  const { carried } = look.file;
  if (!carried) throw new Error('no roster');
  must(await reader.trust.recover(carried, recoveryKey));
  const file = { name: 'x.holdfast', bytes };
  const ready = must(
    await readPackage(reader.vault, { file, recoveryKey, engine, now: () => NOW }),
  );
  must(await applyPackage(reader.vault, ready));
  expect(contentOf(reader)).toEqual({ have, conflicts, records });
  expect(reader.vault.exchange.waiting()).toEqual([]);
});

test.each(released)('an extract of format %i shows what it showed', async (version) => {
  const bytes = new Uint8Array(readFileSync(goldenFile(version, 'extract')));
  expect(await extractOf(bytes)).toEqual(expectedOf(version).extract);
});
