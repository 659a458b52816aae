/** A file in pieces is the file as a whole: packed, opened, and refused for the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  engine,
  type Engine,
  type PackRequest,
  type UnpackRequest,
} from '../../renderer/exchange/engine';
import type { SealChoice } from '../../renderer/exchange/exportFile';
import { webCodec } from '../../renderer/exchange/webCodec';
import { NO_TRUST } from '../../shared/exchange/openSegments';
import { createPieceSource, joined } from '../../shared/exchange/pieceSource';
import { readUstar, writeUstar } from '../../shared/exchange/ustar';
import { readUstarPieces, type LargeSink } from '../../shared/exchange/ustarPieces';
import { AT_ONCE } from '../../shared/largeBytes';
import { ok, type Result } from '../../shared/result';
import { exportFrom, laptop, PASSPHRASE } from './exchangeVault';

const MOST = 6;

/** What was cut into pieces of these lengths, over and over. */
async function* cut(
  bytes: Uint8Array,
  lengths: readonly number[],
): AsyncGenerator<Uint8Array, Result<null>, undefined> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield bytes.slice(at, at + length);
    at += length;
  }
  return ok(null);
}

function newSink(): LargeSink {
  const pieces: Uint8Array[] = [];
  return {
    add: (piece) => void pieces.push(piece),
    bytes: () => new Blob(pieces as Uint8Array<ArrayBuffer>[]),
  };
}

/** The entries with their bytes in memory, wherever they were. */
async function readPieces(archive: Uint8Array, lengths: readonly number[]) {
  const source = createPieceSource(cut(archive, lengths));
  const isLarge = (name: string) => name.startsWith('blobs/');
  const read = await readUstarPieces(source, { maxEntries: MOST, isLarge, newSink }, webCodec);
  expect(await source.drain()).toEqual(ok(null));
  if (!read.ok) return read;
  const entries = [];
  for (const entry of read.value) {
    const bytes =
      entry.bytes instanceof Uint8Array
        ? entry.bytes
        : new Uint8Array(await entry.bytes.arrayBuffer());
    if ('sha256' in entry) expect(entry.sha256).toBe(await webCodec.sha256(bytes));
    expect('sha256' in entry).toBe(isLarge(entry.name));
    entries.push({ name: entry.name, bytes: Array.from(bytes) });
  }
  return ok(entries);
}

function readWhole(archive: Uint8Array) {
  const read = readUstar(archive, MOST, webCodec);
  return read.ok
    ? ok(read.value.map(({ name, bytes }) => ({ name, bytes: Array.from(bytes) })))
    : read;
}

const entry = fc.record({
  name: fc.constantFrom('manifest.json', 'segments/a', 'blobs/a', 'blobs/b'),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(new Uint8Array(512), new Uint8Array(1300).fill(7)),
  ),
});
const archive = fc
  .array(entry, { maxLength: MOST + 1 })
  .map((entries) => writeUstar(entries, 0, webCodec));
const lengths = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 });

test('an archive in pieces is what it is as a whole, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(archive, lengths, async (bytes, cuts) => {
      expect(await readPieces(bytes, cuts)).toEqual(readWhole(bytes));
    }),
    { numRuns: 200 },
  );
});

test('in pieces the same is wrong with a changed, cut or lengthened archive as with the whole', async () => {
  const harm = fc.oneof(
    fc.record({ at: fc.nat(8000), value: fc.nat(255) }),
    fc.record({ keep: fc.nat(8000) }),
    fc.record({ more: fc.constantFrom(1, 512, 11_000), value: fc.constantFrom(0, 1) }),
  );
  await fc.assert(
    fc.asyncProperty(archive, harm, lengths, async (good, how, cuts) => {
      let bytes = good.slice();
      if ('at' in how) bytes[how.at % bytes.length] = how.value;
      else if ('keep' in how) bytes = bytes.slice(0, how.keep % (bytes.length + 1));
      else bytes = joined([bytes, new Uint8Array(how.more).fill(how.value)]) as typeof bytes;
      expect(await readPieces(bytes, cuts)).toEqual(readWhole(bytes));
    }),
    { numRuns: 600 },
  );
});

test('what is too much to be hashed in one go is hashed as it comes', async () => {
  const bytes = new Uint8Array(AT_ONCE + 700).fill(3);
  const large = writeUstar([{ name: 'blobs/a', bytes }], 0, webCodec);
  const source = createPieceSource(cut(large, [1_000_003]));
  const options = { maxEntries: MOST, isLarge: () => true, newSink };
  const read = await readUstarPieces(source, options, webCodec);
  expect(read.ok && read.value).toMatchObject([
    { bytes: { size: bytes.length }, sha256: await webCodec.sha256(bytes) },
  ]);
});

