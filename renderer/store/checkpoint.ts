/**
 * The projection on disk: records packed about a thousand to a row, so that a start reads a few
 * hundred rows instead of replaying the log. It is only ever a copy: lost, stale or unreadable, it
 * is rebuilt from the log.
 */
import type { RecordId } from '../../shared/log/change';
import { CHECKPOINT_FORMAT, decodeRecords, encodeRecords } from '../../shared/log/checkpoint';
import type { Hlc } from '../../shared/log/clock';
import type { RecordState } from '../../shared/log/record';
import type { Vector } from '../../shared/log/vector';
import type { KindDef } from '../../shared/kinds/define';
import type { Projection } from '../../shared/projection/projection';
import type { ChunkRow, VaultDb } from './db';
import { pause } from './pause';

const PER_CHUNK = 1000;
const READ_AT_ONCE = 8;
const KEY = 'checkpoint';

interface CheckpointHead {
  readonly format: number;
  /** Versions of all kinds: another set means records must be projected again (upcasts). */
  readonly kinds: string;
  readonly have: Vector;
  readonly early: readonly string[];
  readonly clock: Hlc;
  readonly chunks: number;
}

export interface Checkpoint {
  /** Fills an empty projection. False: there is none that can be used; replay the whole log. */
  load(projection: Projection, onProgress: (done: number, total: number) => void): Promise<boolean>;
  /** Marks records whose chunk must be written again. */
  touch(ids: Iterable<RecordId>): void;
  dirty(): boolean;
  /** Writes the dirty chunks and the head in one transaction. */
  save(projection: Projection): Promise<void>;
}

export function createCheckpoint(db: VaultDb, kinds: readonly KindDef[]): Checkpoint {
  const signature = kinds.map((kind) => `${kind.name}${kind.version}`).join(' ');
  let chunkOf = new Map<RecordId, number>();
  let members = new Map<number, { kind: string; ids: RecordId[] }>();
  let open = new Map<string, number>();
  const dirty = new Set<number>();
  let touched = new Set<RecordId>();

  function adopt(row: { id: number; kind: string }, records: readonly RecordState[]): void {
    const ids = records.map((record) => record.id);
    members.set(row.id, { kind: row.kind, ids });
    for (const id of ids) chunkOf.set(id, row.id);
    if (ids.length < PER_CHUNK) open.set(row.kind, row.id);
  }

  function place(record: RecordState): number {
    const known = chunkOf.get(record.id);
    if (known !== undefined) return known;
    let chunk = open.get(record.kind);
    if (chunk === undefined) {
      chunk = members.size;
      members.set(chunk, { kind: record.kind, ids: [] });
      open.set(record.kind, chunk);
    }
    const ids = members.get(chunk)?.ids ?? [];
    ids.push(record.id);
    chunkOf.set(record.id, chunk);
    if (ids.length >= PER_CHUNK) open.delete(record.kind);
    return chunk;
  }

  function forget(): void {
    chunkOf = new Map();
    members = new Map();
    open = new Map();
  }

  return {
    async load(projection, onProgress) {
      const head = (await db.meta.get(KEY))?.value as CheckpointHead | undefined;
      if (!head || head.format !== CHECKPOINT_FORMAT || head.kinds !== signature) return false;
      const loaded: RecordState[][] = [];
      try {
        for (let at = 0; at < head.chunks; at += READ_AT_ONCE) {
          const ids = [...Array(Math.min(READ_AT_ONCE, head.chunks - at)).keys()].map(
            (i) => at + i,
          );
          for (const row of await db.chunks.bulkGet(ids)) {
            if (!row) throw new Error('checkpoint: a chunk is missing');
            const records = decodeRecords(row.text);
            adopt(row, records);
            loaded.push([...records]);
          }
          onProgress(Math.min(at + READ_AT_ONCE, head.chunks), head.chunks);
          await pause();
        }
      } catch {
        // Damaged or half-known: the log is the truth, so replay it.
        forget();
        return false;
      }
      projection.load({
        records: loaded.flat(),
        have: head.have,
        early: head.early,
        clock: head.clock,
      });
      return true;
    },

    touch(ids) {
      for (const id of ids) touched.add(id);
    },

    dirty: () => touched.size > 0,

    async save(projection) {
      const batch = touched;
      touched = new Set();
      for (const id of batch) {
        const record = projection.get(id);
        if (record) dirty.add(place(record));
      }
      const ids = [...dirty];
      const head: CheckpointHead = {
        format: CHECKPOINT_FORMAT,
        kinds: signature,
        have: { ...projection.have() },
        early: [...projection.early()],
        clock: projection.clock(),
        chunks: members.size,
      };
      try {
        const rows = ids.map((id): ChunkRow => rowOf(id, projection));
        await db.transaction('rw', db.chunks, db.meta, async () => {
          await db.chunks.bulkPut(rows);
          await db.meta.put({ key: KEY, value: head });
        });
        for (const id of ids) dirty.delete(id);
      } catch (error) {
        for (const id of batch) touched.add(id);
        throw error;
      }
    },
  };

  function rowOf(id: number, projection: Projection): ChunkRow {
    const entry = members.get(id);
    const records = (entry?.ids ?? [])
      .map((member) => projection.get(member))
      .filter((record) => record !== undefined);
    return { id, kind: entry?.kind ?? '', text: encodeRecords(records) };
  }
}
