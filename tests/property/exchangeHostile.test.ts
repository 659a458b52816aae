/** Files cut, changed, forged or made to harm: each refused with its code, nothing changed (I12). */
import { packTar } from 'modern-tar';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../shared/exchange/manifest';
import { parseManifest } from '../../shared/exchange/parseManifest';
import { encodeSegment, type Segment } from '../../shared/exchange/segment';
import type { OpenedFile, RawBytes } from '../../shared/exchange/trust';
import { readUstar, writeUstar, type TarEntry } from '../../shared/exchange/ustar';
import { verifyFile } from '../../shared/exchange/verify';
import type { Change } from '../../shared/log/change';
import { open, seal } from '../../renderer/exchange/seal';
import { webCodec } from '../../renderer/exchange/webCodec';
import {
  codeOf,
  exportFrom,
  fleet,
  laptop,
  NOW,
  PASSPHRASE,
  readInto,
  view,
  type Laptop,
} from './exchangeVault';

let hq: Laptop;
let file: Uint8Array;
let untouched: string;

beforeAll(async () => {
  const joined = await fleet(['a-0']);
  hq = joined.hq;
  const [a] = joined.sites;
  if (!a) throw new Error('one site');
  // Text that does not compress, so that the file has several encrypted chunks.
  let state = 7;
  const noise = () => String((state = (state * 48_271) % 2_147_483_647));
  for (let n = 0; n < 60; n++) {
    const notes = Array.from({ length: 800 }, noise).join(' ');
    const id = `ci${String(n).padStart(14, '0')}`;
    a.write({ do: 'create', kind: 'ci', id, fields: { name: `ci ${n}`, notes } });
  }
  file = (await exportFrom(a, hq.replica)).bytes;
  untouched = view(hq);
  expect(file.length).toBeGreaterThan(3 * 65_552);
});

const read = async (bytes: Uint8Array, passphrase?: string) => {
  const code = codeOf(await readInto(hq, bytes, passphrase));
  expect(view(hq)).toBe(untouched);
  return code;
};

describe('what happens to files on the way', () => {
  test('the whole file is read', async () => {
    expect(await read(file)).toBe('ok');
  });

  test('a wrong passphrase', async () => {
    expect(await read(file, 'harbour lamp seven rope')).toBe('exchange.passphrase');
    expect(await read(file, '')).toBe('exchange.passphrase');
  });

  test('cut off anywhere', async () => {
    const header = new TextDecoder('latin1').decode(file.subarray(0, 400)).indexOf('\n--- ');
    const at = [1, 10, 21, 22, 30, header, header + 20, header + 60, header + 70];
    const chunk = 65_552;
    const chunks = [1, 2, 3].flatMap((n) => [n * chunk, n * chunk + 30, n * chunk + 200]);
    for (const end of [...at, ...chunks, file.length - 17, file.length - 1]) {
      expect([end, await read(file.slice(0, end))]).toEqual([end, 'exchange.truncated']);
    }
  });

  test('something appended', async () => {
    const longer = new Uint8Array(file.length + 1);
    longer.set(file);
    expect(await read(longer)).toMatch(/^exchange\.(truncated|damaged)$/);
  });

  test('any bit turned over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: file.length * 8 - 1 }), async (bit) => {
        const bad = file.slice();
        bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await read(bad)).toMatch(
          /^exchange\.(truncated|damaged|passphrase|notHoldfast|recipient|workFactor)$/,
        );
      }),
      { numRuns: 120 },
    );
  });

  test('a bit turned over in the middle is damage, not a cut', async () => {
    const bad = file.slice();
    bad[100_000] = (bad[100_000] ?? 0) ^ 1;
    expect(await read(bad)).toBe('exchange.damaged');
  });

  test.each([
    ['nothing', ''],
    ['a text', 'Dear all, please find attached'],
    ['a zip', 'PK\u0003\u0004'],
    ['armoured age', '-----BEGIN AGE ENCRYPTED FILE-----\n'],
  ])('%s is not a Holdfast file', async (_, text) => {
    expect(await read(new TextEncoder().encode(text))).toBe('exchange.notHoldfast');
  });

  test('sealed for a key instead of a passphrase', async () => {
    const text = `age-encryption.org/v1\n-> X25519 abc\nxyz\n--- mac\n${'x'.repeat(64)}`;
    expect(await read(new TextEncoder().encode(text))).toBe('exchange.recipient');
  });

  test('a work factor that would hold the laptop for an hour is not tried', async () => {
    const text = `age-encryption.org/v1\n-> scrypt abc 30\nxyz\n--- mac\n${'x'.repeat(64)}`;
    expect(await read(new TextEncoder().encode(text))).toBe('exchange.workFactor');
  });
});

