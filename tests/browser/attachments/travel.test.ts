/** Attachments in exchange files, through the real packer, opener and databases. */
import { afterEach, expect, test } from 'vitest';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { blobCandidates } from '../../../renderer/exchange/blobChoice';
import { engine } from '../../../renderer/exchange/engine';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { seal } from '../../../renderer/exchange/seal';
import { webCodec } from '../../../renderer/exchange/webCodec';
import { createDb } from '../../../renderer/store/db';
import { openVault } from '../../../renderer/store/openVault';
import type { Vault } from '../../../renderer/store/vault';
import { chooseWithin } from '../../../shared/attachments/budget';
import type { Manifest } from '../../../shared/exchange/manifest';
import { readUstar, writeUstar } from '../../../shared/exchange/ustar';
import type { RecordId } from '../../../shared/log/change';
import { ok } from '../../../shared/result';
import { freshName, must, newHost, picture } from '../store/support';

const host = newHost();
const how = { kind: 'clear' } as const;
const opened: { readonly vault: Vault; readonly name: string }[] = [];

afterEach(async () => {
  for (const { vault, name } of opened.splice(0)) {
    await vault.close();
    indexedDB.deleteDatabase(name);
  }
});

async function device(label: string, role: 'hq' | 'site' = 'site'): Promise<Vault> {
  const name = freshName();
  const vault = must(await openVault({ host, name }));
  opened.push({ vault, name });
  must(await vault.setUp({ name: label, role, siteCode: label.slice(0, 2), person: 'Li Na' }));
  return vault;
}

