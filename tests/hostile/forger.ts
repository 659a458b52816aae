/**
 * An enrolled laptop whose holder means harm: it owns real keys, so whatever it packs is hashed and
 * signed as it should be, and the checks behind signatures and hashes are reached.
 */
import '../simulator/memoryDb';
import { keySigner } from '../../renderer/exchange/keys';
import { webCodec } from '../../renderer/exchange/webCodec';
import { segmentName } from '../../shared/exchange/manifest';
import { signManifest } from '../../shared/exchange/signature';
import { readUstar, writeUstar, type TarEntry } from '../../shared/exchange/ustar';
import { MAX_ENTRIES } from '../../shared/exchange/limits';
import { deviceOf } from '../../shared/trust/device';
import { segmentMessage } from '../../shared/trust/messages';
import { createMachine, must, peerAt, replicaOf, takeIn, writeFile } from '../simulator/machine';
import type { Machine } from '../simulator/machine';
import { enrol, found, setUp } from '../simulator/organisation';

export type Json = Record<string, unknown>;

export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Parts {
  manifest: Json;
  /** Segments, attachments and whatever else stands behind the signature. */
  entries: Entry[];
}

export interface Victim {
  readonly hq: Machine;
  readonly laptop: Machine;
  /** A device of another organisation, and one of none. */
  readonly foreigner: Machine;
  readonly stranger: Machine;
  /** A sound file of the laptop for headquarters, signed and not encrypted. */
  readonly good: Uint8Array;
  /** The same, as it is meant to travel: sealed for headquarters. */
  readonly sealed: Uint8Array;
  readonly replica: string;
  /** First free sequence number of the laptop. */
  readonly next: number;
  /** SHA-256 of its last segment at headquarters. */
  readonly tip: string;
}

const START = Date.UTC(2026, 10, 23, 8);
export const BYTES = 'bytes of an attachment';

/** Headquarters with a laptop that has something to send: changes and an attachment. */
export async function createVictim(): Promise<Victim> {
  const clock = { now: START };
  const [hq, laptop, foreigner, stranger] = await Promise.all(
    ['hq', 'aa', 'foreign', 'stranger'].map((name) => createMachine(name, clock)),
  );
  if (!hq || !laptop || !foreigner || !stranger) throw new Error('four machines');
  await setUp(hq, 'hq');
  await found(hq);
  await setUp(laptop, 'site');
  await enrol(hq, laptop);
  must(await takeIn(hq, must(await writeFile(laptop, peerAt(laptop, hq)))));
  await setUp(foreigner, 'hq');
  await found(foreigner);
  await setUp(stranger, 'site');
  const replica = replicaOf(laptop);
  const next = (laptop.vault.projection.have()[replica] ?? 0) + 1;
  const tip = (await hq.vault.exchange.here()).tips[replica]?.sha256 ?? '';
  const blob = must(await laptop.vault.blobs.put(new Blob([BYTES])));
  const of = laptop.vault.newId();
  must(
    await laptop.vault.commit([
      {
        do: 'create',
        kind: 'ci',
        id: of,
        fields: { name: 'core switch', description: '核心交换机' },
      },
      {
        do: 'create',
        kind: 'attachment',
        id: laptop.vault.newId(),
        fields: { of, name: 'photo', type: 'image/jpeg', ...blob },
      },
    ]),
  );
  const peer = peerAt(laptop, hq);
  const good = must(await writeFile(laptop, peer));
  const devices = [deviceOf(replicaOf(hq))];
  const sealed = must(await writeFile(laptop, peer, { seal: { kind: 'recipients', devices } }));
  return { hq, laptop, foreigner, stranger, good, sealed, replica, next, tip };
}

/** What a sound file consists of. */
export function partsOf(file: Uint8Array): Parts {
  const [head, , ...entries] = must(readUstar(file, MAX_ENTRIES, webCodec));
  const manifest = JSON.parse(webCodec.decode(head?.bytes ?? new Uint8Array()) ?? '{}') as Json;
  return { manifest, entries: entries.map(({ name, bytes }) => ({ name, bytes: bytes.slice() })) };
}

export const encode = (value: unknown): Uint8Array =>
  webCodec.encode(typeof value === 'string' ? value : JSON.stringify(value));

