/** Manifests that contradict themselves or the format, attachments and extracts. */
import { webCodec } from '../../renderer/exchange/webCodec';
import { encodeExtract } from '../../shared/exchange/extract';
import type { Category, Hostile } from './corpus';
import {
  encode,
  packed,
  partsOf,
  withManifest,
  type Json,
  type Parts,
  type Victim,
} from './forger';

const says = (name: string, over: Json, code = 'manifest'): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: (victim) => withManifest(victim, over),
});

/** The text of a sound manifest, changed as text. */
const reads = (name: string, code: string, change: (text: string) => string): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: async (victim) => {
    const parts = partsOf(victim.good);
    return packed(parts, victim.laptop, change(JSON.stringify(parts.manifest)));
  },
});

const made = (
  name: string,
  code: string,
  change: (parts: Parts, victim: Victim) => Promise<Parts> | Parts,
): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: async (victim) => packed(await change(partsOf(victim.good), victim), victim.laptop),
});

const first = (list: unknown): Json => (list as Json[])[0] ?? {};

const extractOf = async (parts: Parts, lines: Uint8Array): Promise<Parts> => ({
  manifest: {
    ...parts.manifest,
    type: 'extract',
    segments: [],
    blobs: [],
    scope: { kinds: null, sites: null, withoutPrivate: true },
    extract: { size: lines.length, sha256: await webCodec.sha256(lines), records: 1 },
  },
  entries: [{ name: 'extract.ndjson.gz', bytes: lines }],
});

/** A manifest that lists a base, and says something of what that stands for. */
const withBase = (name: string, over: Json, code = 'manifest'): Hostile => {
  const [by, sig] = ['aaaaaaaa', 'A'.repeat(86)];
  const part = { name: 'base/0-0.ndjson.gz', size: 1, sha256: 'a'.repeat(64) };
  const stands = { by, sig, marks: ['a'.repeat(16)], ...over };
  return says(name, { bases: [{ by, sig, parts: [part] }], stands }, code);
};

const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);

