/**
 * The database of one vault. Log-structured: changes go to `tail`, runs of them are sealed into
 * `segments`, and `chunks` are a checkpoint of the projection. Payloads are opaque text or bytes, so
 * that they can be encrypted as blocks; keys hold nothing confidential.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Vector } from '../../shared/log/vector';
import type { Anchor } from '../../shared/trust/roster';
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
  /** Version of the program that could not read it. */
  readonly release?: string;
}

/** A segment that a base stands for: nobody needs it to show a record; kept for the audit trail. */
export interface ArchiveRow extends SegmentRow {
  /** Its SHA-256. */
  readonly id: string;
}

/** A file that a part of the archive was moved to. */
export interface ArchiveFileRow {
  /** Id of the file. */
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly bytes: number;
  readonly changes: number;
  readonly segments: readonly SegmentKey[];
  readonly hashes: readonly string[];
  /** Changes in it of which something was alive then, as a gzip of lines: who wrote what is shown. */
  readonly alive: Uint8Array;
}

/** State in place of archived changes; its parts lie in `baseParts`. */
export interface BaseMetaRow {
  /** Of the head. */
  readonly sha256: string;
  readonly by: string;
  readonly sig: string;
  readonly have: Vector;
  readonly tips: Readonly<Record<string, Anchor>>;
  /** Hashes, the head first. */
  readonly parts: readonly string[];
  readonly records: number;
  /** Bytes, packed. */
  readonly size: number;
  /** When it was made or came, by this device's clock. */
  readonly at: number;
}

export interface BasePartRow {
  readonly sha256: string;
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
  readonly archiveFiles: EntityTable<ArchiveFileRow, 'id'>;
  /** Of the archive what a state stood for that gave way to one of another branch. */
  readonly setAside: EntityTable<ArchiveRow, 'id'>;
  readonly bases: EntityTable<BaseMetaRow, 'sha256'>;
  readonly baseParts: EntityTable<BasePartRow, 'sha256'>;
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
  db.version(3).stores({
    archive: 'id, [replica+from+to]',
    archiveFiles: 'id',
    bases: 'sha256',
    baseParts: 'sha256',
  });
  db.version(4).stores({ setAside: 'id' });
  return db;
}
