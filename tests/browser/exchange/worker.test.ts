/** Opening a file in the real worker gives what opening it on the page gives, in Chromium. */
import { afterEach, expect, test } from 'vitest';
import { openVault } from '../../../renderer/store/openVault';
import type { Vault } from '../../../renderer/store/vault';
import {
  engine,
  type Engine,
  type Unpacked,
  type UnpackRequest,
} from '../../../renderer/exchange/engine';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { workerEngine } from '../../../renderer/exchange/workerEngine';
import { createWorkerPool } from '../../../renderer/exchange/workerPool';
import { dryRun } from '../../../shared/exchange/recordReport';
import { NO_TRUST } from '../../../shared/exchange/openSegments';
import { kindOf } from '../../../shared/kinds/registry';
import type { Change } from '../../../shared/log/change';
import type { Bytes } from '../../../shared/largeBytes';
import { ok, type Result } from '../../../shared/result';

const host = { exported: async () => 0, keepExported: async () => ok(null) };
const quiet = () => undefined;
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

async function device(name: string): Promise<Vault> {
  const database = `worker-${name}-${crypto.randomUUID()}`;
  const vault = value(await openVault({ host, name: database }));
  open.push({ name: database, vault });
  value(await vault.setUp({ name, role: 'hq', siteCode: 'HQ', person: 'Li Na' }));
  return vault;
}

/** Everything of a vault with some records, in two segments. */
async function fileOf(vault: Vault): Promise<Uint8Array> {
  for (const names of [
    ['Pier router', '值班 🛟 "x"\n'],
    ['Crane', 'Depot\\u0041'],
  ]) {
    const edits = names.map((name) => ({
      do: 'create' as const,
      kind: 'site',
      id: vault.newId(),
      fields: { name },
    }));
    value(await vault.commit(edits));
    value(await vault.exchange.seal());
  }
  let bytes = new Uint8Array();
  const saving = {
    keepExported: host.keepExported,
    saveFile: (file: { readonly name: string; readonly bytes: Bytes }) => {
      bytes = new Uint8Array(file.bytes as Uint8Array);
      return Promise.resolve(ok({ name: file.name }));
    },
  };
  const options = { peer: undefined, content: 'snapshot', filterName: 'Holdfast' } as const;
  value(await exportPackage(vault, saving, { ...options, seal: { kind: 'clear' } }));
  return bytes;
}

const request = (bytes: Uint8Array): UnpackRequest => ({
  bytes,
  openers: { identities: [], passphrase: '' },
  trust: NO_TRUST,
  inbox: [],
});

test('a worker, a pool of them and the page open a file to the same', async () => {
  const bytes = await fileOf(await device('Headquarters'));
  const expected = value(await engine.unpack(request(bytes), quiet));
  expect(expected.file.segments.flatMap((segment) => segment.changes)).toHaveLength(5);
  const pool = createWorkerPool(1);
  for (const each of [workerEngine, workerEngine, pool.engine, pool.engine]) {
    expect(value(await each.unpack(request(bytes), quiet))).toEqual(expected);
  }
  pool.close();
});

test('the changes told while a file is verified are the very ones of its result', async () => {
  const bytes = await fileOf(await device('Headquarters'));
  const told: Change[] = [];
  const opened: Unpacked = value(
    await workerEngine.unpack(request(bytes), quiet, undefined, (changes) => told.push(...changes)),
  );
  const changes = opened.file.segments.flatMap((segment) => segment.changes);
  expect(told).toHaveLength(changes.length);
  expect(told.every((change, i) => change === changes[i])).toBe(true);
});

test('a cancelled file leaves a worker that opens the next one', async () => {
  const bytes = await fileOf(await device('Headquarters'));
  value(await workerEngine.unpack(request(bytes), quiet));
  const cancel = new AbortController();
  const opening = workerEngine.unpack(request(bytes), () => cancel.abort(), cancel.signal);
  expect(await opening).toMatchObject({ ok: false, refusal: { code: 'exchange.cancelled' } });
  value(await workerEngine.unpack(request(bytes), quiet));
});

test('a dry run begun while reading reports what one over the whole file reports', async () => {
  const bytes = await fileOf(await device('Headquarters'));
  const laptop = await device('Laptop');
  const before = laptop.projection;
  const { plan, ...ready } = value(
    await readPackage(laptop, { file: { name: 'x.holdfast', bytes } }),
  );
  expect(plan.dryRun).toEqual(dryRun(plan.changes, before, kindOf, 500));
  expect(plan.dryRun.records.new).toBe(5);
  value(await applyPackage(laptop, { plan, ...ready }));
  expect(laptop.projection.records('site').map(({ values }) => values.name)).toHaveLength(4);
});

test('a record written while a file is open makes its report be worked out anew', async () => {
  const hq = await device('Headquarters');
  const first = await fileOf(hq);
  const laptop = await device('Laptop');
  const ready = value(await readPackage(laptop, { file: { name: 'x.holdfast', bytes: first } }));
  value(await applyPackage(laptop, ready));
  const [site] = laptop.projection.records('site');
  if (!site) throw new Error('a site came');
  value(await hq.commit([{ do: 'set', id: site.id, fields: { name: 'Renamed at headquarters' } }]));
  const second = await fileOf(hq);
  const written: Engine = {
    ...workerEngine,
    async unpack(...asked) {
      const opened = await workerEngine.unpack(...asked);
      const fields = { name: 'Renamed here' };
      value(await laptop.commit([{ do: 'set', id: site.id, fields }]));
      return opened;
    },
  };
  const file = { name: 'y.holdfast', bytes: second };
  const { plan } = value(await readPackage(laptop, { file, engine: written }));
  expect(plan.dryRun.items.find(({ id }) => id === site.id)?.outcome).toBe('conflicting');
});
