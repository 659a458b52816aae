/**
 * A base: state that headquarters signed in place of the changes that led to it. A head, which names
 * the version vector and the hash of every part, and parts with about 10,000 records each, all gzip
 * of NDJSON. The signature covers the head.
 */
import { isClock } from './envelope';
import type { Dot, ReplicaId } from '../log/change';
import { parseDot } from '../log/change';
import type { BaseRow } from '../log/base';
import { covers, type Vector } from '../log/vector';
import { ok, refuse, type Result } from '../result';
import type { DeviceId } from '../trust/device';
import { baseMessage } from '../trust/messages';
import { certificateOf, isActive, type Anchor, type Roster } from '../trust/roster';
import type { Codec } from './codec';
import { MAX_BASE_PARTS, MAX_LINE, MAX_MANIFEST, MAX_SEGMENT } from './limits';
import {
  hasKeys,
  isCount,
  isDot,
  isFieldName,
  isKindName,
  isObject,
  isRecordId,
  isReplica,
  isSha256,
  isValue,
  isVector,
  parseExact,
} from './strict';

export interface PartBytes {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** A base as it is kept and travels. */
export interface BaseFile {
  readonly by: DeviceId;
  /** Over `baseMessage` of the head's SHA-256. */
  readonly sig: string;
  /** Every change up to there is in it. */
  readonly have: Vector;
  /** The head first. */
  readonly parts: readonly PartBytes[];
}

export interface BaseHead {
  readonly holdfast: 'base';
  readonly v: 1;
  readonly have: Vector;
  /** Per replica of `have`, the last segment in it, where the next one must link to. */
  readonly tips: Readonly<Record<ReplicaId, Anchor>>;
  readonly parts: readonly { readonly sha256: string; readonly records: number }[];
}

/** A base of which every line was looked at. */
export interface OpenBase {
  readonly file: BaseFile;
  readonly head: BaseHead;
  readonly rows: readonly BaseRow[];
  /** Bytes after inflating. */
  readonly unpacked: number;
}

/** Records in a part at most: keeps it far from its limits. */
export const PART_RECORDS = 10_000;
/** Lines turned into text between two breaths. */
const SLICE = 1000;

export interface EncodeBase {
  readonly have: Vector;
  readonly tips: BaseHead['tips'];
  readonly rows: readonly BaseRow[];
  readonly codec: Codec;
  /** Called now and then, so that a page stays alive. */
  readonly breathe?: (done: number, total: number) => Promise<void>;
}

/** The same state gives the same bytes. The head first; it is still to be signed. */
export async function encodeBase(input: EncodeBase): Promise<readonly PartBytes[]> {
  const { codec, breathe = () => Promise.resolve() } = input;
  const rows = input.rows.toSorted(byKindAndId);
  const parts: PartBytes[] = [];
  const counts: { sha256: string; records: number }[] = [];
  for (let at = 0; at < rows.length; at += PART_RECORDS) {
    const end = Math.min(at + PART_RECORDS, rows.length);
    const slices: string[] = [];
    for (let from = at; from < end; from += SLICE) {
      const lines = rows.slice(from, Math.min(from + SLICE, end)).map((row) => JSON.stringify(row));
      slices.push(`${lines.join('\n')}\n`);
      await breathe(from, rows.length);
    }
    const part = await packed(slices.join(''), codec);
    parts.push(part);
    counts.push({ sha256: part.sha256, records: end - at });
  }
  const head: BaseHead = {
    holdfast: 'base',
    v: 1,
    have: sortedKeys(input.have),
    tips: sortedKeys(input.tips),
    parts: counts,
  };
  return [await packed(`${JSON.stringify(head)}\n`, codec), ...parts];
}

async function packed(text: string, codec: Codec): Promise<PartBytes> {
  const bytes = await codec.gzip(codec.encode(text));
  return { bytes, sha256: await codec.sha256(bytes) };
}

const byKindAndId = (a: BaseRow, b: BaseRow): number =>
  a.k < b.k ? -1 : a.k > b.k ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

const sortedKeys = <T>(value: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Unpacks and checks every line. `parts` have been held against their own hashes. Refusals:
 * `exchange.damaged`, `exchange.bomb`, `exchange.newer` (a later form), `exchange.base` with the
 * `line` for anything that this program would not have written.
 */
export async function openBase(
  file: Omit<BaseFile, 'have'>,
  codec: Codec,
): Promise<Result<OpenBase>> {
  const [first, ...others] = file.parts;
  const head = await readHead(first?.bytes ?? new Uint8Array(), codec);
  if (!head.ok) return head;
  const { have, parts } = head.value;
  const listed =
    others.length === parts.length && others.every((part, i) => part.sha256 === parts[i]?.sha256);
  if (!listed) return wrong(1);
  const rows: BaseRow[] = [];
  let unpacked = 0;
  for (const [i, { bytes }] of others.entries()) {
    const lines = await linesOf(bytes, codec, MAX_SEGMENT);
    if (!lines.ok) return lines;
    unpacked += lines.value.bytes;
    if (lines.value.lines.length !== parts[i]?.records) return wrong(1);
    for (const line of lines.value.lines) {
      const row = line.length > MAX_LINE ? undefined : parseExact(line);
      if (!isBaseRow(row, have)) return wrong(rows.length + 1);
      const before = rows.at(-1);
      // Sorted, so that no record can stand in it twice.
      if (before && byKindAndId(before, row) >= 0) return wrong(rows.length + 1);
      rows.push(row);
    }
  }
  const { by, sig } = file;
  return ok({
    file: { by, sig, have, parts: file.parts },
    head: head.value,
    rows,
    unpacked,
  });
}

const wrong = (line: number) => refuse('exchange.base', { line });

async function readHead(bytes: Uint8Array, codec: Codec): Promise<Result<BaseHead>> {
  const read = await linesOf(bytes, codec, MAX_MANIFEST);
  if (!read.ok) return read;
  const [line, ...rest] = read.value.lines;
  const value = parseExact(line ?? '');
  if (!isObject(value) || value.holdfast !== 'base' || rest.length > 0) return wrong(1);
  if (isCount(value.v, 2)) return refuse('exchange.newer');
  const { have, tips, parts } = value;
  const sound =
    hasKeys(value, ['holdfast', 'v', 'have', 'tips', 'parts']) &&
    value.v === 1 &&
    isVector(have) &&
    isObject(tips) &&
    Object.keys(tips).length === Object.keys(have).length &&
    Object.entries(tips).every(
      ([replica, tip]) =>
        isReplica(replica) &&
        isObject(tip) &&
        hasKeys(tip, ['to', 'sha256']) &&
        isSha256(tip.sha256) &&
        tip.to === have[replica],
    ) &&
    Array.isArray(parts) &&
    parts.length <= MAX_BASE_PARTS &&
    parts.every(
      (part: unknown) =>
        isObject(part) &&
        hasKeys(part, ['sha256', 'records']) &&
        isSha256(part.sha256) &&
        isCount(part.records, 1),
    );
  return sound ? ok(value as unknown as BaseHead) : wrong(1);
}

async function linesOf(
  bytes: Uint8Array,
  codec: Codec,
  max: number,
): Promise<Result<{ readonly lines: readonly string[]; readonly bytes: number }>> {
  const unpacked = await codec.gunzip(bytes, max);
  if (!unpacked.ok) return unpacked;
  const text = codec.decode(unpacked.value);
  if (text === undefined || !text.endsWith('\n')) return refuse('exchange.damaged');
  return ok({ lines: text.slice(0, -1).split('\n'), bytes: unpacked.value.length });
}

const REQUIRED = ['k', 'kv', 'id', 's', 'f'];
const OPTIONAL = ['c', 'h', 'm', 'e'];

/** Nothing in it may come from beyond the base's vector, and no change may stand in a field twice. */
function isBaseRow(value: unknown, have: Vector): value is BaseRow {
  if (!isObject(value) || !hasKeys(value, REQUIRED, OPTIONAL)) return false;
  const { s, f, h = {}, m = {}, e = {} } = value;
  if (!isKindName(value.k) || !isCount(value.kv, 1) || !isRecordId(value.id)) return false;
  if (!Array.isArray(s) || !s.every((stamp: unknown) => isStamp(stamp, have))) return false;
  if (new Set(s.map(([dot]: readonly [Dot]) => dot)).size !== s.length) return false;
  if (value.c !== undefined && !isDot(value.c)) return false;
  const isPlace = (place: unknown): boolean => isCount(place) && place < s.length;
  if (!isObject(f) || !isObject(h) || !isObject(m) || !isObject(e)) return false;
  const single = Object.keys(f);
  return (
    single.every((field) => isFieldName(field) && isValue(f[field])) &&
    (single.length === 0 || s.length > 0) &&
    Object.entries(h).every(([field, place]) => Object.hasOwn(f, field) && isPlace(place)) &&
    Object.entries(m).every(
      ([field, heads]) =>
        isFieldName(field) &&
        !Object.hasOwn(f, field) &&
        Array.isArray(heads) &&
        heads.length > 1 &&
        heads.every(
          (head: unknown) =>
            Array.isArray(head) && head.length === 2 && isPlace(head[0]) && isValue(head[1]),
        ) &&
        new Set(heads.map(([place]: readonly [number]) => place)).size === heads.length,
    ) &&
    Object.entries(e).every(
      ([field, dots]) =>
        isFieldName(field) &&
        Array.isArray(dots) &&
        dots.length > 0 &&
        dots.every((dot: unknown) => isDot(dot) && !isWithin(dot, have)),
    )
  );
}

const isStamp = (value: unknown, have: Vector): boolean =>
  Array.isArray(value) &&
  value.length === 2 &&
  isDot(value[0]) &&
  isWithin(value[0], have) &&
  isClock(value[1]);

function isWithin(dot: Dot, have: Vector): boolean {
  const { r, s } = parseDot(dot);
  return covers(have, r, s);
}

/**
 * Whether to believe a base: it is as good as all the changes in it, so only headquarters may vouch
 * for one. On a device that belongs to no organisation there is nobody to ask, and everything may.
 */
export async function isVouchedFor(
  base: Pick<BaseFile, 'by' | 'sig' | 'parts'>,
  roster: Roster | undefined,
  codec: Pick<Codec, 'verify'>,
): Promise<boolean> {
  return isWordOfHeadquarters(base, baseMessage(base.parts[0]?.sha256 ?? ''), roster, codec);
}

/** Signed by an active headquarters; without a roster there is nobody to ask. */
export async function isWordOfHeadquarters(
  { by, sig }: Pick<BaseFile, 'by' | 'sig'>,
  message: string,
  roster: Roster | undefined,
  codec: Pick<Codec, 'verify'>,
): Promise<boolean> {
  if (!roster) return true;
  const key = certificateOf(roster, by)?.keys.sign ?? '';
  return isActiveHeadquarters(roster, by) && codec.verify(key, sig, message);
}

export const isActiveHeadquarters = (roster: Roster | undefined, device: DeviceId): boolean =>
  certificateOf(roster, device)?.role === 'hq' && isActive(roster, device);
