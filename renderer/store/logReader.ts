/** Finds changes by their dots: recent ones in memory, older ones in their segment. */
import { parseDot, dotOf, type Change, type Dot } from '../../shared/log/change';
import type { Codec } from '../../shared/exchange/codec';
import { decodeSegment } from '../../shared/exchange/segment';
import type { SegmentKey, VaultDb } from './db';

const KEPT = 8;

export interface LogReader {
  /** Changes of the tail, oldest first. */
  readonly tail: readonly Change[];
  setTail(changes: readonly Change[]): void;
  addTail(changes: readonly Change[]): void;
  /** The tail up to that sequence has become a segment. */
  dropTail(to: number): void;
  addSegments(keys: readonly SegmentKey[]): void;
  segmentKeys(): readonly SegmentKey[];
  /** The changes of those dots, as far as the log has them. */
  find(dots: readonly Dot[]): Promise<readonly Change[]>;
}

export function createLogReader(db: VaultDb, codec: Codec): LogReader {
  let tail: Change[] = [];
  const byReplica = new Map<string, SegmentKey[]>();
  const decoded = new Map<string, readonly Change[]>();

  function keyOf(r: string, s: number): SegmentKey | undefined {
    const keys = byReplica.get(r) ?? [];
    let low = 0;
    let high = keys.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const key = keys[middle];
      if (!key) return undefined;
      if (s < key[1]) high = middle - 1;
      else if (s > key[2]) low = middle + 1;
      else return key;
    }
    return undefined;
  }

  async function changesOf(key: SegmentKey): Promise<readonly Change[]> {
    const id = key.join(' ');
    const hit = decoded.get(id);
    if (hit) return hit;
    const row = await db.segments.get(key);
    const read = row ? await decodeSegment(row.bytes, codec) : undefined;
    const changes = read?.ok ? read.value.changes : [];
    decoded.set(id, changes);
    const oldest = decoded.size > KEPT ? decoded.keys().next().value : undefined;
    if (oldest !== undefined) decoded.delete(oldest);
    return changes;
  }

  return {
    get tail() {
      return tail;
    },
    setTail(changes) {
      tail = [...changes];
    },
    addTail(changes) {
      tail = tail.concat(changes);
    },
    dropTail(to) {
      tail = tail.filter((change) => change.s > to);
    },
    addSegments(keys) {
      for (const [replica, added] of Map.groupBy(keys, (key) => key[0])) {
        const all = new Map([...(byReplica.get(replica) ?? []), ...added].map((k) => [k[1], k]));
        byReplica.set(
          replica,
          [...all.values()].toSorted((a, b) => a[1] - b[1]),
        );
      }
    },
    segmentKeys: () => [...byReplica.values()].flat(),
    async find(dots) {
      const recent = new Map(tail.map((change) => [dotOf(change), change]));
      const found: Change[] = [];
      const wanted = new Map<string, { key: SegmentKey; sequences: Set<number> }>();
      for (const dot of new Set(dots)) {
        const hit = recent.get(dot);
        if (hit) {
          found.push(hit);
          continue;
        }
        const { r, s } = parseDot(dot);
        const key = keyOf(r, s);
        if (!key) continue;
        const id = key.join(' ');
        const entry = wanted.get(id) ?? { key, sequences: new Set<number>() };
        entry.sequences.add(s);
        wanted.set(id, entry);
      }
      for (const { key, sequences } of wanted.values()) {
        for (const change of await changesOf(key)) {
          if (sequences.has(change.s)) found.push(change);
        }
      }
      return found;
    },
  };
}
