/**
 * Files of every released format import for ever. `HOLDFAST_WRITE_GOLDEN=1` writes the file of a new
 * format beside the old ones; a golden file that exists is never written again.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FORMAT_VERSION } from '../../shared/exchange/manifest';
import { exportFrom, fleet, importInto, laptop, PASSPHRASE, type Laptop } from './exchangeVault';

const sealed = { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 10 } as const;

const folder = fileURLToPath(new URL('../fixtures/exchange/', import.meta.url));
const goldenFile = (version: number) => `${folder}format-${version}.holdfast`;
const expectedFile = (version: number) => `${folder}format-${version}.json`;

/** Everything a file can hold: several authors, a conflict, a deletion, a link, a kind of tomorrow. */
async function writeGolden(version: number): Promise<void> {
  const { hq, sites } = await fleet(['a-0']);
  const [a] = sites;
  if (!a) throw new Error('one site');
  const id = (n: number) => `ci0000000000000${n}`;
  const fields = { name: '核心交换机 🛟', criticality: 'high', tags: ['x', '多机房'] };
  hq.write({ do: 'create', kind: 'ci', id: id(1), fields });
  hq.write({ do: 'create', kind: 'ci', id: id(2), fields: { name: 'to be deleted' } });
  await importInto(a, await exportFrom(hq, a.replica));
  a.write({ do: 'set', id: id(1), fields: { name: 'Core switch, harbour' } });
  a.write({ do: 'delete', id: id(2) });
  a.write({ do: 'create', kind: 'quantumRisk', id: 'q000000000000001', fields: { name: 'q' } });
  a.write({ do: 'link', from: id(1), rel: 'locatedAt', to: 'site000000000000' });
  hq.write({ do: 'set', id: id(1), fields: { name: 'Core switch, headquarters' } });
  await importInto(hq, await exportFrom(a, hq.replica));
  const { bytes } = await exportFrom(hq, undefined, { seal: sealed });
  writeFileSync(goldenFile(version), bytes);
  const reader = laptop('reader-0');
  await importInto(reader, { bytes });
  writeFileSync(expectedFile(version), `${JSON.stringify(contentOf(reader), null, 2)}\n`);
}

const contentOf = (of: Laptop) => ({
  have: of.vault.projection.have(),
  conflicts: [...of.vault.projection.conflicts()],
  records: Object.fromEntries(
    [...of.vault.projection.all()]
      .toSorted((x, y) => (x.id < y.id ? -1 : 1))
      .map(({ id, kind, values }) => [id, { kind, values }]),
  ),
});

if (process.env.HOLDFAST_WRITE_GOLDEN && !existsSync(goldenFile(FORMAT_VERSION))) {
  await writeGolden(FORMAT_VERSION);
}

const released = Array.from({ length: FORMAT_VERSION }, (_, i) => i + 1);

test.each(released)('a file of format %i imports as it did when it was released', async (v) => {
  const reader = laptop('reader-0');
  await importInto(reader, { bytes: new Uint8Array(readFileSync(goldenFile(v))) });
  expect(contentOf(reader)).toEqual(JSON.parse(readFileSync(expectedFile(v), 'utf8')));
});