interface Sent {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

/** `budget`: bytes of attachments; by default the usual one. */
async function write(from: Vault, to: Vault, budget?: number): Promise<Sent> {
  let bytes = new Uint8Array();
  let manifest: Manifest | undefined;
  const replica = to.device()?.replica;
  const peer = from.exchange.peers().find((known) => known.replica === replica);
  const chosen = (most: number) =>
    chooseWithin(blobCandidates(from, peer, 'changes'), most).go.map(({ sha256 }) => sha256);
  must(
    await exportPackage(
      from,
      {
        keepExported: host.keepExported,
        saveFile: async (file) => {
          bytes = file.bytes as Uint8Array<ArrayBuffer>;
          return ok({ name: file.name });
        },
      },
      {
        peer,
        content: 'changes',
        seal: how,
        filterName: 'Holdfast',
        engine: {
          ...engine,
          pack(request, onProgress) {
            ({ manifest } = request);
            return engine.pack(request, onProgress);
          },
        },
        ...(budget === undefined ? {} : { blobs: chosen(budget) }),
      },
    ),
  );
  if (!manifest) throw new Error('nothing was packed');
  return { bytes, manifest };
}

const read = (to: Vault, bytes: Uint8Array) =>
  readPackage(to, { file: { name: 'x.holdfast', bytes }, engine });

async function bring(to: Vault, { bytes }: Pick<Sent, 'bytes'>): Promise<void> {
  must(await applyPackage(to, must(await read(to, bytes))));
}

/** A record with an attached file of that many bytes. */
async function attach(vault: Vault, size: number, seed: number): Promise<string> {
  const bytes = new Uint8Array(size).map((_, i) => (i * seed + (i >> 8)) % 251);
  const { sha256 } = must(await vault.blobs.put(new Blob([bytes])));
  const [of, id]: readonly [RecordId, RecordId] = [vault.newId(), vault.newId()];
  const fields = { of, name: `${seed}.jpg`, type: 'image/jpeg', size, sha256 };
  must(
    await vault.commit([
      { do: 'create', kind: 'ci', id: of, fields: { name: `Rack ${seed}` } },
      { do: 'create', kind: 'attachment', id, fields },
    ]),
  );
  return sha256;
}

const states = (vault: Vault, hashes: readonly string[]) =>
  hashes.map((sha256) => vault.blobs.state(sha256));

test('a photo travels from laptop to laptop to headquarters, and is never sent to whoever has it', async () => {
  const [a, b, hq] = [await device('A'), await device('B'), await device('HQ', 'hq')];
  const photo = await attach(a, 70_000, 3);
  const first = await write(a, b);
  expect(first.manifest.blobs).toEqual([{ sha256: photo, size: 70_000 }]);
  await bring(b, first);
  const relayed = await write(b, hq);
  await bring(hq, relayed);
  expect(relayed.manifest.blobs.map(({ sha256 }) => sha256)).toEqual([photo]);
  const kept = await hq.blobs.get(photo);
  expect(kept && (await webCodec.sha256(new Uint8Array(await kept.arrayBuffer())))).toBe(photo);

  // The receipt for the record is the receipt for its bytes.
  await bring(b, await write(hq, b));
  expect((await write(b, hq)).manifest.blobs).toEqual([]);
  // Once more changes nothing.
  const before = picture(hq);
  await bring(hq, relayed);
  expect(picture(hq)).toEqual(before);
});

test('what the budget leaves out is not here yet, is asked for, and comes with the next file', async () => {
  const [a, b, hq] = [await device('A'), await device('B'), await device('HQ', 'hq')];
  const small = await attach(a, 1_000, 3);
  const large = await attach(a, 50_000, 5);
  const both = [small, large];
  const tight = await write(a, b, 2_000);
  expect(tight.manifest.blobs.map(({ sha256 }) => sha256)).toEqual([small]);
  await bring(b, tight);
  expect(states(b, both)).toEqual(['here', 'missing']);
  expect(b.blobs.missing()).toEqual([large]);

  // B passes on what it has; HQ asks for the rest, through B, from whoever has it.
  await bring(hq, await write(b, hq));
  expect(states(hq, both)).toEqual(['here', 'missing']);
  const asking = await write(hq, b);
  expect(asking.manifest.wants).toEqual([large]);
  await bring(b, asking);
  expect((await write(b, hq)).manifest.blobs).toEqual([]);

  const request = await write(b, a);
  expect(request.manifest.wants).toEqual([large]);
  await bring(a, request);
  const answer = await write(a, b);
  expect(answer.manifest).toMatchObject({ type: 'receipt', blobs: [{ sha256: large }] });
  await bring(b, answer);
  expect(states(b, both)).toEqual(['here', 'here']);

  // HQ's wish is remembered until it says otherwise.
  const delivered = await write(b, hq);
  expect(delivered.manifest.blobs.map(({ sha256 }) => sha256)).toEqual([large]);
  await bring(hq, delivered);
  expect(states(hq, both)).toEqual(['here', 'here']);
  const content = await write(hq, b);
  expect(content.manifest.wants).toEqual([]);
  await bring(b, content);
  expect((await write(b, hq)).manifest.blobs).toEqual([]);
});

test('a file with an attachment whose hash is wrong is refused whole', async () => {
  const [a, b] = [await device('A'), await device('B')];
  const photo = await attach(a, 3_000, 7);
  const sent = await write(a, b);
  const entries = must(readUstar(sent.bytes, 100, webCodec));
  const forged = entries.map(({ name, bytes }) => {
    const copy = bytes.slice();
    if (name === `blobs/${photo}`) copy[1_000] = (copy[1_000] ?? 0) ^ 1;
    return { name, bytes: copy };
  });
  const before = picture(b);
  const refused = await read(b, await seal(writeUstar(forged, 0, webCodec), how));
  expect(refused).toEqual({
    ok: false,
    refusal: { code: 'exchange.hash', params: { name: `blobs/${photo}` } },
  });
  expect(picture(b)).toEqual(before);
  expect(b.blobs.state(photo)).toBe('missing');
  await bring(b, sent);
  expect(b.blobs.state(photo)).toBe('here');
});

test('bytes that the sender finds damaged stay behind, and are asked for by the sender', async () => {
  const name = freshName();
  const first = must(await openVault({ host, name }));
  must(await first.setUp({ name: 'A', role: 'site', siteCode: 'A', person: 'Li Na' }));
  const b = await device('B');
  const photo = await attach(first, 3_000, 9);
  await bring(b, await write(first, b));
  await first.close();
  const db = createDb(name);
  await db.blobs.update(photo, { bytes: new Blob(['worn out']) });
  db.close();

  const a = must(await openVault({ host, name }));
  opened.push({ vault: a, name });
  const sent = await write(a, b);
  expect(sent.manifest.blobs).toEqual([]);
  expect(a.blobs.state(photo)).toBe('damaged');
  const asking = await write(a, b);
  expect(asking.manifest.wants).toEqual([photo]);
  await bring(b, asking);
  await bring(a, await write(b, a));
  expect(a.blobs.state(photo)).toBe('here');
  expect(a.blobs.missing()).toEqual([]);
});

test('the bytes of a file are on the disk as soon as its records are', async () => {
  const a = await device('A');
  const photo = await attach(a, 3_000, 11);
  const b = await device('B');
  const sent = await write(a, b);
  const name = opened.find(({ vault }) => vault === b)?.name ?? '';
  await bring(b, sent);
  // Another window reads what is on the disk.
  const other = must(await openVault({ host, name }));
  expect(other.blobs.state(photo)).toBe('here');
  expect(other.projection.records('attachment')).toHaveLength(1);
  await other.close();
});
