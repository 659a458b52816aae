/**
 * Strongly connected components (Tarjan, "Depth-first search and linear graph algorithms", 1972),
 * with an explicit stack because dependency chains can be deeper than the call stack.
 */
import type { Rows } from './graph';

export interface Components {
  /** Component of each node, or -1 outside the chosen ones. */
  readonly of: Int32Array;
  /** Nodes of each component; a component comes after every component that it points to. */
  readonly members: readonly (readonly number[])[];
}

/** Components of the nodes in `nodes`, along edges to nodes marked in `inside`. */
export function components(rows: Rows, inside: Uint8Array, nodes: Int32Array): Components {
  const size = inside.length;
  const of = new Int32Array(size).fill(-1);
  const found = new Int32Array(size);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const open: number[] = [];
  const path: number[] = [];
  const members: number[][] = [];
  let counter = 0;

  const enter = (node: number) => {
    counter += 1;
    found[node] = counter;
    low[node] = counter;
    next[node] = rows.offsets[node] ?? 0;
    open.push(node);
    path.push(node);
  };
  const lower = (node: number, value: number) => {
    if (value < (low[node] ?? 0)) low[node] = value;
  };
  const close = (node: number) => {
    const part: number[] = [];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      of[member] = members.length;
      part.push(member);
      if (member === node) break;
    }
    members.push(part);
  };

  for (const start of nodes) {
    if (found[start]) continue;
    enter(start);
    while (path.length) {
      const node = path[path.length - 1] ?? 0;
      const e = next[node] ?? 0;
      if (e < (rows.offsets[node + 1] ?? 0)) {
        next[node] = e + 1;
        const to = rows.edges[e] ?? 0;
        if (!inside[to]) continue;
        if (!found[to]) enter(to);
        else if (of[to] === -1) lower(node, found[to] ?? 0);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) lower(parent, low[node] ?? 0);
      if (low[node] === found[node]) close(node);
    }
  }
  return { of, members };
}
