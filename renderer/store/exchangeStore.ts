/** What exchange needs of the store: sealed segments out, verified segments in, peers and status. */
import type { Stands } from '../../shared/exchange/stands';
import type { StateShown } from '../../shared/exchange/stateHere';
import type { FileType, SealKind } from '../../shared/exchange/manifest';
import type { BaseFile, OpenBase } from '../../shared/exchange/base';
import type { PackedBlob } from '../../shared/exchange/pack';
import type { SegmentEnds } from '../../shared/exchange/receipt';
import type { Segment } from '../../shared/exchange/segment';
import type { CarriedRoster } from '../../shared/exchange/whoSent';
import type { Change, Dot, ReplicaId, RecordId } from '../../shared/log/change';
import type { Vector } from '../../shared/log/vector';
import type { Foreseen } from '../../shared/projection/projection';
import type { Result } from '../../shared/result';
import type { Anchor } from '../../shared/trust/roster';
import type { HoldReason } from '../../shared/trust/standing';

export type { Segment };

/** Another device that files came from. */
export interface Peer {
  readonly replica: ReplicaId;
  readonly name: string;
  readonly role: 'hq' | 'site';
  /** What it had when it wrote its last file: everything in it is confirmed. */
  readonly have: Vector;
  /** What the files written for it so far contain, confirmed or not. */
  readonly sent: Vector;
  /** Number and id of the last file from it, and of the last file to it. */
  readonly lastIn:
    | {
        readonly number: number;
        readonly id: string;
        readonly at: number;
        /** When the sender wrote it, by the sender's clock: how old what it told us is. */
        readonly writtenAt?: number;
      }
    | undefined;
  readonly lastOut:
    | {
        /** Of the last file that was for it alone. */
        readonly number: number;
        readonly id: string;
        readonly at: number;
        /** The last file was one for several devices, and took no number. */
        readonly shared?: boolean;
      }
    | undefined;
  /** Attachments it asked for in its last file. */
  readonly wants?: readonly string[];
  /** False: its release does not say which branch it has of what it confirms. */
  readonly tellsBranches?: boolean;
  /** Of `have` what is known to be the same as here, by the segment that it ends with. */
  readonly sure?: Vector;
  /**
   * Segments that its last receipts ended with where something else is here, and in how many files in a row.
   */
  readonly apart?: Readonly<Record<string, number>>;
  /** By the first segment of a branch that is held here: how often it was sent the other one again. */
  readonly retold?: Readonly<Record<string, number>>;
}

/** One line of the list of files that came and went. */
export interface ExchangeEntry {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly name: string;
  readonly type: FileType;
  readonly peer: ReplicaId | undefined;
  /** Receivers of one file for several; `peer` is undefined then. */
  readonly peers?: readonly ReplicaId[];
  readonly number: number;
  /** Of an extract: records. */
  readonly changes: number;
  readonly bytes: number;
  /** Of a file that came: those that were not here. */
  readonly attachments?: number;
  readonly attachmentBytes?: number;
  readonly seal?: SealKind;
  /** Counts of the import report. */
  readonly report?: Readonly<Record<string, number>>;
}

/** What a held segment is to be looked at again for. */
export interface Unjudged {
  /** Changes that came under its numbers, or that take away what stands under them. */
  readonly dots: readonly Dot[];
  /** Replicas of which a branch has given way since: what knew the numbers of those is judged anew. */
  readonly anew?: readonly ReplicaId[];
}

/**
 * A segment that is kept and shown and not applied: it came before the one it follows, or a person
 * has to decide about its author.
 */
export interface Waiting {
  readonly segment: Segment;
  readonly reason: HoldReason;
  /** Its author's, as was checked when it came. */
  readonly signed?: true;
  /** Was applied here until another branch took its place; written again when it was ours. */
  readonly displaced?: true;
  /** Its changes were written again under another replica. */
  readonly rescued?: true;
  /** Of a branch that gave way: what this device had written by then, knowing it. */
  readonly meant?: Vector;
  /** Those of it that were written again since, when its own branch gave way. */
  readonly meantToo?: readonly Dot[];
  /**
   * It was looked at for what was taken away here by who knew it and not what is here (`unseen.ts`), and
   * this was written again.
   */
  readonly restated?: readonly string[];
  /** What has come since. */
  readonly unjudged?: Unjudged;
  /** Not as its author sealed it: what state here showed that gave way. */
  readonly state?: true;
  /** Of that what this device had overwritten: it is only looked at (`unseen.ts`), and shown to nobody. */
  readonly overwritten?: true;
  /** A person decided to keep it out; it stays all the same. */
  readonly keptOut?: { readonly by: string; readonly at: number };
  readonly fileId: string;
  readonly fileName: string;
  readonly peer: ReplicaId;
  readonly at: number;
}

