/**
 * Sound files changed at random: as bytes on the way, and by an enrolled author inside, hashed and
 * signed again so that the checks behind are reached.
 */
import { webCodec } from '../../renderer/exchange/webCodec';
import { segmentMessage } from '../../shared/trust/messages';
import { encode, packed, partsOf, signed, tar, type Json, type Victim } from './forger';

export const LAYERS = [
  'sealed bytes',
  'archive bytes',
  'manifest, signed again',
  'signature',
  'roster',
  'segment bytes, hashed and signed again',
  'segment lines, hashed and signed again',
  'entries exchanged, signed again',
] as const;
export type Layer = (typeof LAYERS)[number];

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

function mutatedBytes(random: Random, sound: Uint8Array): Uint8Array {
  for (;;) {
    const bytes = changedBytes(random, sound);
    if (bytes.length !== sound.length || bytes.some((byte, i) => byte !== sound[i])) return bytes;
  }
}

function changedBytes(random: Random, sound: Uint8Array): Uint8Array {
  const at = Math.floor(random() * sound.length);
  const length = 1 + Math.floor(random() * 40);
  const bytes = sound.slice();
  switch (Math.floor(random() * 6)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return bytes;
    case 1:
      return bytes.slice(0, at);
    case 2:
      return joined(bytes.slice(0, at), bytes.slice(at + length));
    case 3:
      return joined(bytes.slice(0, at), bytes.slice(at, at + length), bytes.slice(at));
    case 4:
      return bytes.fill(0, at, at + length);
    default:
      for (let i = at; i < at + length && i < bytes.length; i++) {
        bytes[i] = Math.floor(random() * 256);
      }
      return bytes;
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  2 ** 53,
  '',
  '__proto__',
  'constructor',
  '../../x',
  'a\0b',
  '\ud800',
  'x'.repeat(5000),
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { toString: 1 },
];

/** One place of the value, chosen at random, holds something else, is gone, or stands twice. */
function mutatedJson(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) return pick(random, ODD);
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    if (list.length === 0) return [pick(random, ODD)];
    const i = Math.floor(random() * list.length);
    const kind = random();
    if (kind < 0.2) return list.filter((_, at) => at !== i);
    if (kind < 0.4) return [...list, list[i]];
    return list.map((each, at) => (at === i ? mutatedJson(random, each) : each));
  }
  const entries = Object.entries(value);
  const [key, each] = pick(random, entries) ?? ['x', 1];
  const kind = random();
  if (kind < 0.15) return Object.fromEntries(entries.filter(([name]) => name !== key));
  if (kind < 0.25) return { ...value, [pick(random, ['extra', 'why', 'o', 'g'])]: each };
  return { ...value, [key]: mutatedJson(random, each) };
}

/** Odd values may stand there already. */
function mutatedText(random: Random, text: string): string {
  for (;;) {
    const changed = JSON.stringify(mutatedJson(random, JSON.parse(text)));
    if (changed !== text) return changed;
  }
}

const makers: Readonly<Record<Layer, (random: Random, v: Victim) => Promise<Uint8Array>>> = {
  'sealed bytes': async (random, { sealed }) => mutatedBytes(random, sealed),
  'archive bytes': async (random, { good }) => mutatedBytes(random, good),
  'manifest, signed again': async (random, { good, laptop }) => {
    const parts = partsOf(good);
    return packed({ ...parts, manifest: mutatedJson(random, parts.manifest) as Json }, laptop);
  },
  signature: async (random, { good, laptop }) => {
    const { manifest, entries } = partsOf(good);
    const head = encode(manifest);
    const sig = JSON.parse(new TextDecoder().decode(await signed(laptop, head))) as Json;
    const bytes =
      random() < 0.5 ? encode(mutatedJson(random, sig)) : mutatedBytes(random, encode(sig));
    return tar([
      { name: 'manifest.json', bytes: head },
      { name: 'manifest.sig', bytes },
      ...entries,
    ]);
  },
  roster: async (random, { good, laptop }) => {
    const parts = partsOf(good);
    const { text, sig } = parts.manifest.roster as { text: string; sig: string };
    const next =
      random() < 0.7
        ? { text: mutatedText(random, text), sig }
        : { text, sig: new TextDecoder().decode(mutatedBytes(random, encode(sig))) };
    return packed({ ...parts, manifest: { ...parts.manifest, roster: next } }, laptop);
  },
  'segment bytes, hashed and signed again': (random, victim) =>
    segmentAnew(victim, async (bytes) => mutatedBytes(random, bytes)),
  'segment lines, hashed and signed again': (random, victim) =>
    segmentAnew(victim, async (bytes) => {
      const unpacked = await webCodec.gunzip(bytes, 1_000_000);
      const text = unpacked.ok ? (webCodec.decode(unpacked.value) ?? '') : '';
      const lines = text.trimEnd().split('\n');
      const i = Math.floor(random() * lines.length);
      const next = lines.map((line, at) =>
        at === i ? JSON.stringify(mutatedJson(random, JSON.parse(line))) : line,
      );
      return webCodec.gzip(encode(`${next.join('\n')}\n`));
    }),
  'entries exchanged, signed again': async (random, { good, laptop }) => {
    const { manifest, entries } = partsOf(good);
    const [one, two] = [pick(random, entries), pick(random, entries)];
    const kind = random();
    const next =
      kind < 0.4
        ? entries.map((each) => (each === one ? { ...each, bytes: two.bytes } : each))
        : kind < 0.7
          ? entries.map((each) => (each === one ? { ...each, name: two.name } : each))
          : [...entries, one];
    return packed({ manifest, entries: next }, laptop);
  },
};

/** The first segment of the sound file with other bytes, and a manifest that tells the truth of them. */
async function segmentAnew(
  { good, laptop }: Victim,
  change: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const parts = partsOf(good);
  const segments = parts.manifest.segments as Json[];
  const [first, ...others] = parts.entries;
  if (!first) throw new Error('a segment');
  const bytes = await change(first.bytes);
  const sha256 = await webCodec.sha256(bytes);
  const sig = await laptop.vault.trust.sign(segmentMessage(sha256));
  const listed = segments.map((each, i) =>
    i === 0 ? { ...each, size: bytes.length, sha256, sig } : each,
  );
  return packed(
    {
      manifest: { ...parts.manifest, segments: listed },
      entries: [{ ...first, bytes }, ...others],
    },
    laptop,
  );
}

export const mutate = (layer: Layer, random: Random, victim: Victim): Promise<Uint8Array> =>
  makers[layer](random, victim);
