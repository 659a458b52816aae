/**
 * How a loss spreads: the least fixed point of "who needs something that is down is down", where a
 * member of a redundancy group is only missed once fewer than the group's minimum work. Every node
 * and edge is visited once, breadth first, so the first cause noted is on a shortest path.
 */
import type { Graph } from './graph';

export interface Spread {
  /** 1 for lost and affected nodes. */
  readonly down: Uint8Array;
  /** Nodes in the order they went down; the first `lost` of them were lost themselves. */
  readonly order: Int32Array;
  readonly count: number;
  readonly lost: number;
  /** Position of each node in `order`, or -1. A cause always has a smaller one. */
  readonly when: Int32Array;
  /** The node that each affected one missed, or -1 for lost nodes. */
  readonly cause: Int32Array;
  /** Index into `graph.vias` beside `cause`. */
  readonly via: Uint16Array;
  /** Members of each group still working. */
  readonly up: Int32Array;
  /** The member whose loss broke the group, or -1 while the group holds. */
  readonly broke: Int32Array;
}

/** `lost` are node indexes; `ignoreRedundancy` spreads as if nothing stood in for anything. */
export function spread(graph: Graph, lost: readonly number[], ignoreRedundancy = false): Spread {
  const size = graph.ids.length;
  const { offsets, edges, vias } = graph.dependents;
  const { groups, groupOf, idle } = graph;
  const down = new Uint8Array(size);
  const order = new Int32Array(size);
  const when = new Int32Array(size).fill(-1);
  const cause = new Int32Array(size).fill(-1);
  const via = new Uint16Array(size);
  const up = groups.working.slice();
  const broke = new Int32Array(groups.names.length).fill(-1);
  let count = 0;
  for (const node of lost) {
    if (node < 0 || node >= size || down[node]) continue;
    down[node] = 1;
    when[node] = count;
    order[count++] = node;
  }
  const lostCount = count;

  const missed = (node: number) => {
    const end = offsets[node + 1] ?? 0;
    for (let e = offsets[node] ?? 0; e < end; e++) {
      const next = edges[e] ?? 0;
      if (down[next]) continue;
      down[next] = 1;
      cause[next] = node;
      via[next] = vias[e] ?? 0;
      when[next] = count;
      order[count++] = next;
    }
  };

  for (let at = 0; at < count; at++) {
    const node = order[at] ?? 0;
    const g = ignoreRedundancy ? -1 : (groupOf[node] ?? -1);
    if (g < 0) {
      missed(node);
      continue;
    }
    if (!idle[node]) up[g] = (up[g] ?? 0) - 1;
    const minimum = groups.minimum[g] ?? 1;
    const holds = minimum > 0 && (up[g] ?? 0) >= minimum;
    if (holds || broke[g] !== -1) continue;
    broke[g] = node;
    const end = groups.offsets[g + 1] ?? 0;
    for (let m = groups.offsets[g] ?? 0; m < end; m++) {
      if (down[groups.members[m] ?? 0]) missed(groups.members[m] ?? 0);
    }
    for (let m = groups.offsets[g] ?? 0; m < end; m++) missed(groups.members[m] ?? 0);
  }
  return { down, order, count, lost: lostCount, when, cause, via, up, broke };
}
