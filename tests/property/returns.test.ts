/** Files back to many devices: noted as sent when saved, and only then. */
import { expect, test } from 'vitest';
import type { Host } from '../../shared/host';
import { ok, refuse } from '../../shared/result';
import { engine } from '../../renderer/exchange/engine';
import { siteRows } from '../../renderer/places/exchange/scoreboard/siteRows';
import {
  lacksSomething,
  writeReturns,
  type ReturnsOptions,
} from '../../renderer/places/exchange/scoreboard/writeReturns';
import { fleet, importInto, NOW, PASSPHRASE, type Laptop } from './exchangeVault';

const folder = { id: 'folder', name: 'stick', into: 'folder' } as const;

const rowsOf = (hq: Laptop) =>
  siteRows({
    self: hq.replica,
    peers: hq.vault.exchange.peers(),
    members: [],
    projection: hq.vault.projection,
    now: NOW,
  });

async function answer(
  hq: Laptop,
  saveInFolder: Host['saveInFolder'],
  more: Partial<ReturnsOptions> = {},
) {
  return writeReturns(
    hq.vault,
    { saveInFolder, keepExported: async () => ok(null) },
    {
      rows: rowsOf(hq).filter(lacksSomething),
      folder,
      passphrase: PASSPHRASE,
      workFactor: 1,
      filterName: '',
      engine,
      ...more,
    },
  );
}

const numbersOut = (hq: Laptop) =>
  hq.vault.exchange
    .peers()
    .toSorted((a, b) => (a.replica < b.replica ? -1 : 1))
    .map(({ lastOut }) => lastOut?.number ?? 0);

test('each device gets its own file, which it opens, and then it lacks nothing', async () => {
  const { hq, sites } = await fleet(['a-0', 'b-0', 'c-0']);
  hq.write({ do: 'create', kind: 'ci', id: 'ci00000000000000', fields: { name: 'Switch' } });
  const saved = new Map<string, Uint8Array>();
  const written = await answer(hq, async ({ folder: id, name, bytes }) => {
    expect(id).toBe(folder.id);
    saved.set(name, bytes as Uint8Array);
    return ok({ name });
  });
  expect(written.map(({ result }) => result?.ok)).toEqual([true, true, true]);
  expect(saved.size).toBe(3);
  expect(numbersOut(hq)).toEqual([1, 1, 1]);
  for (const [i, site] of sites.entries()) {
    const result = written[i]?.result;
    const name = result?.ok ? result.value.name : '';
    await importInto(site, { bytes: saved.get(name) ?? new Uint8Array() });
    expect(site.vault.projection.records('ci')).toHaveLength(1);
  }
});

test('a full disk stops the rest; what was not saved is not noted as sent', async () => {
  const { hq } = await fleet(['a-0', 'b-0', 'c-0']);
  let files = 0;
  const written = await answer(hq, async ({ name }) =>
    ++files === 2 ? refuse('host.diskFull') : ok({ name }),
  );
  expect(written.map(({ result }) => result?.ok)).toEqual([true, false, undefined]);
  expect(files).toBe(2);
  expect(numbersOut(hq)).toEqual([1, 0, 0]);
});

test('one file that cannot be written stops no other', async () => {
  const { hq } = await fleet(['a-0', 'b-0', 'c-0']);
  const written = await answer(hq, async ({ name }) =>
    name.includes('b-0') ? refuse('host.writeFailed', { name }) : ok({ name }),
  );
  expect(written.map(({ result }) => result?.ok)).toEqual([true, false, true]);
  expect(numbersOut(hq)).toEqual([1, 0, 1]);
});

test('cancelling stops before the next file', async () => {
  const { hq } = await fleet(['a-0', 'b-0', 'c-0']);
  const controller = new AbortController();
  const written = await answer(
    hq,
    async ({ name }) => {
      controller.abort();
      return ok({ name });
    },
    { signal: controller.signal },
  );
  expect(written.map(({ result }) => result?.ok)).toEqual([true, undefined, undefined]);
  expect(numbersOut(hq)).toEqual([1, 0, 0]);
});