export const tar = (entries: readonly TarEntry[]): Uint8Array => writeUstar(entries, 0, webCodec);

/** Signed by the machine, as the sender whom the manifest names. */
export async function signed(by: Machine, head: Uint8Array): Promise<Uint8Array> {
  const key = by.vault.trust.signingKey();
  if (!key) throw new Error(`${by.name} has no keys`);
  return signManifest(head, keySigner(key), webCodec);
}

/** The parts as a file that is signed as it should be. */
export async function packed(
  { manifest, entries }: Parts,
  by: Machine,
  headText = JSON.stringify(manifest),
): Promise<Uint8Array> {
  const head = encode(headText);
  return tar([
    { name: 'manifest.json', bytes: head },
    { name: 'manifest.sig', bytes: await signed(by, head) },
    ...entries,
  ]);
}

/** A change as the laptop would write it next. */
export const lineOf = ({ replica, next }: Victim, over: Json = {}): Json => ({
  r: replica,
  s: next,
  t: [START, 0],
  by: 'person of aa',
  k: 'ci',
  kv: 1,
  id: 'ci00000000000001',
  f: { name: 'x' },
  ...over,
});

export interface SegmentForge {
  /** Lines after the header: values, or texts as they stand. */
  readonly lines?: readonly unknown[];
  readonly header?: Json;
  readonly prev?: string | null;
  readonly from?: number;
  readonly to?: number;
  /** In place of all text. */
  readonly text?: string;
  /** In place of everything, packed. */
  readonly bytes?: Uint8Array;
  /** Signs the segment; by default the laptop. */
  readonly by?: Machine | 'nobody';
}

export interface Forged {
  readonly entry: Entry;
  readonly listed: Json;
}

/** A segment of the laptop with true hash and true signature over whatever it holds. */
export async function segment(victim: Victim, forge: SegmentForge = {}): Promise<Forged> {
  const { replica, laptop } = victim;
  const from = forge.from ?? victim.next;
  const lines = forge.lines ?? [lineOf(victim)];
  const to = forge.to ?? from + lines.length - 1;
  const header = {
    holdfast: 'segment',
    v: 1,
    r: replica,
    from,
    to,
    prev: forge.prev === undefined ? victim.tip : forge.prev,
    ...forge.header,
  };
  const asText = (line: unknown) => (typeof line === 'string' ? line : JSON.stringify(line));
  const text = forge.text ?? `${[header, ...lines].map(asText).join('\n')}\n`;
  const bytes = forge.bytes ?? (await webCodec.gzip(encode(text)));
  const sha256 = await webCodec.sha256(bytes);
  const by = forge.by ?? laptop;
  const sig = by === 'nobody' ? undefined : await by.vault.trust.sign(segmentMessage(sha256));
  const name = segmentName({ replica, from, to });
  return {
    entry: { name, bytes },
    listed: { name, replica, from, to, size: bytes.length, sha256, ...(sig ? { sig } : {}) },
  };
}

/** A file of the laptop with those segments and nothing else. */
export async function withSegments(
  victim: Victim,
  forges: readonly SegmentForge[],
  over: Json = {},
): Promise<Uint8Array> {
  const { manifest } = partsOf(victim.good);
  const made = await Promise.all(forges.map((forge) => segment(victim, forge)));
  const top = Math.max(victim.next, ...made.map(({ listed }) => Number(listed.to)));
  const next: Json = {
    ...manifest,
    have: { ...(manifest.have as Json), [victim.replica]: top },
    segments: made.map(({ listed }) => listed),
    blobs: [],
    ...over,
  };
  return packed({ manifest: next, entries: made.map(({ entry }) => entry) }, victim.laptop);
}

/** A sound file whose manifest says something else; signed again. */
export const withManifest = (victim: Victim, over: Json): Promise<Uint8Array> => {
  const parts = partsOf(victim.good);
  return packed({ ...parts, manifest: { ...parts.manifest, ...over } }, victim.laptop);
};

/** Opens, verifies and plans as headquarters would, and says what came of it. */
export async function outcome(hq: Machine, bytes: Uint8Array): Promise<string> {
  const taken = await takeIn(hq, bytes);
  return taken.ok ? 'taken' : taken.refusal.code;
}
