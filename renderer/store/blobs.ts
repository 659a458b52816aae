/**
 * The bytes of attachments, named by their SHA-256: the same bytes are stored once, and nobody gets
 * bytes whose hash is wrong. Deleting a record deletes no bytes; what nothing names any more goes
 * after a month of use.
 */
import { allAttachments } from '../../shared/attachments/attachment';
import { countUnnamed, type Unnamed } from '../../shared/attachments/garbage';
import { MAX_ATTACHMENT } from '../../shared/attachments/limits';
import type { PackedBlob } from '../../shared/exchange/pack';
import { attachment } from '../../shared/kinds/attachment';
import type { Projection } from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import type { BlobRow, MetaRow, VaultDb } from './db';
import { hashBlob, type HashOptions } from './hashBlob';
import { storageRefusal } from './storageRefusal';

const DAMAGED_KEY = 'blobs.damaged';
const UNNAMED_KEY = 'blobs.unnamed';
const HOUR_MS = 60 * 60 * 1000;

/** `missing`: a normal state; the bytes come with a later file and are asked for until then. */
export type BlobState = 'here' | 'missing' | 'damaged';

export interface StoredBlob {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes that nobody has read yet. */
export interface UnreadBlob {
  readonly sha256: string;
  readonly bytes: Blob;
}

export interface BlobStore {
  /**
   * Keeps bytes of any origin under their hash, durably. Refusals: `attachment.tooLarge`,
   * `attachment.empty`, `attachment.unreadable`, `attachment.cancelled`, those of a commit.
   */
  put(source: Blob, options?: HashOptions): Promise<Result<StoredBlob>>;
  /** The bytes, held against their hash once more; undefined when missing or damaged. */
  get(sha256: string, options?: HashOptions): Promise<Blob | undefined>;
  /**
   * Those that are here, as they lie on the disk, to be read when their turn comes. Whoever reads them
   * holds them against their hash; `get` then remembers what is damaged.
   */
  stored(hashes: readonly string[]): Promise<readonly UnreadBlob[]>;
  state(sha256: string): BlobState;
  /** True when the bytes are here and, as far as is known, sound. */
  has(sha256: string): boolean;
  hashes(): ReadonlySet<string>;
  /** Hashes that attachments name and whose bytes are not here: what this device asks for. */
  missing(): readonly string[];
}

export interface BlobDeps {
  readonly db: VaultDb;
  readonly projection: Pick<Projection, 'records'>;
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly notify: () => void;
}

export interface BlobRows {
  readonly rows: readonly BlobRow[];
  /** What is damaged afterwards, when that changes. */
  readonly meta: MetaRow | undefined;
}

export interface BlobKeeper extends BlobStore {
  load(): Promise<void>;
  /** What to write, in the caller's transaction, of bytes that were held against their hash already. */
  rowsFor(blobs: readonly PackedBlob[]): BlobRows;
  /** That transaction is durable. */
  arrived(rows: readonly BlobRow[]): void;
  /** Removes what has been without a name for long enough. At most once an hour. */
  sweep(now: number): Promise<void>;
}

export function createBlobs({ db, projection, isWriter, readOnly, notify }: BlobDeps): BlobKeeper {
  let here = new Set<string>();
  let damaged = new Set<string>();
  let swept: number | undefined;
  let asked: { readonly records: unknown; readonly list: readonly string[] } | undefined;

  const changed = () => {
    asked = undefined;
    notify();
  };

  async function markDamaged(sha256: string): Promise<void> {
    if (damaged.has(sha256)) return;
    damaged = new Set([...damaged, sha256]);
    if (isWriter()) await db.meta.put({ key: DAMAGED_KEY, value: [...damaged] });
    changed();
  }

  const rowsFor = (blobs: readonly { sha256: string; bytes: Blob }[]): BlobRows => {
    const rows = blobs
      .filter(({ sha256 }) => !has(sha256))
      .map(({ sha256, bytes }) => ({ sha256, size: bytes.size, bytes }));
    const left = [...damaged].filter((sha256) => rows.every((row) => row.sha256 !== sha256));
    const healed = left.length < damaged.size;
    return { rows, meta: healed ? { key: DAMAGED_KEY, value: left } : undefined };
  };

  function arrived(rows: readonly BlobRow[]): void {
    if (rows.length === 0) return;
    const hashes = rows.map(({ sha256 }) => sha256);
    here = new Set([...here, ...hashes]);
    damaged = new Set([...damaged].filter((sha256) => !hashes.includes(sha256)));
    changed();
  }

  const has = (sha256: string) => here.has(sha256) && !damaged.has(sha256);

  return {
    async load() {
      here = new Set(await db.blobs.toCollection().primaryKeys());
      const row = await db.meta.get(DAMAGED_KEY);
      damaged = new Set(row?.value as readonly string[] | undefined);
      asked = undefined;
    },

    async put(source, options) {
      if (!isWriter()) return readOnly();
      if (source.size > MAX_ATTACHMENT) {
        return refuse('attachment.tooLarge', { limit: MAX_ATTACHMENT / 1024 / 1024 });
      }
      if (source.size === 0) return refuse('attachment.empty');
      const hashed = await hashBlob(source, options);
      if (!hashed.ok) return hashed;
      const { sha256, copy } = hashed.value;
      const { rows, meta } = rowsFor([{ sha256, bytes: copy }]);
      try {
        await db.transaction('rw', db.blobs, db.meta, async () => {
          await db.blobs.bulkPut([...rows]);
          if (meta) await db.meta.put(meta);
        });
      } catch (error) {
        return storageRefusal(error);
      }
      arrived(rows);
      return ok({ sha256, size: copy.size });
    },

    rowsFor: (blobs) =>
      rowsFor(
        blobs.map(({ sha256, bytes }) => ({
          sha256,
          bytes: new Blob([bytes as BlobPart]),
        })),
      ),
    arrived,

    async get(sha256, options) {
      const row = await db.blobs.get(sha256);
      if (!row) {
        if (here.delete(sha256)) changed();
        return undefined;
      }
      const hashed = await hashBlob(row.bytes, options);
      if (hashed.ok && hashed.value.sha256 === sha256) return hashed.value.copy;
      if (!options?.signal?.aborted) await markDamaged(sha256);
      return undefined;
    },

    async stored(hashes) {
      const rows = await db.blobs.bulkGet([...hashes]);
      return rows.flatMap((row) => (row && has(row.sha256) ? [row] : []));
    },

    state: (sha256) => (damaged.has(sha256) ? 'damaged' : here.has(sha256) ? 'here' : 'missing'),
    has,
    hashes: () => new Set([...here].filter((sha256) => !damaged.has(sha256))),

    missing() {
      const records = projection.records(attachment.name);
      if (asked?.records !== records) {
        const named = new Set(allAttachments(projection).map(({ sha256 }) => sha256));
        asked = { records, list: [...named].filter((sha256) => !has(sha256)).toSorted() };
      }
      return asked.list;
    },

    async sweep(now) {
      if (!isWriter() || (swept !== undefined && Math.abs(now - swept) < HOUR_MS)) return;
      swept = now;
      const named = new Set(allAttachments(projection).map(({ sha256 }) => sha256));
      const unnamed = [...here].filter((sha256) => !named.has(sha256));
      const row = await db.meta.get(UNNAMED_KEY);
      if (!row && unnamed.length === 0) return;
      const { kept, gone } = countUnnamed(row?.value as Unnamed | undefined, unnamed, now);
      await db.transaction('rw', db.blobs, db.meta, async () => {
        await db.blobs.bulkDelete([...gone]);
        await db.meta.put({ key: UNNAMED_KEY, value: kept });
      });
      if (gone.length === 0) return;
      here = new Set([...here].filter((sha256) => !gone.includes(sha256)));
      changed();
    },
  };
}
