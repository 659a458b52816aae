/**
 * A segment: a sealed run of changes of one author replica, without holes. The same bytes lie on
 * disk and travel in files, and are relayed as they came. gzip of NDJSON: a header line, then one
 * change per line, so that `zcat` reads it for as long as there are computers.
 */
import type { Change, ReplicaId } from '../log/change';
import { ok, refuse, type Result } from '../result';
import type { Codec } from './codec';
import { asChange } from './envelope';
import { keysIfExact, keysIn } from './exactLines';
import { MAX_LINE, MAX_SEGMENT, MAX_SEGMENT_PACKED } from './limits';
import { hasKeys, isCount, isObject, isReplica, isSha256, parseExact } from './strict';

/** A sealed run of changes of one replica: the same bytes on disk and in a file. */
export interface Segment {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  /** gzip of NDJSON: a header line, then one change per line. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, lower-case hex. */
  readonly sha256: string;
  /** The author's Ed25519 signature over `segmentMessage(sha256)`; none before it had keys. */
  readonly sig?: string;
}

/** First line of a segment. */
export interface SegmentHeader {
  readonly holdfast: 'segment';
  readonly v: 1;
  readonly r: ReplicaId;
  /** First and last sequence inside. */
  readonly from: number;
  readonly to: number;
  /** SHA-256 of the same replica's previous segment: the author's chain. Null for the first. */
  readonly prev: string | null;
}

export interface DecodedSegment {
  readonly header: SegmentHeader;
  readonly changes: readonly Change[];
  /** As inflated: the header line and the changes, all looked at. */
  readonly lines: Uint8Array;
}

/**
 * Changes to seal together at most: keeps a segment far from its limits and a relay cheap. Longer
 * runs become several segments.
 */
export const SEAL_AT = 10_000;

/**
 * Packs changes of one replica, in sequence. `previous` is the SHA-256 of the segment before.
 * Throws for an empty run, a hole or two replicas, which are bugs of the caller.
 */
export async function encodeSegment(
  changes: readonly Change[],
  previous: string | undefined,
  codec: Codec,
): Promise<Segment> {
  const first = changes[0];
  const last = changes.at(-1);
  if (!first || !last) throw new Error('a segment without changes');
  changes.forEach((change, i) => {
    if (change.r !== first.r) throw new Error(`segment of ${first.r} and ${change.r}`);
    if (change.s !== first.s + i) throw new Error(`hole in a segment before ${change.s}`);
  });
  const header: SegmentHeader = {
    holdfast: 'segment',
    v: 1,
    r: first.r,
    from: first.s,
    to: last.s,
    prev: previous ?? null,
  };
  const lines = [header, ...changes].map((line) => JSON.stringify(line));
  const bytes = await codec.gzip(codec.encode(`${lines.join('\n')}\n`));
  const sha256 = await codec.sha256(bytes);
  return { replica: first.r, from: first.s, to: last.s, bytes, sha256 };
}

/**
 * Unpacks and checks every line. Refusals: `exchange.damaged` (no gzip, no text), `exchange.bomb`
 * (too large), `exchange.newer` (a later segment format), `exchange.segment` with `line` (1 is the
 * header) for anything that this program would not have written.
 */
export async function decodeSegment(
  bytes: Uint8Array,
  codec: Codec,
): Promise<Result<DecodedSegment>> {
  if (bytes.length > MAX_SEGMENT_PACKED) return refuse('exchange.bomb');
  const unpacked = await codec.gunzip(bytes, MAX_SEGMENT);
  if (!unpacked.ok) return unpacked;
  const text = codec.decode(unpacked.value);
  if (text === undefined || !text.endsWith('\n')) return refuse('exchange.damaged');
  const parsed = parseQuickly(text, unpacked.value) ?? parseSegment(text);
  return parsed.ok ? ok({ ...parsed.value, lines: unpacked.value }) : parsed;
}

/**
 * What `parseSegment` gives, in half the time, for segments as this program writes them. Undefined:
 * look closely, for whatever is wrong is to be named by its line.
 */
function parseQuickly(
  text: string,
  bytes: Uint8Array,
): Result<Omit<DecodedSegment, 'lines'>> | undefined {
  let at = text.indexOf('\n');
  const head = at > MAX_LINE ? wrong(1) : asHeader(text.slice(0, at));
  const written = keysIfExact(bytes, bytes.indexOf(NEWLINE));
  if (!head.ok || written < 0) return undefined;
  const { r, from, to } = head.value;
  const changes: Change[] = [];
  let keys = 0;
  while (at + 1 < text.length) {
    const end = text.indexOf('\n', at + 1);
    const change = end - at > MAX_LINE ? undefined : quickChange(text.slice(at + 1, end));
    if (!change || change.r !== r || change.s !== from + changes.length) return undefined;
    keys += keysIn(change);
    changes.push(change);
    at = end;
  }
  const sound = keys === written && changes.length === to - from + 1;
  return sound ? ok({ header: head.value, changes }) : undefined;
}

function quickChange(line: string): Change | undefined {
  try {
    // Strict UTF-8 without any \u escape holds neither NUL nor lone surrogates.
    return asChange(JSON.parse(line), true);
  } catch {
    return undefined;
  }
}

function parseSegment(text: string): Result<Omit<DecodedSegment, 'lines'>> {
  let at = text.indexOf('\n');
  if (at > MAX_LINE) return wrong(1);
  const head = asHeader(text.slice(0, at));
  if (!head.ok) return head;
  const header = head.value;
  const changes: Change[] = [];
  while (at + 1 < text.length) {
    const line = changes.length + 2;
    const end = text.indexOf('\n', at + 1);
    if (end - at > MAX_LINE || changes.length > header.to - header.from) return wrong(line);
    const change = asChange(parseExact(text.slice(at + 1, end)));
    if (!change) return wrong(line);
    if (change.r !== header.r || change.s !== header.from + changes.length) return wrong(line);
    changes.push(change);
    at = end;
  }
  if (changes.length !== header.to - header.from + 1) return wrong(changes.length + 2);
  return ok({ header, changes });
}

const NEWLINE = 0x0a;
const wrong = (line: number) => refuse('exchange.segment', { line });

function asHeader(line: string): Result<SegmentHeader> {
  const value = parseExact(line);
  if (!isObject(value) || value.holdfast !== 'segment') return wrong(1);
  if (isCount(value.v, 2)) return refuse('exchange.newer');
  const sound =
    value.v === 1 &&
    hasKeys(value, ['holdfast', 'v', 'r', 'from', 'to', 'prev']) &&
    isReplica(value.r) &&
    isCount(value.from, 1) &&
    isCount(value.to, value.from) &&
    (value.prev === null || isSha256(value.prev));
  return sound ? ok(value as unknown as SegmentHeader) : wrong(1);
}
