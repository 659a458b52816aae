/**
 * The manifest: first entry of the archive, lists every other one. Format 1.
 *
 * Version rule: `version` is the format that the writer speaks, `minReader` the oldest format that
 * reads the file rightly. A file with `minReader` above ours is left alone as a whole. Keys we do
 * not know are refused in our own version and tolerated in a later one that says we may read it.
 */
import type { ReplicaId } from '../log/change';
import type { Vector } from '../log/vector';
import { seen } from '../log/vector';
import { ok, refuse, type Result } from '../result';
import { MAX_ENTRIES, MAX_SEGMENT_PACKED } from './limits';
import {
  hasKeys,
  isCount,
  isFileId,
  isKindName,
  isObject,
  isReplica,
  isSha256,
  isText,
  isVector,
  parseExact,
  type Json,
} from './strict';

export const FORMAT = 'holdfast-exchange';
/** The format this release writes, and the latest one it reads. */
export const FORMAT_VERSION = 1;

export type FileType = 'snapshot' | 'delta' | 'receipt';
export type Role = 'hq' | 'site';

export interface SegmentEntry {
  /** `segments/<replica>-<from>-<to>.ndjson.gz` */
  readonly name: string;
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
  /** Bytes, packed. */
  readonly size: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly minReader: number;
  /** Identity of the file. */
  readonly id: string;
  /** Milliseconds since 1970-01-01 UTC, by the sender's clock. */
  readonly createdAt: number;
  readonly organisation: string;
  readonly from: { readonly replica: ReplicaId; readonly name: string; readonly role: Role };
  /** Null: for a laptop that is not known yet. */
  readonly to: ReplicaId | null;
  readonly type: FileType;
  /** Number of the file among those from this sender to this receiver; 0 for a new laptop. */
  readonly chain: { readonly number: number; readonly previous: string | null };
  /** What the sender had: the receipt for everything up to there. */
  readonly have: Vector;
  readonly segments: readonly SegmentEntry[];
  /** Attachments; always empty in format 1. */
  readonly blobs: readonly [];
  /** Versions of the kinds as the sender knows them. */
  readonly kinds: Readonly<Record<string, number>>;
}

export const segmentName = (s: {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
}): string => `segments/${s.replica}-${s.from}-${s.to}.ndjson.gz`;

const KEYS =
  'format version minReader id createdAt organisation from to type chain have segments blobs kinds'.split(
    ' ',
  );
const SEGMENT_KEYS = ['name', 'replica', 'from', 'to', 'size', 'sha256'];

/**
 * Refusals: `exchange.notHoldfast` (another program's archive), `exchange.newer`,
 * `exchange.manifest` (contradicts itself or the format).
 */
export function parseManifest(text: string): Result<Manifest> {
  const value = parseExact(text);
  if (!isObject(value) || value.format !== FORMAT) return refuse('exchange.notHoldfast');
  if (!isCount(value.version, 1) || !isCount(value.minReader, 1)) return wrong('version');
  if (value.minReader > FORMAT_VERSION) return refuse('exchange.newer');
  const exact = value.version === FORMAT_VERSION;
  const fault = faultIn(value, exact);
  return fault ? wrong(fault) : ok(value as unknown as Manifest);
}

const wrong = (part: string) => refuse('exchange.manifest', { part });

/** Name of the first part that is wrong. */
function faultIn(value: Json, exact: boolean): string | undefined {
  const shape = (part: unknown, keys: readonly string[]): part is Json =>
    isObject(part) && hasKeys(part, keys, exact ? [] : Object.keys(part));
  const { from, chain, segments, have, kinds } = value;
  if (!shape(value, KEYS)) return 'keys';
  if (!isFileId(value.id)) return 'id';
  if (!isCount(value.createdAt)) return 'createdAt';
  if (!isText(value.organisation, 500)) return 'organisation';
  if (!shape(from, ['replica', 'name', 'role'])) return 'from';
  if (!isReplica(from.replica) || !isText(from.name, 500)) return 'from';
  if (from.role !== 'hq' && from.role !== 'site') return 'from';
  if (value.to !== null && !isReplica(value.to)) return 'to';
  if (!['snapshot', 'delta', 'receipt'].includes(String(value.type))) return 'type';
  if (!shape(chain, ['number', 'previous']) || !isCount(chain.number)) return 'chain';
  if (chain.previous !== null && !isFileId(chain.previous)) return 'chain';
  if (!isVector(have)) return 'have';
  if (!Array.isArray(value.blobs) || value.blobs.length > 0) return 'blobs';
  if (!isObject(kinds)) return 'kinds';
  if (!Object.entries(kinds).every(([k, v]) => isKindName(k) && isCount(v, 1))) return 'kinds';
  if (!Array.isArray(segments) || segments.length > MAX_ENTRIES) return 'segments';
  if (!segments.every((s: unknown) => shape(s, SEGMENT_KEYS) && isSegmentEntry(s, have))) {
    return 'segments';
  }
  if (value.type === 'receipt' && segments.length > 0) return 'type';
  return inOrder(segments as readonly SegmentEntry[]) ? undefined : 'segments';
}

function isSegmentEntry(s: Json, have: Vector): boolean {
  return (
    isReplica(s.replica) &&
    isCount(s.from, 1) &&
    isCount(s.to, s.from) &&
    s.to <= seen(have, s.replica) &&
    isCount(s.size, 1) &&
    s.size <= MAX_SEGMENT_PACKED &&
    isSha256(s.sha256) &&
    s.name === segmentName({ replica: s.replica, from: s.from, to: s.to })
  );
}

/** By replica, then by sequence, none touching another. */
const inOrder = (segments: readonly SegmentEntry[]): boolean =>
  segments.every((s, i) => {
    const before = segments[i - 1];
    if (!before) return true;
    return before.replica === s.replica ? before.to < s.from : before.replica < s.replica;
  });
