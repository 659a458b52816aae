/**
 * The database of one vault. Log-structured: changes go to `tail`, runs of them are sealed into
 * `segments`, and `chunks` are a checkpoint of the projection. Payloads are opaque text or bytes, so
 * that they can be encrypted as blocks; keys hold nothing confidential.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { DeviceKeys } from '../exchange/keys';
import type { ExchangeEntry, Peer } from './exchangeStore';

export interface TailRow {
  /** First and last sequence of the batch. */
  readonly from: number;
  readonly to: number;
  /** JSON array of changes. */
  readonly text: string;
}

export interface SegmentRow {
  readonly replica: string;
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly sig?: string;
}

export type SegmentKey = readonly [replica: string, from: number, to: number];

export interface ChunkRow {
  readonly id: number;
  readonly kind: string;
  readonly text: string;
}

export interface InboxRow {
  readonly key: string;
  readonly value: unknown;
}

/** Keys of this device. Private ones cannot be read out, only used. */
export interface KeyRow {
  readonly key: string;
  readonly value: DeviceKeys;
}

/** The bytes of an attachment, named by what they are. */
export interface BlobRow {
  readonly sha256: string;
  readonly size: number;
  readonly bytes: Blob;
}

/** A file that this release cannot read, kept whole until one comes that can. */
export interface HeldFileRow {
  readonly sha256: string;
  readonly name: string;
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Changes nobody needs any more to show a record, packed tightly; for the audit trail. */
export interface ArchiveRow {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export interface MetaRow {
  readonly key: string;
  readonly value: unknown;
}

export type VaultDb = Dexie & {
  readonly tail: EntityTable<TailRow, 'from'>;
  readonly segments: Table<SegmentRow, SegmentKey>;
  readonly chunks: EntityTable<ChunkRow, 'id'>;
  readonly inbox: EntityTable<InboxRow, 'key'>;
  readonly peers: EntityTable<Peer, 'replica'>;
  readonly exchanges: EntityTable<ExchangeEntry, 'id'>;
  readonly meta: EntityTable<MetaRow, 'key'>;
  readonly keys: EntityTable<KeyRow, 'key'>;
  readonly blobs: EntityTable<BlobRow, 'sha256'>;
  readonly heldFiles: EntityTable<HeldFileRow, 'sha256'>;
  readonly archive: EntityTable<ArchiveRow, 'id'>;
};

export function createDb(name: string): VaultDb {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' }) as VaultDb;
  db.version(1).stores({
    tail: 'from',
    segments: '[replica+from+to]',
    chunks: 'id',
    inbox: 'key',
    peers: 'replica',
    exchanges: 'id',
    meta: 'key',
  });
  db.version(2).stores({
    // The second index answers which segments are here without reading one.
    segments: '[replica+from+to], [replica+from+to+sha256]',
    keys: 'key',
    blobs: 'sha256',
    heldFiles: 'sha256',
    archive: 'id',
  });
  return db;
}