test('a header that promises more than comes takes no memory for it', async () => {
  const bytes = writeUstar([{ name: 'a', bytes: new Uint8Array(8) }], 0, webCodec);
  bytes.set(new TextEncoder().encode('77777777777'), 124);
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : (bytes[i] ?? 0);
  bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  expect(await readPieces(bytes, [512])).toEqual(readWhole(bytes));
});

const CLEAR = { kind: 'clear' } as const;
const SEALED = { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 1 } as const;
const quiet = () => undefined;

/** What a laptop with two attachments, one of them several chunks large, is about to pack. */
async function requestFor(seal: SealChoice): Promise<PackRequest> {
  const from = laptop('hq-0', 'hq');
  from.write({ do: 'create', kind: 'site', id: 'site000000000000', fields: { name: 'Harbour' } });
  const hashes = [];
  for (const size of [3_000, 200_000]) {
    const bytes = new Uint8Array(size).map((_, i) => (i * 31 + (i >> 8)) % 251);
    const sha256 = await webCodec.sha256(bytes);
    from.blobs.set(sha256, bytes);
    hashes.push(sha256);
  }
  let asked: PackRequest | undefined;
  const watched: Engine = {
    ...engine,
    pack(request, onProgress) {
      asked = request;
      return engine.pack(request, onProgress);
    },
  };
  await exportFrom(from, undefined, { seal, blobs: hashes, engine: watched });
  if (!asked) throw new Error('nothing was packed');
  return asked;
}

const unpackRequest = (bytes: UnpackRequest['bytes']): UnpackRequest => ({
  bytes,
  openers: { identities: [], passphrase: PASSPHRASE },
  trust: NO_TRUST,
  inbox: [],
});

/** Everything in it, with attachments in memory wherever they were. */
async function opened(bytes: UnpackRequest['bytes']) {
  const result = await engine.unpack(unpackRequest(bytes), quiet);
  if (!result.ok) return result.refusal;
  const { blobs, ...file } = result.value.file;
  const read = blobs.map(async (blob) => ({
    sha256: blob.sha256,
    bytes:
      blob.bytes instanceof Uint8Array
        ? blob.bytes
        : new Uint8Array(await blob.bytes.arrayBuffer()),
  }));
  return { file, blobs: await Promise.all(read) };
}

async function packed(seal: SealChoice): Promise<Uint8Array<ArrayBuffer>> {
  const file = await engine.packLarge(await requestFor(seal), quiet);
  if (!file.ok) throw new Error(file.refusal.code);
  return new Uint8Array(await file.value.arrayBuffer());
}

test('what is packed in pieces is byte for byte what is packed at once', async () => {
  const request = await requestFor(CLEAR);
  const whole = await engine.pack(request, quiet);
  const pieces = await engine.packLarge(request, quiet);
  if (!whole.ok || !pieces.ok) throw new Error('not packed');
  expect(new Uint8Array(await pieces.value.arrayBuffer())).toEqual(whole.value);
});

test.each([CLEAR, SEALED])(
  'a $kind file opens in pieces to what it opens to at once',
  async (seal) => {
    const bytes = await packed(seal);
    const whole = await opened(bytes);
    expect(whole).toMatchObject({ file: { manifest: { type: 'snapshot' } } });
    expect('blobs' in whole && whole.blobs).toHaveLength(2);
    expect(await opened(new Blob([bytes]))).toEqual(whole);
  },
);

test.each([CLEAR, SEALED])(
  'a changed or cut $kind file is refused in pieces as it is at once',
  async (seal) => {
    const good = await packed(seal);
    const harm = fc.oneof(
      fc.record({ at: fc.nat(good.length - 1), bit: fc.nat(7) }),
      fc.record({ keep: fc.nat(good.length - 1) }),
    );
    await fc.assert(
      fc.asyncProperty(harm, async (how) => {
        let bytes = good.slice();
        if ('at' in how) bytes[how.at] = (bytes[how.at] ?? 0) ^ (1 << how.bit);
        else bytes = bytes.slice(0, how.keep);
        expect(await opened(new Blob([bytes]))).toEqual(await opened(bytes));
      }),
      { numRuns: 60 },
    );
  },
);

test('an attachment that no longer has its hash is named, and no file is made', async () => {
  const request = await requestFor(SEALED);
  const [first, second] = request.blobs.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  if (!first || !second) throw new Error('two attachments');
  const size = first.bytes instanceof Uint8Array ? first.bytes.length : first.bytes.size;
  const worn = { ...first, bytes: new Blob([new Uint8Array(size)]) };
  const made = await engine.packLarge({ ...request, blobs: [worn, second] }, quiet);
  expect(made).toEqual({
    ok: false,
    refusal: { code: 'exchange.ownBlobDamaged', params: { sha256: first.sha256 } },
  });
});
