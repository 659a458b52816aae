/** Bases on disk: state that stands for changes which are in the archive, or were never here. */
import { openBase, type BaseFile, type OpenBase } from '../../shared/exchange/base';
import type { Codec } from '../../shared/exchange/codec';
import { needed } from '../../shared/exchange/compaction';
import { kindOf } from '../../shared/kinds/registry';
import type { StateShown } from '../../shared/exchange/stateHere';
import { changesShown, joinRows, type Extent } from '../../shared/log/base';
import { dotOf, type Change, type Dot, type RecordId } from '../../shared/log/change';
import { headsOf, type RecordState } from '../../shared/log/record';
import { dominates, join, seen, type Vector } from '../../shared/log/vector';
import { refuse, type Result } from '../../shared/result';
import type { Anchor } from '../../shared/trust/roster';
import type { BaseMetaRow, SegmentKey, VaultDb } from './db';

/** What adopting a base writes to. */
export const BASE_TABLES = ['segments', 'bases', 'baseParts', 'archive'] as const;

/** Segments moved in one breath: some megabytes. */
const AT_ONCE = 50;

export interface Bases {
  load(): Promise<void>;
  all(): readonly BaseMetaRow[];
  /** Up to there changes were compacted. */
  have(): Vector;
  /** Refusals: `exchange.ownBaseDamaged` and those of openBase. */
  open(row: BaseMetaRow): Promise<Result<OpenBase>>;
  /** What they show of those changes: reads all of them. */
  shows(dots: ReadonlySet<Dot>): Promise<readonly Change[]>;
  /**
   * What they show by themselves of those records and changes: reads all of them, when it is not the same
   * question again. Undefined where one of them is damaged.
   */
  shown(changes: readonly Change[]): Promise<StateShown | undefined>;
  /** Those that somebody who has that much needs. */
  above(have: Vector): Promise<readonly BaseFile[]>;
  /**
   * Inside a transaction over BASE_TABLES: keeps them, drops what they make superfluous, and moves
   * the segments they stand for to the archive, byte for byte.
   */
  adopt(added: readonly OpenBase[], at: number): Promise<void>;
}

export interface BasesDeps {
  readonly db: VaultDb;
  readonly codec: Codec;
  /** This device's own word for a base, where it is headquarters. */
  readonly vouch: (head: string) => Promise<Pick<BaseFile, 'by' | 'sig'> | undefined>;
}

