/** Attachments too many for the memory: through the real worker, opener and databases. */
import { afterEach, expect, test } from 'vitest';
import type { ProgressReport } from '../../../renderer/exchange/engine';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { webCodec } from '../../../renderer/exchange/webCodec';
import { createDb } from '../../../renderer/store/db';
import { openVault } from '../../../renderer/store/openVault';
import type { Vault } from '../../../renderer/store/vault';
import type { RecordId } from '../../../shared/log/change';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { freshName, host, must } from '../store/support';

const MB = 1024 * 1024;
const PASSPHRASE = 'harbour lamp seven ropes';
const opened: { readonly vault: Vault; readonly name: string }[] = [];

afterEach(async () => {
  for (const { vault, name } of opened.splice(0)) {
    await vault.close();
    indexedDB.deleteDatabase(name);
  }
});

async function device(label: string): Promise<{ readonly vault: Vault; readonly name: string }> {
  const name = freshName();
  const vault = must(await openVault({ host, name }));
  opened.push({ vault, name });
  must(await vault.setUp({ name: label, role: 'site', siteCode: label, person: 'Li Na' }));
  return { vault, name };
}

/** Bytes that nothing could pack. */
function noise(size: number): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let left = size; left > 0; left -= 65_536) {
    parts.push(crypto.getRandomValues(new Uint8Array(Math.min(left, 65_536))));
  }
  return new Blob(parts);
}

async function attach(vault: Vault, size: number): Promise<string> {
  const { sha256 } = must(await vault.blobs.put(noise(size)));
  const [of, id]: readonly [RecordId, RecordId] = [vault.newId(), vault.newId()];
  const fields = { of, name: 'plan.pdf', type: 'application/pdf', size, sha256 };
  must(
    await vault.commit([
      { do: 'create', kind: 'ci', id: of, fields: { name: 'Rack' } },
      { do: 'create', kind: 'attachment', id, fields },
    ]),
  );
  return sha256;
}

interface Told {
  readonly onProgress?: (report: ProgressReport) => void;
  readonly signal?: AbortSignal;
}

/** Everything, with these attachments. */
async function write(from: Vault, blobs: readonly string[], told: Told = {}) {
  let saved: Bytes | undefined;
  const result = await exportPackage(
    from,
    {
      keepExported: host.keepExported,
      saveFile: async ({ name, bytes }) => {
        saved = bytes;
        return ok({ name });
      },
    },
    {
      peer: undefined,
      content: 'snapshot',
      seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 10 },
      filterName: 'Holdfast',
      blobs,
      ...told,
    },
  );
  return { result, saved };
}

async function read(to: Vault, bytes: Bytes) {
  return readPackage(to, {
    file: { name: 'x.holdfast', bytes: new Uint8Array(await (bytes as Blob).arrayBuffer()) },
    passphrase: PASSPHRASE,
  });
}

test('sixty megabytes of attachments go through a file, and are told on the way', async () => {
  const { vault: a } = await device('A');
  const sizes = [40 * MB, 12 * MB, 8 * MB + 7];
  const hashes = [];
  for (const size of sizes) hashes.push(await attach(a, size));
  const reports: ProgressReport[] = [];
  const { result, saved } = await write(a, hashes, { onProgress: (each) => reports.push(each) });
  expect(must(result)).toMatchObject({ attachments: 3 });
  expect(saved).toBeInstanceOf(Blob);

  const reading = reports.filter(({ stage }) => stage === 'attachments');
  expect(reading.map(({ attachment }) => attachment?.number)).toEqual(
    expect.arrayContaining([1, 2, 3]),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(reading.at(-1)).toMatchObject({ done: total, total, attachment: { number: 3, of: 3 } });

  const { vault: b, name } = await device('B');
  must(await applyPackage(b, must(await read(b, saved ?? new Blob()))));
  expect(b.blobs.missing()).toEqual([]);
  const db = createDb(name);
  for (const sha256 of hashes) {
    const row = await db.blobs.get(sha256);
    const bytes = new Uint8Array(await (row?.bytes ?? new Blob()).arrayBuffer());
    expect(await webCodec.sha256(bytes)).toBe(sha256);
  }
  db.close();
}, 60_000);

test('one that is damaged on the disk stays behind, and the others go', async () => {
  const { vault: a, name } = await device('A');
  const [worn, sound] = [await attach(a, 10 * MB), await attach(a, 17 * MB)];
  const db = createDb(name);
  await db.blobs.update(worn, { bytes: noise(10 * MB) });
  db.close();
  const { result, saved } = await write(a, [worn, sound]);
  expect(must(result)).toMatchObject({ attachments: 1 });
  expect(a.blobs.state(worn)).toBe('damaged');
  const { vault: b } = await device('B');
  const ready = must(await read(b, saved ?? new Blob()));
  expect(ready.unpacked.file.blobs.map(({ sha256 }) => sha256)).toEqual([sound]);
}, 60_000);

test('cancelling in the middle writes nothing and notes nothing as sent', async () => {
  const { vault: a } = await device('A');
  const large = await attach(a, 30 * MB);
  const cancel = new AbortController();
  const { result, saved } = await write(a, [large], {
    signal: cancel.signal,
    onProgress: ({ stage, done }) => {
      if (stage === 'attachments' && done > 0) cancel.abort();
    },
  });
  expect(result).toEqual({ ok: false, refusal: { code: 'exchange.cancelled' } });
  expect(saved).toBeUndefined();
  expect(a.exchange.entries()).toEqual([]);
}, 60_000);
