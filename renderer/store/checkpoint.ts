/**
 * The projection on disk: records packed about a thousand to a row, so that a start reads a few
 * hundred rows instead of replaying the log. It is only ever a copy: lost, stale or unreadable, it
 * is rebuilt from the log.
 */
import type { RecordId } from '../../shared/log/change';
import { CHECKPOINT_FORMAT, decodePack, encodePack, type Pack } from '../../shared/log/checkpoint';
import type { Hlc } from '../../shared/log/clock';
import type { RecordState } from '../../shared/log/record';
import type { Vector } from '../../shared/log/vector';
import { refFieldsOf, type KindDef } from '../../shared/kinds/define';
import type { Projection } from '../../shared/projection/projection';
import type { ChunkRow, VaultDb } from './db';
import { pause } from './pause';

const PER_CHUNK = 1000;
const READ_AT_ONCE = 16;
const PACKED_AT_ONCE = 4;
const KEY = 'checkpoint';

interface CheckpointHead {
  readonly format: number;
  /** Versions and ref fields of all kinds: other ones mean that records must be projected again. */
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
  const refFields = new Map(kinds.map((kind) => [kind.name, refFieldsOf(kind)]));
  const signature = kinds
    .map(({ name, version }) => [name, version, ...(refFields.get(name) ?? [])].join(','))
    .join(' ');
  /** Made when a chunk is to be written: a start has no time for it. */
  let chunkOf: Map<RecordId, number> | undefined;
  let members = new Map<number, { kind: string; ids: RecordId[] }>();
  let open = new Map<string, number>();
  const dirty = new Set<number>();
  let touched = new Set<RecordId>();
  let dropped = false;

  function adopt(row: { id: number; kind: string }, records: readonly RecordState[]): void {
    const ids = records.map((record) => record.id);
    members.set(row.id, { kind: row.kind, ids });
    if (ids.length < PER_CHUNK) open.set(row.kind, row.id);
  }

  function chunks(): Map<RecordId, number> {
    if (chunkOf) return chunkOf;
    chunkOf = new Map();
    for (const [chunk, { ids }] of members) for (const id of ids) chunkOf.set(id, chunk);
    return chunkOf;
  }

  function place(record: RecordState): number {
    const known = chunks().get(record.id);
    if (known !== undefined) return known;
    let chunk = open.get(record.kind);
    if (chunk === undefined) {
      chunk = members.size;
      members.set(chunk, { kind: record.kind, ids: [] });
      open.set(record.kind, chunk);
    }
    const ids = members.get(chunk)?.ids ?? [];
    ids.push(record.id);
    chunks().set(record.id, chunk);
    if (ids.length >= PER_CHUNK) open.delete(record.kind);
    return chunk;
  }

  function forget(): void {
    chunkOf = undefined;
    members = new Map();
    open = new Map();
  }

  /** The next start replays the log; until then nothing is copied from what cannot be read. */
  function drop(): void {
    dropped = true;
    void db.meta.delete(KEY);
  }

  return {
    async load(projection, onProgress) {
      const head = (await db.meta.get(KEY))?.value as CheckpointHead | undefined;
      if (!head || head.format !== CHECKPOINT_FORMAT || head.kinds !== signature) return false;
      const packs: Pack[] = [];
      const read = (at: number) =>
        db.chunks
          .where('id')
          .between(at, Math.min(at + READ_AT_ONCE, head.chunks))
          .toArray();
      try {
        let next = read(0);
        for (let at = 0; at < head.chunks; at += READ_AT_ONCE) {
          const rows = await next;
          // The disk is busy with the next ones while these are unpacked.
          if (at + READ_AT_ONCE < head.chunks) next = read(at + READ_AT_ONCE);
          for (const row of rows) {
            const pack = decodePack(row.text, drop);
            adopt(row, pack.records);
            packs.push(pack);
          }
          onProgress(Math.min(at + READ_AT_ONCE, head.chunks), head.chunks);
        }
        if (members.size !== head.chunks) throw new Error('checkpoint: a chunk is missing');
      } catch {
        // Damaged or half-known: the log is the truth, so replay it.
        forget();
        return false;
      }
      projection.load({
        packs,
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
      if (dropped) return;
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
        const rows: ChunkRow[] = [];
        for (const id of ids) {
          rows.push(rowOf(id, projection));
          // After an import there are hundreds, and somebody may be typing.
          if (rows.length % PACKED_AT_ONCE === 0) await pause();
        }
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
    const kind = entry?.kind ?? '';
    return { id, kind, text: encodePack(kind, records, refFields.get(kind) ?? []) };
  }
}