const change = (s: number): Change => ({
  r: 'evil-0',
  s,
  t: [NOW, s],
  by: 'x',
  k: 'ci',
  kv: 1,
  id: 'ci00000000000001',
  f: { name: `n${s}` },
});

const manifestFor = (segments: readonly Segment[], over: Partial<Manifest> = {}) => ({
  format: 'holdfast-exchange',
  version: 1,
  minReader: 1,
  id: 'file-evil-01',
  createdAt: NOW,
  organisation: '',
  from: { replica: 'evil-0', name: 'Evil', role: 'site' },
  to: null,
  type: 'snapshot',
  chain: { number: 0, previous: null },
  have: { 'evil-0': 100 },
  segments: segments.map(({ replica, from, to, bytes, sha256 }) => ({
    name: `segments/${replica}-${from}-${to}.ndjson.gz`,
    replica,
    from,
    to,
    size: bytes.length,
    sha256,
  })),
  blobs: [],
  kinds: {},
  ...over,
});

const entriesOf = (manifest: unknown, segments: readonly Segment[]): TarEntry[] => [
  { name: 'manifest.json', bytes: webCodec.encode(JSON.stringify(manifest)) },
  ...segments.map(({ replica, from, to, bytes }) => ({
    name: `segments/${replica}-${from}-${to}.ndjson.gz`,
    bytes,
  })),
];

const verify = async (archive: Uint8Array) => {
  const result = await verifyFile(archive as OpenedFile, webCodec);
  return result.ok ? 'ok' : result.refusal;
};
const tar = (entries: readonly TarEntry[]) => writeUstar(entries, 0, webCodec);

