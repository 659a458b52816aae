/**
 * Reading a manifest that a stranger may have written.
 *
 * Version rule: `version` is the format that the writer speaks, `minReader` the oldest format that
 * reads the file rightly. A file with `minReader` above ours is left alone as a whole. Keys we do
 * not know are refused in our own version and tolerated in a later one that says we may read it.
 */
import type { Vector } from '../log/vector';
import { seen } from '../log/vector';
import { ok, refuse, type Result } from '../result';
import { isSignature } from '../trust/device';
import { isSignedRoster } from '../trust/roster';
import {
  MAX_BASE_PARTS,
  MAX_BASES,
  MAX_BLOB,
  MAX_BLOBS,
  MAX_ENTRIES,
  MAX_SAME,
  MAX_SEGMENT_PACKED,
  MAX_STANDS,
  MAX_WANTS,
} from './limits';
import {
  baseName,
  FORMAT,
  FORMAT_VERSION,
  MEMBERS_FORMAT,
  segmentName,
  type BlobEntry,
  type Manifest,
  type SealKind,
  type SegmentEntry,
} from './manifest';
import {
  hasKeys,
  isCount,
  isFileId,
  isKindName,
  isObject,
  isRecordId,
  isReplica,
  isSha256,
  isText,
  isVector,
  parseExact,
  type Json,
} from './strict';

const TYPES: readonly string[] = ['snapshot', 'delta', 'receipt', 'extract', 'archive'];

const KEYS =
  'format version minReader id createdAt organisation from to type chain have segments blobs kinds'.split(
    ' ',
  );
const LATER_KEYS = 'seal recipients roster wants bases scope extract'.split(' ');
/** What the second format leaves unsaid, and what the first one. */
const SECOND_FORMAT = { tips: {}, stands: null } as const;
const LATEST_KEYS = Object.keys(SECOND_FORMAT);
const FIRST_FORMAT = {
  ...SECOND_FORMAT,
  seal: 'passphrase',
  recipients: [],
  roster: null,
  wants: [],
  bases: [],
  scope: null,
  extract: null,
} as const;
const SEALS: readonly SealKind[] = ['recipients', 'passphrase', 'clear'];
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
  if (value.version === 1) {
    const fault = hasKeys(value, KEYS) ? faultIn({ ...value, ...FIRST_FORMAT }, true) : 'keys';
    if (!fault && (value.blobs as readonly unknown[]).length > 0) return wrong('blobs');
    return fault ? wrong(fault) : ok({ ...value, ...FIRST_FORMAT } as unknown as Manifest);
  }
  if (value.version === MEMBERS_FORMAT) {
    const known = hasKeys(value, [...KEYS, ...LATER_KEYS]);
    const fault = known ? faultIn({ ...value, ...SECOND_FORMAT }, true) : 'keys';
    return fault ? wrong(fault) : ok({ ...value, ...SECOND_FORMAT } as unknown as Manifest);
  }
  const fault = faultIn(value, value.version === FORMAT_VERSION);
  return fault ? wrong(fault) : ok(value as unknown as Manifest);
}

const wrong = (part: string) => refuse('exchange.manifest', { part });

/** Name of the first part that is wrong. */
function faultIn(value: Json, exact: boolean): string | undefined {
  const shape = (part: unknown, keys: readonly string[]): part is Json =>
    isObject(part) && hasKeys(part, keys, exact ? [] : Object.keys(part));
  const { from, chain, segments, have, kinds } = value;
  if (!shape(value, [...KEYS, ...LATER_KEYS, ...LATEST_KEYS])) return 'keys';
  if (!isFileId(value.id)) return 'id';
  if (!isCount(value.createdAt)) return 'createdAt';
  if (!isText(value.organisation, 500)) return 'organisation';
  if (!shape(from, ['replica', 'name', 'role'])) return 'from';
  if (!isReplica(from.replica) || !isText(from.name, 500)) return 'from';
  if (from.role !== 'hq' && from.role !== 'site') return 'from';
  if (value.to !== null && !isReplica(value.to)) return 'to';
  if (!TYPES.some((type) => type === value.type)) return 'type';
  if (!shape(chain, ['number', 'previous']) || !isCount(chain.number)) return 'chain';
  if (chain.previous !== null && !isFileId(chain.previous)) return 'chain';
  if (!isVector(have)) return 'have';
  if (!areTips(value.tips, have)) return 'tips';
  if (!areBlobs(value.blobs, shape)) return 'blobs';
  if (!isObject(kinds)) return 'kinds';
  if (!Object.entries(kinds).every(([k, v]) => isKindName(k) && isCount(v, 1))) return 'kinds';
  if (!Array.isArray(segments) || segments.length > MAX_ENTRIES) return 'segments';
  if (!segments.every((s: unknown) => isShapedSegment(s, exact) && isSegmentEntry(s, have))) {
    return 'segments';
  }
  const bare = value.type === 'receipt' || value.type === 'extract';
  if (bare && segments.length > 0) return 'type';
  if (bare && Array.isArray(value.bases) && value.bases.length > 0) return 'type';
  if (!inOrder(segments as readonly SegmentEntry[])) return 'segments';
  return faultInLater(value, shape);
}

