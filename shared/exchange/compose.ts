/** What goes into a file for a peer: the manifest, from what the peer is known to have. */
import type { ReplicaId } from '../log/change';
import { join, seen, type Vector } from '../log/vector';
import type { DeviceId } from '../trust/device';
import type { SignedRoster } from '../trust/roster';
import {
  FORMAT,
  FORMAT_VERSION,
  MEMBERS_FORMAT,
  baseName,
  segmentName,
  type BlobEntry,
  type FileType,
  type Manifest,
  type Role,
  type SealKind,
} from './manifest';
import type { BaseFile } from './base';
import { MAX_MANIFEST, MAX_SAME } from './limits';
import type { SegmentEnds } from './receipt';
import type { Segment } from './segment';
import type { Stands } from './stands';

export interface Compose {
  readonly id: string;
  readonly createdAt: number;
  readonly organisation: string;
  readonly from: { readonly replica: ReplicaId; readonly name: string; readonly role: Role };
  readonly to: ReplicaId | null;
  readonly snapshot: boolean;
  /** The last file written for this peer. */
  readonly lastOut: { readonly number: number; readonly id: string } | undefined;
  /** Signed state for a receiver that lacks changes which were compacted here. */
  readonly bases?: readonly BaseFile[];
  /** Which segments those stand for. */
  readonly stands?: Stands | undefined;
  /** What the file goes on from: what the peer confirmed, nothing for a snapshot. */
  readonly base: Vector;
  /** What this device has. */
  readonly have: Vector;
  /** Where the segments here end. */
  readonly ends?: SegmentEnds;
  readonly segments: readonly Pick<
    Segment,
    'replica' | 'from' | 'to' | 'sha256' | 'bytes' | 'sig'
  >[];
  readonly kinds: Readonly<Record<string, number>>;
  readonly seal: SealKind;
  readonly recipients: readonly DeviceId[];
  readonly roster: SignedRoster | undefined;
  readonly blobs: readonly BlobEntry[];
  readonly wants: readonly string[];
}

/** Segments in the order of the manifest: by replica, then by sequence. */
export const inFileOrder = <T extends Pick<Segment, 'replica' | 'from'>>(
  segments: readonly T[],
): readonly T[] =>
  segments.toSorted(
    (a, b) => (a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : 0) || a.from - b.from,
  );

export function composeManifest(input: Compose): Manifest {
  const segments = inFileOrder(input.segments);
  const bases = input.bases ?? [];
  const have = sealedHave(input);
  const brings = segments.length + bases.length > 0;
  const type: FileType = input.snapshot ? 'snapshot' : brings ? 'delta' : 'receipt';
  const blobs = input.blobs.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    minReader: isForFirstFormat(input) ? 1 : MEMBERS_FORMAT,
    id: input.id,
    createdAt: input.createdAt,
    organisation: input.organisation,
    from: { replica: input.from.replica, name: input.from.name, role: input.from.role },
    to: input.to,
    type,
    chain: {
      number: input.to === null ? 0 : (input.lastOut?.number ?? 0) + 1,
      previous: input.to === null ? null : (input.lastOut?.id ?? null),
    },
    have,
    tips: tipsAt(have, input.ends),
    segments: segments.map(({ replica, from, to, sha256, bytes, sig }) => ({
      name: segmentName({ replica, from, to }),
      replica,
      from,
      to,
      size: bytes.length,
      sha256,
      ...(sig === undefined ? {} : { sig }),
    })),
    blobs: blobs.map(({ sha256, size }) => ({ sha256, size })),
    kinds: input.kinds,
    seal: input.seal,
    recipients: input.recipients,
    roster: input.roster ?? null,
    wants: input.wants,
    bases: bases.map(({ by, sig, parts }, i) => ({
      by,
      sig,
      parts: parts.map(({ sha256, bytes }, n) => ({
        name: baseName(i, n),
        size: bytes.length,
        sha256,
      })),
    })),
    stands: bases.length > 0 && hasRoom(input) ? (input.stands ?? null) : null,
    scope: null,
    extract: null,
  };
}

/** The first format knows passphrases only, and nothing of attachments and bases. */
const isForFirstFormat = ({ seal, blobs, bases }: Compose): boolean =>
  seal === 'passphrase' && blobs.length === 0 && !bases?.length;

/**
 * A receipt says only what the file and the base account for: a change written while the file is
 * being made is in no segment yet (I8).
 */
function sealedHave({ have, base, bases, segments }: Compose): Vector {
  const below = (bases ?? []).reduce((all, each) => join(all, each.have), base);
  const out: Record<ReplicaId, number> = {};
  for (const [replica, sequence] of Object.entries(have)) {
    const last = segments.reduce(
      (max, s) => (s.replica === replica ? Math.max(max, s.to) : max),
      0,
    );
    const sealed = Math.min(sequence, Math.max(last, seen(below, replica)));
    if (sealed > 0) out[replica] = sealed;
  }
  return out;
}

/** Bytes of the manifest that one entry, or one mark, takes at most. */
const ENTRY_BYTES = 500;
const MARK_BYTES = 19;

/** Only beside all else: without marks a file says less, and above the limit nobody opens it. */
const hasRoom = ({ segments, blobs, wants, stands }: Compose): boolean =>
  (segments.length + blobs.length + wants.length) * ENTRY_BYTES +
    (stands?.marks.length ?? 0) * MARK_BYTES <
  MAX_MANIFEST / 2;

/** The segments that the receipt ends with. */
const tipsAt = (have: Vector, ends: SegmentEnds | undefined): Manifest['tips'] =>
  Object.fromEntries(
    Object.entries(have)
      .map(([replica, to]) => [replica, ends?.at(replica, to).slice(0, MAX_SAME) ?? []] as const)
      .filter(([, tips]) => tips.length > 0),
  );

/**
 * `holdfast-HQ7K-to-HB2M-0003.holdfast`. The codes of devices, never names of people, services or
 * records: a file name is read by whoever finds the stick.
 */
export function fileName(fromCode: string, toCode: string | undefined, number: number): string {
  const to = toCode === undefined ? 'new' : `${code(toCode)}-${String(number).padStart(4, '0')}`;
  return `holdfast-${code(fromCode)}-to-${to}.holdfast`;
}

/** `holdfast-HQ7K-to-3-devices-2026-11-23.holdfast`: one file for several, outside every chain. */
export const sharedFileName = (fromCode: string, count: number, day: string): string =>
  `holdfast-${code(fromCode)}-to-${count}-devices-${day}.holdfast`;

/** Says what it is to whoever sees the file: never everything. */
export const extractFileName = (fromCode: string, day: string): string =>
  `holdfast-${code(fromCode)}-extract-${day}.holdfast`;

/** `holdfast-HQ7K-archive-0003.holdfast` */
export const archiveFileName = (fromCode: string, number: number): string =>
  `holdfast-${code(fromCode)}-archive-${String(number).padStart(4, '0')}.holdfast`;

const code = (text: string): string =>
  text.replaceAll(/[^0-9A-Za-z-]/g, '').slice(0, 20) || 'device';
