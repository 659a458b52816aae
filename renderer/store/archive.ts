/** The archive of a vault: segments that a base stands for, and the files a part of it went to. */
import type { Codec } from '../../shared/exchange/codec';
import { decodeSegment, type Segment } from '../../shared/exchange/segment';
import { dotOf, parseDot, type Change, type Dot } from '../../shared/log/change';
import { headsOf } from '../../shared/log/record';
import { covers } from '../../shared/log/vector';
import type { Projection } from '../../shared/projection/projection';
import { ok, type Result } from '../../shared/result';
import { keysNow, type Bases } from './bases';
import type { ArchiveFileRow, VaultDb } from './db';
import type { LogReader } from './logReader';
import { pause } from './pause';
import { createSegmentIndex } from './segmentIndex';
import { storageRefusal } from './storageRefusal';

export interface ArchiveSize {
  readonly segments: number;
  readonly changes: number;
  /** Bytes. */
  readonly bytes: number;
}

/** What is not here of a record's past. */
export interface LostPast {
  /** Names of the archive files that hold it. */
  readonly files: readonly string[];
  /** Some of it was never here: this device began with a base of headquarters. */
  readonly elsewhere: boolean;
}

export interface ArchiveStore {
  size(): Promise<ArchiveSize>;
  /** Files that parts of the archive went to. */
  files(): readonly ArchiveFileRow[];
  /** Which of them are open for this session. */
  isOpen(id: string): boolean;
  /** The oldest part of the archive, at most so many bytes and at least one segment. */
  oldest(maxBytes: number): Promise<readonly Segment[]>;
  /** The file lies where it is safe: what is in it goes from the database. */
  free(
    file: Pick<ArchiveFileRow, 'id' | 'name' | 'at' | 'bytes'>,
    segments: readonly Segment[],
  ): Promise<Result<null>>;
  /** Histories read from these segments too, until the window closes. */
  open(id: string, segments: readonly Segment[]): void;
  /** What a history made from those changes lacks. */
  lostPast(missing: readonly Dot[]): LostPast;
  /** For changes that were compacted: false when another one stood under the number. */
  wasHere(changes: readonly Change[]): Promise<(change: Change) => boolean>;
  hashes(): Promise<readonly string[]>;
}

export interface ArchiveDeps {
  readonly db: VaultDb;
  readonly codec: Codec;
  readonly projection: Pick<Projection, 'all'>;
  readonly log: LogReader;
  readonly bases: Bases;
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly notify: () => void;
}

export function createArchive(deps: ArchiveDeps): ArchiveStore & { load(): Promise<void> } {
  const { db, codec, log, bases, projection } = deps;
  let files: readonly ArchiveFileRow[] = [];
  const opened = new Set<string>();
  const inFiles = new Map<string, ReturnType<typeof createSegmentIndex>>();

  async function load(): Promise<void> {
    files = (await db.archiveFiles.toArray()).toSorted((a, b) => a.at - b.at);
    for (const { id, segments } of files) {
      if (inFiles.has(id)) continue;
      const index = createSegmentIndex();
      index.set(segments);
      inFiles.set(id, index);
    }
  }

  /** What is shown keeps its author and its time, wherever the rest of the history lies. */
  async function aliveIn(segments: readonly Segment[]): Promise<Uint8Array> {
    const alive = new Set<Dot>();
    for (const state of projection.all()) {
      for (const field of Object.keys(state.heads)) {
        for (const { stamp } of headsOf(state, field)) alive.add(dotOf(stamp));
      }
    }
    const lines: string[] = [];
    for (const segment of segments) {
      const decoded = await decodeSegment(segment.bytes, codec);
      for (const change of decoded.ok ? decoded.value.changes : []) {
        if (alive.has(dotOf(change))) lines.push(`${JSON.stringify(change)}\n`);
      }
      await pause();
    }
    return codec.gzip(codec.encode(lines.join('')));
  }

  const fileOf = ({ r, s }: { readonly r: string; readonly s: number }) =>
    files.find(({ id }) => inFiles.get(id)?.find(r, s));

  return {
    load,
    async size() {
      let changes = 0;
      let bytes = 0;
      let segments = 0;
      await db.archive.each((row) => {
        segments++;
        changes += row.to - row.from + 1;
        bytes += row.bytes.length;
      });
      return { segments, changes, bytes };
    },
    files: () => files,
    isOpen: (id) => opened.has(id),

    async oldest(maxBytes) {
      const out: Segment[] = [];
      let bytes = 0;
      // By replica and sequence: each author's oldest first.
      await db.archive
        .orderBy('[replica+from+to]')
        .until((row) => {
          bytes += row.bytes.length;
          return out.length > 0 && bytes > maxBytes;
        })
        .each(({ replica, from, to, bytes: packed, sha256, sig }) => {
          out.push({ replica, from, to, bytes: packed, sha256, ...(sig !== undefined && { sig }) });
        });
      return out;
    },

    async free(file, segments) {
      const row: ArchiveFileRow = {
        ...file,
        changes: segments.reduce((sum, { from, to }) => sum + to - from + 1, 0),
        segments: segments.map(({ replica, from, to }) => [replica, from, to] as const),
        hashes: segments.map(({ sha256 }) => sha256),
        alive: await aliveIn(segments),
      };
      return deps.serial(async () => {
        if (!deps.isWriter()) return deps.readOnly();
        try {
          await db.transaction('rw', db.archive, db.archiveFiles, async () => {
            await db.archiveFiles.put(row);
            await db.archive.bulkDelete([...row.hashes]);
          });
          await load();
          const keys = await keysNow(db);
          log.setSegments(keys.segments, keys.archive);
        } catch (error) {
          return storageRefusal(error);
        }
        deps.notify();
        return ok(null);
      });
    },

    open(id, segments) {
      opened.add(id);
      log.addSession(segments);
      deps.notify();
    },

    lostPast(missing) {
      const names = new Set<string>();
      let elsewhere = false;
      const compacted = bases.have();
      for (const dot of missing) {
        const at = parseDot(dot);
        if (!covers(compacted, at.r, at.s)) continue;
        const file = fileOf(at);
        if (file) names.add(file.name);
        else elsewhere = true;
      }
      return { files: [...names], elsewhere };
    },

    async wasHere(changes) {
      const compacted = bases.have();
      const asked = changes.filter(({ r, s }) => covers(compacted, r, s)).map(dotOf);
      const found = new Map((await log.find(asked)).map((each) => [dotOf(each), each]));
      return (change) => {
        const twin = found.get(dotOf(change));
        // What lies in a file cannot be compared, and the same bytes would have had the same hash.
        return twin ? JSON.stringify(twin) === JSON.stringify(change) : !fileOf(change);
      };
    },

    async hashes() {
      const here = await db.archive.toCollection().primaryKeys();
      return [...here, ...files.flatMap((file) => file.hashes)];
    },
  };
}
