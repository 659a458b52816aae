/**
 * Which segments are in the database, by their hashes: read once from an index and then kept up to
 * date, because every import asks.
 */
import { MAX_SAME } from '../../shared/exchange/limits';
import { knownEnds, type KnownEnds } from '../../shared/exchange/receipt';
import type { ReplicaId } from '../../shared/log/change';
import type { Anchor } from '../../shared/trust/roster';
import type { ArchiveStore } from './archive';
import { tipsOf, type Bases } from './bases';
import type { MetaRow, VaultDb } from './db';
import type { Arrival, Segment, SegmentsHere } from './exchangeStore';
import type { LogReader } from './logReader';

/**
 * In `meta`: segments that say what is here in other bytes. Headquarters compacts them along.
 */
export const SAME_KEY = 'sameSegments';
/** Replica, end and SHA-256. */
export type SameRow = readonly [ReplicaId, number, string];

export interface HereIndex {
  read(): Promise<SegmentsHere>;
  /** Tells the log of segments that are durable now. */
  add(segments: readonly Segment[]): void;
  /** Another window may have written. */
  forget(): void;
}

interface Known {
  /** Of the log that it was read from. */
  readonly version: number;
  /** Of `segments` alone; bases have their own. */
  readonly tips: Map<ReplicaId, Anchor>;
  readonly hashes: Set<string>;
  readonly ends: KnownEnds;
}

export function createHereIndex(
  db: VaultDb,
  log: LogReader,
  archive: Pick<ArchiveStore, 'hashes'>,
  bases: Bases,
): HereIndex {
  let known: Known | undefined;

  function note(
    { tips, hashes, ends }: Known,
    replica: ReplicaId,
    to: number,
    sha256: string,
  ): void {
    hashes.add(sha256);
    ends.add(replica, to, sha256);
    if (to > (tips.get(replica)?.to ?? 0)) tips.set(replica, { to, sha256 });
  }

  async function current(): Promise<Known> {
    const version = log.segmentsVersion();
    if (known?.version === version) return known;
    const keys = await db.segments.orderBy('[replica+from+to+sha256]').keys();
    const read: Known = {
      version,
      tips: new Map(),
      hashes: new Set(await archive.hashes()),
      ends: knownEnds(),
    };
    for (const key of keys as unknown as readonly [string, number, number, string][]) {
      const [replica, , to, sha256] = key;
      note(read, replica, to, sha256);
    }
    const same = await db.meta.get(SAME_KEY);
    // After what is kept here: a receipt names only so many, and the first ones.
    for (const [replica, to, sha256] of (same?.value ?? []) as readonly SameRow[]) {
      read.ends.add(replica, to, sha256);
    }
    if (log.segmentsVersion() === version) known = read;
    return read;
  }

  return {
    async read() {
      const { tips, hashes, ends } = await current();
      const all = tipsOf(bases.all());
      // Headquarters said that these are among what the state stands for: they are here.
      const stoodFor = Object.values(all).map(({ sha256 }) => sha256);
      const withBases = knownEnds(ends);
      for (const [replica, { to, sha256 }] of Object.entries(all)) {
        withBases.add(replica, to, sha256);
      }
      for (const [replica, tip] of tips) {
        if (tip.to > (all[replica]?.to ?? 0)) all[replica] = tip;
      }
      // What an import was planned with stays as it was, whatever comes meanwhile.
      return {
        tips: all,
        hashes: new Set([...hashes, ...stoodFor]),
        ends: withBases,
        compacted: bases.have(),
      };
    },
    add(segments) {
      const kept = known?.version === log.segmentsVersion() ? known : undefined;
      log.addSegments(segments.map(({ replica, from, to }) => [replica, from, to] as const));
      for (const each of kept ? segments : []) {
        if (kept) note(kept, each.replica, each.to, each.sha256);
      }
      known = kept && { ...kept, version: log.segmentsVersion() };
    },
    forget() {
      known = undefined;
    },
  };
}

/** The row of `meta` that an arrival changes: nearly never. */
export async function sameRow(
  db: VaultDb,
  { same = [], replace = [], asState = [] }: Pick<Arrival, 'same' | 'replace' | 'asState'>,
): Promise<MetaRow | undefined> {
  if (same.length + replace.length + asState.length === 0) return undefined;
  const before = ((await db.meta.get(SAME_KEY))?.value ?? []) as readonly SameRow[];
  // Of a branch that is given up nothing is the same any more.
  const kept = before.filter(([replica]) => !replace.includes(replica));
  const known = new Set(kept.map(([, , sha256]) => sha256));
  const added: SameRow[] = [];
  const ends = new Map<string, number>();
  const count = (replica: ReplicaId, to: number): number => {
    const end = `${replica} ${to}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
    return ends.get(end) ?? 0;
  };
  for (const [replica, to] of kept) count(replica, to);
  const stay = same.filter(({ replica }) => !replace.includes(replica));
  for (const { replica, to, sha256 } of [...stay, ...asState]) {
    if (known.has(sha256) || count(replica, to) > MAX_SAME) continue;
    known.add(sha256);
    added.push([replica, to, sha256]);
  }
  const changed = added.length > 0 || kept.length < before.length;
  return changed ? { key: SAME_KEY, value: [...kept, ...added] } : undefined;
}