export function createBases({ db, codec, vouch }: BasesDeps): Bases {
  let rows: readonly BaseMetaRow[] = [];
  let last: { readonly question: string; readonly state: StateShown } | undefined;

  const have = (): Vector => rows.reduce<Vector>((all, row) => join(all, row.have), {});

  async function read(row: BaseMetaRow): Promise<BaseFile | undefined> {
    const parts = (await db.baseParts.bulkGet([...row.parts])).filter((part) => part !== undefined);
    if (parts.length < row.parts.length) return undefined;
    return { by: row.by, sig: row.sig, have: row.have, parts };
  }

  async function open(row: BaseMetaRow): Promise<Result<OpenBase>> {
    const file = await read(row);
    if (!file) return refuse('exchange.ownBaseDamaged');
    for (const { sha256, bytes } of file.parts) {
      if ((await codec.sha256(bytes)) !== sha256) return refuse('exchange.ownBaseDamaged');
    }
    return openBase(file, codec);
  }

  return {
    async load() {
      rows = await db.bases.toArray();
    },
    all: () => rows,
    have,
    open,
    async shows(dots) {
      const out: Change[] = [];
      for (const row of rows) {
        const base = await open(row);
        if (base.ok) out.push(...changesShown(base.value.rows, dots, kindOf));
      }
      return out;
    },
    async shown(changes) {
      const ids = new Set(changes.map(({ id }) => id));
      const dots = new Set(changes.map(dotOf));
      // What is held is asked about with every file.
      const question = [...rows.map(({ sha256 }) => sha256), ...ids, ...dots].join(' ');
      if (last?.question === question) return last.state;
      const records = new Map<RecordId, RecordState>();
      let here: Extent = { have: {}, early: new Set() };
      for (const row of rows) {
        const base = await open(row);
        if (!base.ok) return undefined;
        const some = base.value.rows.filter(
          ({ id, s }) => ids.has(id) || s.some(([dot]) => dots.has(dot)),
        );
        const joined = joinRows({ rows: some, have: row.have }, here, kindOf, (id) =>
          records.get(id),
        );
        for (const [id, state] of joined.records) records.set(id, state);
        here = joined;
      }
      const by = new Map<Dot, RecordId>();
      for (const state of records.values()) {
        for (const field of Object.keys(state.heads)) {
          for (const { stamp } of headsOf(state, field)) by.set(dotOf(stamp), state.id);
        }
      }
      const state: StateShown = {
        get: (id) => records.get(id),
        recordOf: (dot) => by.get(dot),
      };
      last = { question, state };
      return state;
    },
    async above(from) {
      const out: BaseFile[] = [];
      for (const row of rows) {
        if (dominates(from, row.have)) continue;
        const file = await read(row);
        // A headquarters that took the place of another one vouches for what it left.
        if (file) out.push({ ...file, ...(await vouch(row.sha256)) });
      }
      return out;
    },
    async adopt(added, at) {
      const kept = needed([
        ...(await db.bases.toArray()),
        ...added.map((base) => metaOf(base, at)),
      ]);
      const parts = new Set(kept.flatMap((row) => row.parts));
      await db.bases.clear();
      await db.bases.bulkPut([...kept]);
      const stale = (await db.baseParts.toCollection().primaryKeys()).filter((p) => !parts.has(p));
      await db.baseParts.bulkDelete(stale);
      await db.baseParts.bulkPut(
        added.flatMap(({ file }) => file.parts).filter(({ sha256 }) => parts.has(sha256)),
      );
      const compacted = kept.reduce<Vector>((all, row) => join(all, row.have), {});
      const keys = (await db.segments.toCollection().primaryKeys()).filter(
        ([replica, , to]) => to <= seen(compacted, replica),
      );
      for (let i = 0; i < keys.length; i += AT_ONCE) {
        await moveToArchive(db, keys.slice(i, i + AT_ONCE));
      }
    },
  };
}

async function moveToArchive(db: VaultDb, keys: readonly SegmentKey[]): Promise<void> {
  const segments = (await db.segments.bulkGet([...keys])).filter((row) => row !== undefined);
  await db.archive.bulkPut(segments.map((row) => ({ ...row, id: row.sha256 })));
  await db.segments.bulkDelete([...keys]);
}

const metaOf = ({ file, head, rows }: OpenBase, at: number): BaseMetaRow => ({
  sha256: file.parts[0]?.sha256 ?? '',
  by: file.by,
  sig: file.sig,
  have: head.have,
  tips: head.tips,
  parts: file.parts.map((part) => part.sha256),
  records: rows.length,
  size: file.parts.reduce((sum, { bytes }) => sum + bytes.length, 0),
  at,
});

/** The last segment of each replica that any of the bases stands for. */
export function tipsOf(rows: readonly BaseMetaRow[]): Record<string, Anchor> {
  const tips: Record<string, Anchor> = {};
  for (const row of rows) {
    for (const [replica, tip] of Object.entries(row.tips)) {
      if (tip.to > (tips[replica]?.to ?? 0)) tips[replica] = tip;
    }
  }
  return tips;
}

export interface KeysNow {
  readonly segments: readonly SegmentKey[];
  readonly archive: readonly SegmentKey[];
}

export async function keysNow(db: VaultDb): Promise<KeysNow> {
  const archive = await db.archive.orderBy('[replica+from+to]').keys();
  return {
    segments: await db.segments.toCollection().primaryKeys(),
    archive: archive as unknown as readonly SegmentKey[],
  };
}
