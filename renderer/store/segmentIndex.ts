/** Which segment holds a change: keys by replica, searched by halving. */
import type { SegmentKey } from './db';

export interface SegmentIndex {
  add(keys: readonly SegmentKey[]): void;
  set(keys: readonly SegmentKey[]): void;
  keys(): readonly SegmentKey[];
  find(replica: string, sequence: number): SegmentKey | undefined;
}

export function createSegmentIndex(): SegmentIndex {
  const byReplica = new Map<string, readonly SegmentKey[]>();

  function add(keys: readonly SegmentKey[]): void {
    for (const [replica, added] of Map.groupBy(keys, (key) => key[0])) {
      const all = new Map<number, SegmentKey>();
      for (const key of [...(byReplica.get(replica) ?? []), ...added]) {
        // Sealed anew, a longer one says what the shorter one says.
        if ((all.get(key[1])?.[2] ?? 0) <= key[2]) all.set(key[1], key);
      }
      byReplica.set(
        replica,
        [...all.values()].toSorted((a, b) => a[1] - b[1]),
      );
    }
  }

  return {
    add,
    set(keys) {
      byReplica.clear();
      add(keys);
    },
    keys: () => [...byReplica.values()].flat(),
    find(replica, sequence) {
      const keys = byReplica.get(replica) ?? [];
      let low = 0;
      let high = keys.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const key = keys[middle];
        if (!key) return undefined;
        if (sequence < key[1]) high = middle - 1;
        else if (sequence > key[2]) low = middle + 1;
        else return key;
      }
      return undefined;
    },
  };
}