/** Applied in one transaction: everything or nothing. */
export interface Arrival {
  /** Of the projection that it was worked out against. Refusal `exchange.meanwhile` when it is another. */
  readonly version: number;
  readonly segments: readonly Segment[];
  /** The whole inbox as it is afterwards, of what it is when its turn has come: somebody may have decided. */
  readonly waiting: (now: readonly Waiting[]) => readonly Waiting[];
  /** The sender; undefined when the file came from this very device or from nobody we know. */
  readonly peer: Peer | undefined;
  /** Undefined when no file came: what was held is looked at again. */
  readonly entry: ExchangeEntry | undefined;
  /** The roster in the file. */
  readonly roster?: CarriedRoster | undefined;
  /** Attachments in the file. */
  readonly blobs?: readonly PackedBlob[];
  /** State to take over before `changes`. */
  readonly bases?: readonly OpenBase[];
  /** Decoded changes of `segments` that are new here, each replica's in sequence. */
  readonly changes: readonly Change[];
  /** What they make of the records, when that has been worked out. */
  readonly foreseen?: Foreseen | undefined;
  /** The highest sequence of this device that the sender has: more than ours after a restore. */
  readonly ownSeen?: number;
  /** Another device writes under our number: go on under a new epoch. */
  readonly ownForked?: boolean;
  /** Replicas whose segments here give way to those that came. */
  readonly replace?: readonly ReplicaId[];
  /** Of those, the ones whose state here gives way to one of another branch. */
  readonly apart?: readonly ReplicaId[];
  /** What only state here showed that gives way: held from now on. */
  readonly lost?: readonly Segment[];
  /** Of that state what this device had overwritten. */
  readonly overwritten?: readonly Segment[];
  /** Which segments the bases stand for, as far as headquarters said so. */
  readonly stands?: KnownStands | undefined;
  /** So many changes of these replicas are surely among what the bases stand for. */
  readonly sure?: Vector;
  /** Segments that say what is here in other bytes: known again by their hashes from now on. */
  readonly same?: readonly Pick<Segment, 'replica' | 'to' | 'sha256'>[];
  /** What a state here ends with in other bytes: so it stays when what is above gives way. */
  readonly asState?: readonly Pick<Segment, 'replica' | 'to' | 'sha256'>[];
}

/** What headquarters said of bases: they are known by the hashes of their heads. */
export interface KnownStands extends Stands {
  readonly heads: readonly string[];
  /** Of all of them. */
  readonly have: Vector;
}

export interface SegmentsHere {
  /** The last segment of each replica. */
  readonly tips: Readonly<Record<ReplicaId, Anchor>>;
  readonly hashes: ReadonlySet<string>;
  readonly ends: SegmentEnds;
  /** Up to there the log was compacted. */
  readonly compacted: Vector;
}

export type Delivery = 'notExported' | 'exported' | 'confirmed';

export interface ExchangeStore {
  /** Seals the tail, so that everything written so far is in segments. */
  seal(): Promise<Result<null>>;
  /** Segments that hold anything above `have`, oldest first per replica. Bytes are read lazily. */
  segmentsSince(have: Vector): Promise<readonly Segment[]>;
  /** State that somebody who has that much needs before the segments above it. */
  basesAbove(have: Vector): Promise<readonly BaseFile[]>;
  /** Which segments those stand for; undefined where that cannot be said. */
  standsFor(bases: readonly BaseFile[]): Promise<Stands | undefined>;
  /** For changes that were compacted: false when another one stood under the number. */
  wasHere(changes: readonly Change[]): Promise<(change: Change) => boolean>;
  /**
   * What the state here shows by itself of those records and changes; reads all of it. Undefined where
   * that cannot be said.
   */
  stateShown(changes: readonly Change[]): Promise<StateShown | undefined>;
  /** Of those replicas, what the state here shows and this device has overwritten. */
  overwrittenState(replicas: readonly ReplicaId[]): Promise<readonly Change[]>;
  /** What an import is held against; reads an index, no segment. */
  here(): Promise<SegmentsHere>;
  peers(): readonly Peer[];
  entries(): readonly ExchangeEntry[];
  /** Without what is shown to nobody. */
  waiting(): readonly Waiting[];
  /**
   * Writes what those held segments say and the log does not under this device's own replica, for a
   * copied device whose branch was given up. How many changes that were.
   */
  rescue(sha256s: readonly string[]): Promise<Result<number>>;
  /**
   * Writes again what was taken away here by who knew another branch under its numbers: that of those held
   * segments, of those that gave way, and of those known to be `signed`. Each is looked at once, and again
   * for what came since.
   */
  restate(sha256s: readonly string[]): Promise<Result<number>>;
  /** A person's word about segments that are held, by their hashes. */
  keepOut(sha256s: readonly string[], keptOut: boolean): Promise<Result<null>>;
  /** Durable first, then in the projection. Importing again changes nothing. */
  receive(arrival: Arrival): Promise<Result<null>>;
  /** Notes a file as written, for the peer it was meant for; undefined for a new laptop. */
  sent(peer: Peer | undefined, entry: ExchangeEntry): Promise<Result<null>>;
  /** How far a record has travelled: to HQ from a laptop, to every active peer from HQ. */
  delivery(id: RecordId): Delivery;
  /** Changes of this device that its HQ (or, on HQ, some peer) has not confirmed. */
  undelivered(): number;
}
