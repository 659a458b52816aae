/**
 * A segment: a sealed run of changes of one author replica, without holes. The same bytes lie on
 * disk and travel in files, and are relayed as they came. gzip of NDJSON: a header line, then one
 * change per line, so that `zcat` reads it for as long as there are computers.
 */
import type { Change, ReplicaId } from '../log/change';
import { ok, refuse, type Result } from '../result';
import type { Codec } from './codec';
import { asChange } from './envelope';
import { MAX_LINE, MAX_SEGMENT, MAX_SEGMENT_PACKED } from './limits';
import { createPlainLine } from './plainLines';
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
}

/** Every line has been looked at. */
export interface CheckedSegment {
  readonly header: SegmentHeader;
  /** The header line and the changes. */
  readonly text: string;
  /** The same as inflated. */
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
 * Unpacks and checks every line, and makes nothing of them yet: `changesIn` does. Refusals:
 * `exchange.damaged` (no gzip, no text), `exchange.bomb` (too large), `exchange.newer` (a later segment
 * format), `exchange.segment` with `line` (1 is the header) for anything that this program would not
 * have written.
 */
export async function checkSegment(
  bytes: Uint8Array,
  codec: Codec,
): Promise<Result<CheckedSegment>> {
  if (bytes.length > MAX_SEGMENT_PACKED) return refuse('exchange.bomb');
  const unpacked = await codec.gunzip(bytes, MAX_SEGMENT);
  if (!unpacked.ok) return unpacked;
  const lines = unpacked.value;
  const text = codec.decode(lines);
  if (text === undefined || !text.endsWith('\n')) return refuse('exchange.damaged');
  const header = checkLines(lines, codec);
  return header.ok ? ok({ header: header.value, text, lines }) : header;
}

/** The same, with its changes. */
export async function decodeSegment(
  bytes: Uint8Array,
  codec: Codec,
): Promise<Result<DecodedSegment>> {
  const checked = await checkSegment(bytes, codec);
  if (!checked.ok) return checked;
  const { header, text } = checked.value;
  return ok({ header, changes: changesIn(text) });
}

/** Of lines that `checkSegment` has looked at: the first one is the header. */
export function changesIn(text: string): readonly Change[] {
  const changes: Change[] = [];
  let at = text.indexOf('\n') + 1;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    changes.push(JSON.parse(text.slice(at, end)) as Change);
    at = end + 1;
  }
  return changes;
}

function checkLines(bytes: Uint8Array, codec: Codec): Result<SegmentHeader> {
  let end = bytes.indexOf(NEWLINE);
  const first = lineIn(bytes, 0, end, codec);
  const head = first === undefined ? wrong(1) : asHeader(first);
  if (!head.ok) return head;
  const { r, from, to } = head.value;
  const plain = createPlainLine(r, (part) => codec.decode(part));
  let line = 2;
  for (let s = from; s <= to; s++, line++) {
    const start = end + 1;
    if (start >= bytes.length) return wrong(line);
    end = plain(bytes, start, s);
    if (end >= 0) continue;
    end = bytes.indexOf(NEWLINE, start);
    const change = asChange(parseExact(lineIn(bytes, start, end, codec) ?? ''));
    if (change?.r !== r || change.s !== s) return wrong(line);
  }
  return end + 1 === bytes.length ? head : wrong(line);
}

/** Undefined: too long. */
function lineIn(bytes: Uint8Array, start: number, end: number, codec: Codec): string | undefined {
  const text = codec.decode(bytes.subarray(start, end)) ?? '';
  return text.length > MAX_LINE ? undefined : text;
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