export const manifests: Category = {
  versions: [
    says('a format of the future', { version: 99, minReader: 99 }, 'newer'),
    says(
      'a format of the future in other words',
      { version: 9, minReader: 9, all: 'new' },
      'newer',
    ),
    says('no version', { version: 0 }),
    says('half a version', { version: 1.5 }),
    says('a version in words', { version: '2' }),
    says('the first format with keys of the second', { version: 1 }),
    says('the second format with a key of the third', { version: 2 }),
    says('another program', { format: 'other-exchange' }, 'notHoldfast'),
  ],
  manifest: [
    reads('a key twice', 'notHoldfast', (t) => t.replace('"to":', '"to":"x","to":')),
    reads('hidden spaces', 'notHoldfast', (t) => t.replace('{', '{ ')),
    reads('__proto__', 'manifest', (t) => t.replace('"kinds":{', '"kinds":{"__proto__":1,')),
    reads('constructor as a kind', 'manifest', (t) =>
      t.replace('"kinds":{', '"kinds":{"constructor":1,'),
    ),
    reads('nested two hundred thousand deep', 'notHoldfast', (t) =>
      t.replace('"wants":[]', `"wants":${deep(200_000)}`),
    ),
    reads('seventeen megabytes', 'bomb', (t) => t.padEnd(17 * 1024 * 1024, ' ')),
    reads('not JSON', 'notHoldfast', () => 'manifest'),
    reads('only null', 'notHoldfast', () => 'null'),
    made('not UTF-8', 'notHoldfast', (parts) => ({
      ...parts,
      entries: parts.entries,
      manifest: { format: '\ud800' },
    })),
    says('a key too many', { extra: 1 }),
    says('an id that climbs', { id: '../../x' }),
    says('a role that does not exist', { from: { replica: 'a-0', name: '', role: 'root' } }),
    says('a name with NUL', { organisation: 'a\0b' }),
    says('a name of a megabyte', { organisation: 'a'.repeat(1_000_000) }),
    says('a vector with toString', { have: { toString: 1 } }),
    says('a vector below zero', { have: { 'a-0': -1 } }),
    says('content of which there is no count', { tips: { 'nobody-0': 'a'.repeat(64) } }),
    says('content under __proto__', { tips: JSON.parse('{"__proto__":"x"}') as Json }),
    says('content without end', {
      have: { 'a-0': 1 },
      segments: [],
      tips: { 'a-0': Array.from({ length: 17 }, () => 'a'.repeat(64)) },
    }),
    says('content in a list', { tips: ['a'.repeat(64)] }),
    made('content that is no hash', 'manifest', (parts) => ({
      ...parts,
      manifest: {
        ...parts.manifest,
        tips: Object.fromEntries(
          Object.keys(parts.manifest.have as Json).map((r) => [r, ['../x']]),
        ),
      },
    })),
    made(
      'a format without content',
      'manifest',
      ({ manifest: { tips: _tips, ...manifest }, ...rest }) => ({
        ...rest,
        manifest,
      }),
    ),
    says('a word about bases in a file without any', {
      stands: { by: 'a', sig: 'A'.repeat(86), marks: [] },
    }),
    withBase('a mark that is none', { marks: ['a'.repeat(64)] }),
    withBase('marks in an object', { marks: { 0: 'a'.repeat(16) } }),
    withBase('marks without end', {
      marks: Array.from({ length: 250_001 }, () => 'a'.repeat(16)),
    }),
    withBase('a base that is not inside', {}, 'entries'),
    withBase('marks under no signature', { sig: 'x' }),
    withBase('marks of nobody', { by: '../x' }),
    says('a date out of time', { createdAt: 1e300 }),
    says('a receipt with changes in it', { type: 'receipt' }),
    says('a type that answers for itself', { type: { toString: 1 } }),
    says('a seal that answers for itself', { seal: { toString: 1 } }),
    says('wishes without end', { wants: Array.from({ length: 50_001 }, () => 'a'.repeat(64)) }),
    made('segments that overlap', 'manifest', (parts) => {
      const one = first(parts.manifest.segments);
      return { ...parts, manifest: { ...parts.manifest, segments: [one, one] } };
    }),
    made('more changes than the sender has', 'manifest', (parts) => ({
      ...parts,
      manifest: { ...parts.manifest, have: { 'a-0': 1 } },
    })),
    made('a segment larger than any', 'manifest', (parts) => ({
      ...parts,
      manifest: {
        ...parts.manifest,
        segments: [{ ...first(parts.manifest.segments), size: 2 ** 40 }],
      },
    })),
    made('a segment under another name', 'manifest', (parts) => ({
      ...parts,
      manifest: {
        ...parts.manifest,
        segments: [{ ...first(parts.manifest.segments), name: 'segments/../../x' }],
      },
    })),
    says('a base that is none', { bases: [{ by: 'x', sig: 'y', parts: [] }] }),
  ],
  attachments: [
    made('bytes of another hash', 'hash', (parts) => ({
      ...parts,
      entries: parts.entries.map((each) =>
        each.name.startsWith('blobs/')
          ? { ...each, bytes: each.bytes.map((byte) => byte ^ 1) }
          : each,
      ),
    })),
    made('an attachment that is not there', 'entries', (parts) => ({
      ...parts,
      entries: parts.entries.filter(({ name }) => !name.startsWith('blobs/')),
    })),
    made('a size that is not its own', 'entries', (parts) => ({
      ...parts,
      manifest: { ...parts.manifest, blobs: [{ ...first(parts.manifest.blobs), size: 1 }] },
    })),
    says('an attachment larger than any', { blobs: [{ sha256: 'a'.repeat(64), size: 2 ** 40 }] }),
    says('an attachment whose name climbs', { blobs: [{ sha256: '../../x', size: 1 }] }),
    made('the same attachment twice', 'manifest', (parts) => {
      const one = first(parts.manifest.blobs);
      return { ...parts, manifest: { ...parts.manifest, blobs: [one, one] } };
    }),
  ],
  extract: [
    made('an extract is no part of a log', 'extractHere', async (parts) =>
      extractOf(parts, await encodeExtract([{ k: 'ci', id: 'a', f: { name: 'x' } }], webCodec)),
    ),
    made('an extract with changes in it', 'manifest', async (parts) => {
      const made2 = await extractOf(parts, await encodeExtract([], webCodec));
      return { ...made2, manifest: { ...made2.manifest, segments: parts.manifest.segments } };
    }),
    made('an extract of which nothing is said', 'manifest', async (parts) => {
      const made2 = await extractOf(parts, await encodeExtract([], webCodec));
      return { ...made2, manifest: { ...made2.manifest, scope: null } };
    }),
    made('an extract with __proto__', 'segment', async (parts) =>
      extractOf(
        parts,
        await webCodec.gzip(
          encode('{"holdfast":"extract","v":1}\n{"k":"ci","id":"a","f":{"__proto__":1}}\n'),
        ),
      ),
    ),
    made('an extract that swells', 'bomb', async (parts) =>
      extractOf(parts, await webCodec.gzip(new Uint8Array(130 * 1024 * 1024))),
    ),
  ],
};
