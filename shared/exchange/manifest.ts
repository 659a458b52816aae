/**
 * The manifest: first entry of the archive, lists every other one. Format 3; format 2 named no content
 * in its receipts, and format 1 had neither keys nor attachments.
 */
import type { ReplicaId } from '../log/change';
import type { Vector } from '../log/vector';
import type { DeviceId } from '../trust/device';
import type { SignedRoster } from '../trust/roster';
import type { Stands } from './stands';

export const FORMAT = 'holdfast-exchange';
/** The format this release writes, and the latest one it reads. */
export const FORMAT_VERSION = 3;
/** The format that organisations came with: who speaks it reads rightly what is written today. */
export const MEMBERS_FORMAT = 2;
/** The first whose receipts name the segments that they end with. */
export const TIPS_FORMAT = 3;

/**
 * An extract shows chosen records to an outsider; it is nobody's log and never merged into one. An
 * archive holds compacted segments, for histories to be read from.
 */
export type FileType = 'snapshot' | 'delta' | 'receipt' | 'extract' | 'archive';
export type SealKind = 'recipients' | 'passphrase' | 'clear';
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
  /** The author's signature; absent when the author had no keys yet. */
  readonly sig?: string;
}

/** One entry of a base: the head first, then the records. */
export interface BasePart {
  /** `base/<base>-<part>.ndjson.gz`, both from 0. */
  readonly name: string;
  /** Bytes, packed. */
  readonly size: number;
  readonly sha256: string;
}

/**
 * State that headquarters signed in place of the changes that led to it: for a device that lacks
 * changes which were compacted. The signature covers the head, which names the other parts.
 */
export interface BaseEntry {
  readonly by: DeviceId;
  /** Over `baseMessage` of the head's SHA-256. */
  readonly sig: string;
  readonly parts: readonly BasePart[];
}

/** An attachment inside: the entry `blobs/<sha256>`. */
export interface BlobEntry {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What an extract was limited to. Null: not limited in that way. */
export interface Scope {
  readonly kinds: readonly string[] | null;
  /** Record ids of sites. */
  readonly sites: readonly string[] | null;
  /** Private telephone numbers and addresses of people were left out. */
  readonly withoutPrivate: boolean;
}

export interface ExtractEntry {
  /** Bytes, packed. */
  readonly size: number;
  readonly sha256: string;
  readonly records: number;
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
  /**
   * The SHA-256 of the segment that ends with that number of `have`, per replica: a count says how
   * much, and this says what. More than one where others say the same in other bytes. Came with format
   * 3; a replica may be left out.
   */
  readonly tips: Readonly<Record<ReplicaId, readonly string[]>>;
  readonly segments: readonly SegmentEntry[];
  /** Came with format 2, like all that follows `kinds`. None in nearly every file. */
  readonly bases: readonly BaseEntry[];
  /**
   * The segments that the bases stand for, in the words of headquarters: who has one that is not among
   * them has what they do not stand for. Came with format 3; null without bases.
   */
  readonly stands: Stands | null;
  readonly blobs: readonly BlobEntry[];
  /** Versions of the kinds as the sender knows them. */
  readonly kinds: Readonly<Record<string, number>>;
  /** What follows came with format 2; a file of format 1 is read as if it said nothing here. */
  readonly seal: SealKind;
  /** Devices it is sealed for, beside the recovery key. */
  readonly recipients: readonly DeviceId[];
  /** The roster in force at the sender. */
  readonly roster: SignedRoster | null;
  /** Hashes of attachments that the sender's records name and the sender has not. */
  readonly wants: readonly string[];
  /** Only in an extract. */
  readonly scope: Scope | null;
  readonly extract: ExtractEntry | null;
}

export const blobName = (sha256: string): string => `blobs/${sha256}`;
export const baseName = (base: number, part: number): string => `base/${base}-${part}.ndjson.gz`;
export const MANIFEST = 'manifest.json';
export const EXTRACT_NAME = 'extract.ndjson.gz';

export const segmentName = (s: {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
}): string => `segments/${s.replica}-${s.from}-${s.to}.ndjson.gz`;
