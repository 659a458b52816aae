/** Files of earlier and later formats: read, held for a decision, or refused as newer; never misread. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { acceptHeld } from '../../renderer/exchange/reconsider';
import { open, seal } from '../../renderer/exchange/seal';
import { webCodec } from '../../renderer/exchange/webCodec';
import { parseManifest } from '../../shared/exchange/parseManifest';
import { readUstar, writeUstar } from '../../shared/exchange/ustar';
import type { RawBytes } from '../../shared/exchange/trust';
import {
  codeOf,
  exportFrom,
  importInto,
  laptop,
  PASSPHRASE,
  readInto,
  type Laptop,
} from './exchangeVault';
import { readAsFormatOne } from './formatOne';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/exchange/${name}`, import.meta.url));

async function opened(bytes: Uint8Array): Promise<Uint8Array> {
  const archive = await open(bytes as RawBytes, { identities: [], passphrase: PASSPHRASE });
  if (!archive.ok) throw new Error(archive.refusal.code);
  return archive.value;
}

/** Headquarters with keys, an organisation, and something to say. */
async function headquarters(replica = 'hq-0'): Promise<Laptop> {
  const hq = laptop(replica, 'hq');
  await hq.trust.ensureKeys();
  hq.write({ do: 'create', kind: 'site', id: 'site000000000000', fields: { name: '海港' } });
  hq.write({ do: 'set', id: 'site000000000000', fields: { name: 'Harbour' } });
  await hq.vault.exchange.seal();
  const { tips } = await hq.vault.exchange.here();
  const made = await hq.trust.createOrganisation({ name: 'Harbour', accepted: tips });
  if (!made.ok) throw new Error(made.refusal.code);
  return hq;
}

test('a passphrase file of today reads under the rules of format 1', async () => {
  const hq = await headquarters();
  const snapshot = await exportFrom(hq, undefined);
  const changes = readAsFormatOne(await opened(snapshot.bytes));
  expect(changes.map(({ r, s }) => [r, s])).toEqual([
    ['hq-0', 1],
    ['hq-0', 2],
  ]);
  expect(changes).toEqual(JSON.parse(JSON.stringify(hq.log())));
});

test('what format 1 does not know raises minReader: no passphrase, or a base', async () => {
  const hq = await headquarters();
  const clear = await exportFrom(hq, undefined, { seal: { kind: 'clear' } });
  expect(() => readAsFormatOne(clear.bytes)).toThrow('minReader');
  await hq.compact(hq.vault.projection.have());
  const based = await exportFrom(hq, undefined);
  const archive = await opened(based.bytes);
  expect(() => readAsFormatOne(archive)).toThrow('minReader');
});

/** What the releases of the second format ask of a manifest of a later one that they may read. */
test('what is written today lacks nothing that format 2 asks for, and says more only in its tips and in what its bases stand for', async () => {
  const hq = await headquarters();
  const { tips } = await hq.vault.exchange.here();
  const { bytes } = await exportFrom(hq, undefined, { seal: { kind: 'clear' } });
  const entries = readUstar(bytes, 1000, webCodec);
  const text = webCodec.decode((entries.ok && entries.value[0]?.bytes) || new Uint8Array()) ?? '';
  const today = JSON.parse(text) as Record<string, unknown>;
  expect(today).toMatchObject({
    version: 3,
    minReader: 2,
    tips: { 'hq-0': [tips['hq-0']?.sha256] },
  });
  const { tips: _tips, stands: _stands, ...rest } = today;
  const asSecond = parseManifest(JSON.stringify({ ...rest, version: 2 }));
  expect(asSecond).toEqual({ ok: true, value: { ...rest, version: 2, tips: {}, stands: null } });
  expect(codeOf(parseManifest(JSON.stringify({ ...today, version: 2 })))).toBe('exchange.manifest');
});

/** The same file as a later release might have written it. */
async function altered(
  bytes: Uint8Array,
  change: (manifest: Record<string, unknown>) => Record<string, unknown>,
): Promise<Uint8Array> {
  const entries = readUstar(await opened(bytes), 1000, webCodec);
  if (!entries.ok) throw new Error(entries.refusal.code);
  const [head, ...rest] = entries.value;
  const manifest = JSON.parse(webCodec.decode(head?.bytes ?? new Uint8Array()) ?? '') as Record<
    string,
    unknown
  >;
  const text = webCodec.encode(JSON.stringify(change(manifest)));
  const kept = rest.filter(({ name }) => name !== 'manifest.sig');
  return seal(writeUstar([{ name: 'manifest.json', bytes: text }, ...kept], 0, webCodec), {
    kind: 'passphrase',
    passphrase: PASSPHRASE,
    workFactor: 1,
  });
}

test('a file of a later format is refused as newer when it says so, and read when it says it may', async () => {
  const hq = laptop('hq-0', 'hq');
  hq.write({ do: 'create', kind: 'site', id: 'site000000000000', fields: { name: 'Harbour' } });
  const { bytes } = await exportFrom(hq, undefined);
  const reader = laptop('a-0');
  const future = await altered(bytes, (manifest) => ({ ...manifest, version: 4, minReader: 4 }));
  expect(codeOf(await readInto(reader, future))).toBe('exchange.newer');
  expect(reader.vault.projection.size()).toBe(0);
  const readable = await altered(bytes, ({ segments, ...manifest }) => ({
    ...manifest,
    version: 4,
    minReader: 3,
    weather: 'rain',
    segments: (segments as readonly object[]).map((each) => ({ ...each, colour: 'blue' })),
  }));
  await importInto(reader, { bytes: readable });
  expect(reader.vault.projection.get('site000000000000')?.values.name).toBe('Harbour');
  // The same liberties in our own version are a contradiction.
  const wrong = await altered(bytes, (manifest) => ({ ...manifest, weather: 'rain' }));
  expect(codeOf(await readInto(laptop('b-0'), wrong))).toBe('exchange.manifest');
});

test('a file of format 1 is held by a member until headquarters accepts it, and then whole', async () => {
  const hq = await headquarters('z-0');
  const bytes = new Uint8Array(readFileSync(fixture('format-1.holdfast')));
  const { plan } = await importInto(hq, { bytes });
  expect(plan.changes).toEqual([]);
  expect(plan.quarantined).toBe(8);
  const waiting = hq.vault.exchange.waiting();
  expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set(['unknown', 'behind']));
  const anchors: Record<string, { to: number; sha256: string }> = {};
  for (const { segment } of waiting) {
    const { replica, to, sha256 } = segment;
    if (to > (anchors[replica]?.to ?? 0)) anchors[replica] = { to, sha256 };
  }
  expect(await acceptHeld(hq.vault, anchors)).toEqual({ ok: true, value: 8 });
  expect(hq.vault.exchange.waiting()).toEqual([]);
  const expected = JSON.parse(readFileSync(fixture('format-1.json'), 'utf8')) as {
    records: Record<string, { values: object }>;
    conflicts: readonly string[];
  };
  for (const [id, { values }] of Object.entries(expected.records)) {
    if (id === 'site000000000000') continue;
    expect(hq.vault.projection.get(id)?.values).toEqual(values);
  }
});
