/** Opening segments: hash-chained runs of changes, held against what was said about them and who signed. */
import type { Change } from '../log/change';
import { ok, refuse, type Result } from '../result';
import { deviceOf, type DeviceId, type PublicKeys } from '../trust/device';
import { segmentMessage } from '../trust/messages';
import { certificateOf, type Roster } from '../trust/roster';
import type { Proof } from '../trust/standing';
import type { Codec } from './codec';
import { MAX_UNPACKED } from './limits';
import type { SegmentEntry } from './manifest';
import { changesIn, checkSegment, type CheckedSegment, type Segment } from './segment';
import type { TarEntry } from './ustar';

/** A segment as it came, and what is in it. */
export interface OpenSegment {
  readonly segment: Segment;
  /** SHA-256 of its author's segment before, or null. */
  readonly prev: string | null;
  /** Empty where somebody else makes them of the lines. */
  readonly changes: readonly Change[];
  readonly proof: Proof;
}

export function withoutSignature({ sig: _sig, ...rest }: Segment): Segment {
  return rest;
}

/** As what is held is kept: without a signature that has turned out false since it came. */
export const asHeld = (kept: Segment, opened: Segment | undefined): Segment =>
  kept.sig !== undefined && opened && opened.sig === undefined ? opened : kept;

/** Whom this device trusts before it has looked at the file. */
export interface TrustContext {
  /** In force here; undefined on a device that belongs to no organisation yet. */
  readonly roster: Roster | undefined;
  /** This device; undefined before it has keys. */
  readonly self: { readonly device: DeviceId; readonly keys: PublicKeys } | undefined;
}

export const NO_TRUST: TrustContext = { roster: undefined, self: undefined };

/** Called with the bytes verified so far, and all of them. */
export type Progress = (done: number, total: number) => void;

/**
 * Makes changes of the lines of each segment, as soon as they have been looked at. A worker makes none
 * and hands the lines to the page, for which parsing them costs less than copying all the objects. Who
 * wrote them is still being checked meanwhile: nothing that cannot be thrown away may come of them.
 */
export type ReadLines = (segment: Segment, checked: CheckedSegment) => readonly Change[];

export const parseHere: ReadLines = (_, { text }) => changesIn(text);

export type KeyOf = (device: DeviceId) => string | undefined;

/** The key that a device must have signed with. */
export const keysBy =
  (roster: Roster | undefined, { self }: TrustContext): KeyOf =>
  (device) =>
    certificateOf(roster, device)?.keys.sign ??
    (self?.device === device ? self.keys.sign : undefined);

export interface OpeningOptions {
  /** Who wrote the file. */
  readonly sender: DeviceId;
  readonly onProgress: Progress;
  readonly read: ReadLines;
  /** `stopped`: nobody needs the result any more. */
  readonly work: { readonly stopped: boolean };
}

/**
 * A false signature of the sender refuses the file. One of somebody else's only proves nothing: whoever
 * passed it on may not have known the key, and what he wrote himself must not be refused with it.
 */
export async function openSegments(
  entries: readonly TarEntry[],
  listed: readonly SegmentEntry[],
  keyOf: KeyOf,
  codec: Codec,
  { sender, onProgress, read, work }: OpeningOptions,
): Promise<Result<readonly OpenSegment[]>> {
  const out: OpenSegment[] = [];
  const total = listed.reduce((sum, entry) => sum + entry.size, 0);
  let packed = 0;
  let unpacked = 0;
  for (const [i, { name, size, ...entry }] of listed.entries()) {
    if (work.stopped) break;
    const bytes = entries[i]?.bytes.slice() ?? new Uint8Array();
    const opened = await openWith({ ...entry, bytes }, keyOf, codec, read);
    if (!opened.ok) return opened;
    const { open, isForged, size: inflated } = opened.value;
    if (isForged && deviceOf(entry.replica) === sender) {
      return refuse('exchange.signature', { name });
    }
    const before = out.at(-1);
    const follows =
      before?.segment.replica === entry.replica && before.segment.to + 1 === entry.from;
    if (follows && open.prev !== before.segment.sha256) return refuse('exchange.chain', { name });
    unpacked += inflated;
    if (unpacked > MAX_UNPACKED) return refuse('exchange.bomb');
    packed += size;
    onProgress(packed, total);
    out.push(open);
  }
  return ok(out);
}

/**
 * Opens one segment of the inbox and holds it against what was said about it, and against the roster
 * as it is now; a signature that turns out false is none. Refusals: those of checkSegment.
 */
export async function openSegment(
  segment: Segment,
  codec: Codec,
  trust: TrustContext = NO_TRUST,
  read = parseHere,
): Promise<Result<OpenSegment>> {
  const opened = await openWith(segment, keysBy(trust.roster, trust), codec, read);
  return opened.ok ? ok(opened.value.open) : opened;
}

interface Opened {
  /** Without its signature where that is false. */
  readonly open: OpenSegment;
  readonly isForged: boolean;
  /** Bytes of the lines as inflated. */
  readonly size: number;
}

async function openWith(
  segment: Segment,
  keyOf: KeyOf,
  codec: Codec,
  read: ReadLines,
): Promise<Result<Opened>> {
  // The signature is over the packed bytes: it is checked while these are inflated.
  const proving = proofOf(segment, keyOf, codec);
  const checked = await checkSegment(segment.bytes, codec);
  if (!checked.ok) return checked;
  const { header, lines } = checked.value;
  const same =
    header.r === segment.replica && header.from === segment.from && header.to === segment.to;
  if (!same) return refuse('exchange.segment', { line: 1 });
  const size = lines.length;
  const changes = read(segment, checked.value);
  const proof = await proving;
  const { prev } = header;
  const open: OpenSegment = proof
    ? { segment, prev, changes, proof }
    : { segment: withoutSignature(segment), prev, changes, proof: 'unsigned' };
  return ok({ open, isForged: !proof, size });
}

/** Undefined: signed, but not by the key that its author has. */
async function proofOf(
  { replica, sha256, sig }: Segment,
  keyOf: KeyOf,
  codec: Codec,
): Promise<Proof | undefined> {
  if (sig === undefined) return 'unsigned';
  const key = keyOf(deviceOf(replica));
  if (key === undefined) return 'unknown';
  return (await codec.verify(key, sig, segmentMessage(sha256))) ? 'signed' : undefined;
}
