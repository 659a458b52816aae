/** A file through the real worker, the real database and back, in Chromium. */
import { afterEach, expect, test } from 'vitest';
import { openVault } from '../../../renderer/store/openVault';
import type { Vault } from '../../../renderer/store/vault';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import type { ProgressReport } from '../../../renderer/exchange/engine';
import { workerEngine } from '../../../renderer/exchange/workerEngine';
import { ok, type Result } from '../../../shared/result';
import { newHost } from '../store/support';

const PASSPHRASE = 'harbour lamp seven ropes';
/** Low, so that the test takes no seconds; the default is tried by the end-to-end tests. */
const WORK_FACTOR = 6;

const host = newHost();
const open: { readonly name: string; readonly vault: Vault }[] = [];

afterEach(async () => {
  for (const { name, vault } of open.splice(0)) {
    await vault.close();
    indexedDB.deleteDatabase(name);
  }
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

async function device(name: string, role: 'hq' | 'site'): Promise<Vault> {
  const database = `exchange-${name}-${crypto.randomUUID()}`;
  const vault = value(await openVault({ host, name: database }));
  open.push({ name: database, vault });
  value(await vault.setUp({ name, role, siteCode: role === 'hq' ? 'HQ' : 'HB', person: 'Li Na' }));
  return vault;
}

async function write(
  from: Vault,
  to: Vault | undefined,
  onProgress: (report: ProgressReport) => void = () => undefined,
  saved = true,
) {
  let bytes = new Uint8Array();
  const replica = to?.device()?.replica;
  const entry = value(
    await exportPackage(
      from,
      {
        keepExported: host.keepExported,
        saveFile: (file) => {
          bytes = file.bytes as Uint8Array<ArrayBuffer>;
          return Promise.resolve(ok(saved ? { name: file.name } : null));
        },
      },
      {
        peer: from.exchange.peers().find((peer) => peer.replica === replica),
        content: 'changes',
        seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: WORK_FACTOR },
        filterName: 'Holdfast',
        onProgress,
      },
    ),
  );
  return { bytes, entry };
}

const read = (to: Vault, bytes: Uint8Array, passphrase = PASSPHRASE) =>
  readPackage(to, { file: { name: 'x.holdfast', bytes }, passphrase });

async function bring(to: Vault, bytes: Uint8Array) {
  const ready = value(await read(to, bytes));
  return { ready, entry: value(await applyPackage(to, ready)) };
}

const name = (vault: Vault, id: string) => vault.projection.get(id)?.values.name;

test('records go to a new laptop, come back changed, and both sides know what arrived', async () => {
  const hq = await device('Headquarters', 'hq');
  const id = hq.newId();
  value(await hq.commit([{ do: 'create', kind: 'ci', id, fields: { name: '核心交换机' } }]));
  const seen: string[] = [];
  const first = await write(hq, undefined, ({ stage }) => seen.push(stage));
  expect([...new Set(seen)]).toEqual(['collect', 'key', 'save']);
  expect(first.entry).toMatchObject({ type: 'snapshot', number: 0, changes: 2 });

  const site = await device('Harbour', 'site');
  const joined = await bring(site, first.bytes);
  expect(joined.entry.report).toMatchObject({ new: 2, conflicting: 0 });
  expect(name(site, id)).toBe('核心交换机');

  value(await site.commit([{ do: 'set', id, fields: { name: 'Core switch' } }]));
  expect(site.exchange.delivery(id)).toBe('notExported');
  const back = await write(site, hq);
  expect(site.exchange.delivery(id)).toBe('exported');
  await bring(hq, back.bytes);
  expect(name(hq, id)).toBe('Core switch');

  const receipt = await write(hq, site);
  expect(receipt.entry).toMatchObject({ type: 'receipt', number: 1, changes: 0 });
  await bring(site, receipt.bytes);
  expect(site.exchange.delivery(id)).toBe('confirmed');
  expect(site.exchange.undelivered()).toBe(0);
});

test('what was imported and what waits survive closing the vault', async () => {
  const hq = await device('Headquarters', 'hq');
  const a = await device('Harbour', 'site');
  const b = await device('Quay', 'site');
  const welcome = await write(hq, undefined);
  for (const site of [a, b]) {
    await bring(site, welcome.bytes);
    await bring(hq, (await write(site, hq)).bytes);
  }
  const id = a.newId();
  value(await a.commit([{ do: 'create', kind: 'ci', id, fields: { name: 'one' } }]));
  const lost = await write(a, hq);
  await bring(hq, lost.bytes);
  // HQ confirms to a, so that a sends the second change alone.
  const confirmed = await write(hq, a);
  await bring(a, confirmed.bytes);
  value(await a.commit([{ do: 'set', id, fields: { name: 'two' } }]));
  const early = await bring(b, (await write(a, hq)).bytes);
  expect(early.ready.plan.gaps).toEqual([
    { replica: a.device()?.replica, from: 1, to: 2, held: 1 },
  ]);

  const database = open.find((each) => each.vault === b)?.name ?? '';
  await b.close();
  open.splice(
    open.findIndex((each) => each.vault === b),
    1,
  );
  const again = value(await openVault({ host, name: database }));
  open.push({ name: database, vault: again });
  expect(again.exchange.waiting()).toHaveLength(1);
  expect(name(again, id)).toBeUndefined();
  const late = await bring(again, lost.bytes);
  expect(late.ready.plan).toMatchObject({ elsewhere: true, drained: 1, gaps: [] });
  expect(again.exchange.waiting()).toEqual([]);
  expect(name(again, id)).toBe('two');
});

test('a refused file, a cancelled one and one not saved leave everything as it was', async () => {
  const hq = await device('Headquarters', 'hq');
  const site = await device('Harbour', 'site');
  const { bytes } = await write(hq, undefined);
  const before = site.projection.version();
  const code = async (promise: Promise<Result<unknown>>) => {
    const result = await promise;
    return result.ok ? 'ok' : result.refusal.code;
  };
  expect(await code(read(site, bytes, 'wrong passphrase'))).toBe('exchange.passphrase');
  expect(await code(read(site, bytes.slice(0, -1)))).toBe('exchange.truncated');
  expect(await code(read(site, new Uint8Array(100)))).toBe('exchange.notHoldfast');

  const controller = new AbortController();
  const cancelled = readPackage(site, {
    file: { name: 'x', bytes },
    passphrase: PASSPHRASE,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(await code(cancelled)).toBe('exchange.cancelled');
  expect(site.projection.version()).toBe(before);
  expect(site.exchange.entries()).toEqual([]);
  expect(site.exchange.waiting()).toEqual([]);

  const entries = hq.exchange.entries();
  expect((await write(hq, undefined, undefined, false)).entry).toBeNull();
  expect(hq.exchange.entries()).toBe(entries);
});

test('cancelling ends a derivation of the key that is under way', async () => {
  const controller = new AbortController();
  const hq = await device('Headquarters', 'hq');
  const result = await exportPackage(
    hq,
    { keepExported: host.keepExported, saveFile: () => Promise.reject(new Error('never')) },
    {
      peer: undefined,
      content: 'snapshot',
      seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 20 },
      filterName: 'Holdfast',
      engine: workerEngine,
      signal: controller.signal,
      onProgress: ({ stage }) => stage === 'key' && controller.abort(),
    },
  );
  expect(result).toEqual({ ok: false, refusal: { code: 'exchange.cancelled' } });
});