describe('what somebody who knows the passphrase may put inside', () => {
  let one: Segment;
  let two: Segment;
  beforeAll(async () => {
    one = await encodeSegment([change(1)], undefined, webCodec);
    two = await encodeSegment([change(2)], one.sha256, webCodec);
  });

  test('a sound archive is verified', async () => {
    expect(await verify(tar(entriesOf(manifestFor([one, two]), [one, two])))).toBe('ok');
  });

  test('an entry twice, one too many, one missing, another order', async () => {
    const manifest = manifestFor([one, two]);
    const [m, a, b] = entriesOf(manifest, [one, two]);
    if (!m || !a || !b) throw new Error('three entries');
    const refused = { code: 'exchange.entries' };
    expect(await verify(tar([m, a, a]))).toEqual(refused);
    expect(await verify(tar([m, a, b, b]))).toEqual(refused);
    expect(await verify(tar([m, a, b, { name: 'notes.txt', bytes: b.bytes }]))).toEqual(refused);
    expect(await verify(tar([m, a]))).toEqual(refused);
    expect(await verify(tar([m, b, a]))).toEqual(refused);
    expect(await verify(tar([a, m, b]))).toEqual({ code: 'exchange.notHoldfast' });
    const up = { name: '../../up', bytes: a.bytes };
    expect(await verify(tar([m, up, b]))).toEqual(refused);
  });

  test('bytes that differ from their hash', async () => {
    const bad = { ...two, bytes: two.bytes.slice() };
    bad.bytes[12] = (bad.bytes[12] ?? 0) ^ 1;
    expect(await verify(tar(entriesOf(manifestFor([one, two]), [one, bad])))).toEqual({
      code: 'exchange.hash',
      params: { name: 'segments/evil-0-2-2.ndjson.gz' },
    });
  });

  test('a segment that is not what the manifest says', async () => {
    const renamed = { ...two, from: 3, to: 3 };
    const archive = tar(entriesOf(manifestFor([one, renamed]), [one, renamed]));
    expect(await verify(archive)).toEqual({ code: 'exchange.segment', params: { line: 1 } });
  });

  test('a segment that does not follow the one before it', async () => {
    const astray = await encodeSegment([change(2)], 'f'.repeat(64), webCodec);
    const archive = tar(entriesOf(manifestFor([one, astray]), [one, astray]));
    expect(await verify(archive)).toMatchObject({ code: 'exchange.chain' });
  });

  test('a bomb', async () => {
    const bytes = await webCodec.gzip(new Uint8Array(130 * 1024 * 1024));
    const bomb = { replica: 'evil-0', from: 1, to: 1, bytes, sha256: await webCodec.sha256(bytes) };
    expect(bytes.length).toBeLessThan(1_000_000);
    const archive = tar(entriesOf(manifestFor([bomb]), [bomb]));
    expect(await verify(archive)).toEqual({ code: 'exchange.bomb' });
  });

  test('a manifest of a later format', async () => {
    const manifest = { format: 'holdfast-exchange', version: 9, minReader: 9, anything: true };
    expect(await verify(tar(entriesOf(manifest, [])))).toEqual({ code: 'exchange.newer' });
  });

  test('a later format that this release may read, with keys it does not know', async () => {
    const later = {
      seal: 'passphrase',
      recipients: [],
      roster: null,
      wants: [],
      bases: [],
      scope: null,
      extract: null,
      tips: {},
      stands: null,
    };
    const manifest = { ...manifestFor([one]), ...later, version: 9, weather: 'fine', minReader: 1 };
    expect(await verify(tar(entriesOf(manifest, [one])))).toBe('ok');
    const signature = { name: 'manifest.sig', bytes: new Uint8Array(64) };
    const [own, a] = entriesOf(manifestFor([one]), [one]);
    if (!own || !a) throw new Error('two entries');
    // The first format knew no signatures.
    expect(await verify(tar([own, signature, a]))).toEqual({ code: 'exchange.entries' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['keys', { extra: 1 }],
    ['id', { id: '../x' }],
    ['createdAt', { createdAt: -1 }],
    ['organisation', { organisation: 'a\0b' }],
    ['from', { from: { replica: 'a b', name: '', role: 'hq' } }],
    ['from', { from: { replica: 'a-0', name: '', role: 'root' } }],
    ['to', { to: 'constructor' }],
    ['to', { to: 'toString' }],
    ['have', { have: { valueOf: 1 } }],
    ['type', { type: 'everything' }],
    ['chain', { chain: { number: 1.5, previous: null } }],
    ['have', { have: { prototype: 1 } }],
    ['have', { have: { 'evil-0': -1 } }],
    ['blobs', { blobs: [{}] }],
    ['kinds', { kinds: { constructor: 1 } }],
    ['segments', { segments: [{}] }],
    ['version', { version: '1' }],
  ])('a manifest with a wrong part: %s', (part, over) => {
    const text = JSON.stringify({ ...manifestFor([]), ...over });
    expect(parseManifest(text)).toEqual({
      ok: false,
      refusal: { code: 'exchange.manifest', params: { part } },
    });
  });

  test('a manifest with __proto__, doubled keys, or deep nesting', () => {
    const text = JSON.stringify(manifestFor([]));
    const code = (t: string) => codeOf(parseManifest(t));
    expect(code(text)).toBe('ok');
    expect(code(text.replace('"kinds":{}', '"kinds":{"__proto__":1}'))).toBe('exchange.manifest');
    expect(code(text.replace('"to":null', '"to":"x","to":null'))).toBe('exchange.notHoldfast');
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(codeOf(parseManifest(text.replace('"blobs":[]', `"blobs":${deep}`)))).toMatch(
      /^exchange\.(manifest|notHoldfast)$/,
    );
  });

  test('a manifest whose segments overlap or claim more than the sender has', async () => {
    const long = await encodeSegment([change(1), change(2)], undefined, webCodec);
    const code = (m: unknown) => codeOf(parseManifest(JSON.stringify(m)));
    expect(code(manifestFor([long, two]))).toBe('exchange.manifest');
    expect(code(manifestFor([two, one]))).toBe('exchange.manifest');
    expect(code(manifestFor([one], { have: {} }))).toBe('exchange.manifest');
    expect(code(manifestFor([one], { type: 'receipt' }))).toBe('exchange.manifest');
  });
});

describe('the archive reader', () => {
  const body = webCodec.encode('hello');
  const read1 = (bytes: Uint8Array) => codeOf(readUstar(bytes, 10, webCodec));

  test('what another program packs plainly is read', async () => {
    const archive = await packTar([{ header: { name: 'a.txt', size: 5 }, body }]);
    const result = readUstar(archive, 10, webCodec);
    expect(result.ok && result.value.map((e) => [e.name, webCodec.decode(e.bytes)])).toEqual([
      ['a.txt', 'hello'],
    ]);
  });

  test.each([
    ['a link', { name: 'a', size: 0, type: 'symlink', linkname: '/etc/passwd' }],
    ['a hard link', { name: 'a', size: 0, type: 'link', linkname: 'b' }],
    ['a folder', { name: 'a/', size: 0, type: 'directory' }],
    ['a PAX record', { name: 'a', size: 0, pax: { path: 'b' } }],
    ['a long name', { name: `${'a/'.repeat(60)}b`, size: 0 }],
    ['a name with a space', { name: 'a b', size: 0 }],
    ['a name in another script', { name: '甲', size: 0 }],
  ] as const)('%s is refused', async (_, header) => {
    expect(read1(await packTar([{ header }]))).toBe('exchange.archive');
  });

  test('too many entries, cut archives, hidden bytes and wrong sums are refused', () => {
    const good = tar([{ name: 'a', bytes: body }]);
    expect(read1(good)).toBe('ok');
    const many = Array.from({ length: 11 }, (_, i) => ({ name: `f${i}`, bytes: body }));
    expect(read1(tar(many))).toBe('exchange.tooMany');
    for (const end of [0, 100, 512, 700, 1024, good.length - 1]) {
      expect(read1(good.slice(0, end))).toBe('exchange.truncated');
    }
    for (const at of [0, 124, 156, 257, 345, 512 + 5, 512 + 511, 1024, good.length - 1]) {
      const bad = good.slice();
      bad[at] = (bad[at] ?? 0) ^ 1;
      expect([at, read1(bad)]).toEqual([at, 'exchange.archive']);
    }
    const tail = new Uint8Array(good.length + 512 * 30);
    tail.set(good);
    expect(read1(tail)).toBe('exchange.archive');
  });
});

test('a passphrase opens however the keyboard composed it', async () => {
  const sealed = await seal(webCodec.encode('x'), {
    kind: 'passphrase',
    passphrase: 'caf\u00e9 r\u00f4le',
    workFactor: 1,
  });
  const opened = await open(sealed as RawBytes, {
    identities: [],
    passphrase: 'cafe\u0301 ro\u0302le',
  });
  expect(opened.ok).toBe(true);
});

test('a file of this very laptop reads as nothing new', async () => {
  const own = laptop('own-0', 'hq');
  own.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'x' } });
  const sent = await exportFrom(own, undefined);
  const ready = await readInto(own, sent.bytes, PASSPHRASE);
  expect(ready.ok && ready.value.plan.own).toBe(true);
});
