/**
 * The database of one vault. Log-structured: changes go to `tail`, runs of them are sealed into
 * `segments`, and `chunks` are a checkpoint of the projection. Payloads are opaque text or bytes, so
 * that they can be encrypted as blocks; keys hold nothing confidential.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
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
  return db;
}
