/** What exchange needs of the store: sealed segments out, verified segments in, peers and status. */
import type { Segment } from '../../shared/exchange/segment';
import type { ReplicaId, RecordId } from '../../shared/log/change';
import type { Vector } from '../../shared/log/vector';
import type { Result } from '../../shared/result';

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
    | { readonly number: number; readonly id: string; readonly at: number }
    | undefined;
}

/** One line of the list of files that came and went. */
export interface ExchangeEntry {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly name: string;
  readonly type: 'snapshot' | 'delta' | 'receipt';
  readonly peer: ReplicaId | undefined;
  readonly number: number;
  readonly changes: number;
  readonly bytes: number;
  /** Counts of the import report. */
  readonly report?: Readonly<Record<string, number>>;
}

/** A segment that came before the one it follows: kept, shown, applied when the gap closes. */
export interface Waiting {
  readonly segment: Segment;
  readonly fileId: string;
  readonly fileName: string;
  readonly peer: ReplicaId;
  readonly at: number;
}

/** Applied in one transaction: everything or nothing. */
export interface Arrival {
  readonly segments: readonly Segment[];
  /** The whole inbox as it is afterwards. */
  readonly waiting: readonly Waiting[];
  /** The sender; undefined when the file came from this very device. */
  readonly peer: Peer | undefined;
  readonly entry: ExchangeEntry;
  /** Decoded changes of `segments` that are new here, each replica's in sequence. */
  readonly changes: readonly import('../../shared/log/change').Change[];
  /** The highest sequence of this device that the sender has: more than ours after a restore. */
  readonly ownSeen?: number;
}

export type Delivery = 'notExported' | 'exported' | 'confirmed';

export interface ExchangeStore {
  /** Seals the tail, so that everything written so far is in segments. */
  seal(): Promise<Result<null>>;
  /** Segments that hold anything above `have`, oldest first per replica. Bytes are read lazily. */
  segmentsSince(have: Vector): Promise<readonly Segment[]>;
  peers(): readonly Peer[];
  entries(): readonly ExchangeEntry[];
  waiting(): readonly Waiting[];
  /** Durable first, then in the projection. Importing again changes nothing. */
  receive(arrival: Arrival): Promise<Result<null>>;
  /** Notes a file as written, for the peer it was meant for; undefined for a new laptop. */
  sent(peer: Peer | undefined, entry: ExchangeEntry): Promise<Result<null>>;
  /** How far a record has travelled: to HQ from a laptop, to every active peer from HQ. */
  delivery(id: RecordId): Delivery;
  /** Changes of this device that its HQ (or, on HQ, some peer) has not confirmed. */
  undelivered(): number;
}