const MARK = /^[0-9a-f]{16}$/;
const areStands = ({ stands, bases }: Json, shape: Shape): boolean =>
  stands === null ||
  (shape(stands, ['by', 'sig', 'marks']) &&
    isReplica(stands.by) &&
    isSignature(stands.sig) &&
    (bases as readonly unknown[]).length > 0 &&
    Array.isArray(stands.marks) &&
    stands.marks.length <= MAX_STANDS &&
    stands.marks.every((each) => typeof each === 'string' && MARK.test(each)));

/** Each of a replica that the receipt speaks of. */
const areTips = (value: unknown, have: Vector): boolean =>
  isObject(value) &&
  Object.entries(value).every(
    ([replica, tips]) =>
      Object.hasOwn(have, replica) &&
      Array.isArray(tips) &&
      tips.length > 0 &&
      tips.length <= MAX_SAME &&
      tips.every((tip) => isSha256(tip)),
  );

type Shape = (part: unknown, keys: readonly string[]) => part is Json;

/** The parts that came with format 2. */
function faultInLater(value: Json, shape: Shape): string | undefined {
  const { recipients, wants, scope, extract } = value;
  if (!SEALS.some((seal) => seal === value.seal)) return 'seal';
  if (!Array.isArray(recipients) || recipients.length > MAX_ENTRIES) return 'recipients';
  if (!recipients.every((each) => isReplica(each))) return 'recipients';
  if (value.roster !== null && !isSignedRoster(value.roster)) return 'roster';
  if (!Array.isArray(wants) || wants.length > MAX_WANTS) return 'wants';
  if (!wants.every((each) => isSha256(each))) return 'wants';
  if (!areBases(value.bases, shape)) return 'bases';
  if (!areStands(value, shape)) return 'stands';
  const isExtract = value.type === 'extract';
  if (isExtract !== (extract !== null) || isExtract !== (scope !== null)) return 'extract';
  if (!isExtract) return undefined;
  if (!shape(scope, ['kinds', 'sites', 'withoutPrivate'])) return 'scope';
  if (typeof scope.withoutPrivate !== 'boolean') return 'scope';
  if (!isNames(scope.kinds, isKindName) || !isNames(scope.sites, isRecordId)) return 'scope';
  if (!shape(extract, ['size', 'sha256', 'records'])) return 'extract';
  const sound =
    isCount(extract.size, 1) &&
    extract.size <= MAX_SEGMENT_PACKED &&
    isSha256(extract.sha256) &&
    isCount(extract.records);
  return sound ? undefined : 'extract';
}

const isNames = (value: unknown, isName: (name: unknown) => boolean): boolean =>
  value === null || (Array.isArray(value) && value.length <= MAX_ENTRIES && value.every(isName));

const areBases = (value: unknown, shape: Shape): boolean =>
  Array.isArray(value) &&
  value.length <= MAX_BASES &&
  value.every(
    (base: unknown, i) =>
      shape(base, ['by', 'sig', 'parts']) &&
      isReplica(base.by) &&
      isSignature(base.sig) &&
      Array.isArray(base.parts) &&
      base.parts.length > 0 &&
      base.parts.length <= MAX_BASE_PARTS + 1 &&
      base.parts.every((part: unknown, n) => isBasePart(part, baseName(i, n), shape)),
  );

const isBasePart = (part: unknown, name: string, shape: Shape): boolean =>
  shape(part, ['name', 'size', 'sha256']) &&
  part.name === name &&
  isCount(part.size, 1) &&
  part.size <= MAX_SEGMENT_PACKED &&
  isSha256(part.sha256);

/** By hash, each once. */
const areBlobs = (value: unknown, shape: Shape): boolean =>
  Array.isArray(value) &&
  value.length <= MAX_BLOBS &&
  value.every(
    (blob: unknown, i) =>
      shape(blob, ['sha256', 'size']) &&
      isSha256(blob.sha256) &&
      isCount(blob.size) &&
      blob.size <= MAX_BLOB &&
      (i === 0 || (value[i - 1] as BlobEntry).sha256 < blob.sha256),
  );

const isShapedSegment = (value: unknown, exact: boolean): value is Json =>
  isObject(value) &&
  hasKeys(value, SEGMENT_KEYS, exact ? ['sig'] : Object.keys(value)) &&
  (value.sig === undefined || isSignature(value.sig));

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
