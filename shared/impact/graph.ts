/**
 * The dependency graph in compressed sparse rows: for each node, who needs it (`dependents`) and
 * whom it needs (`needs`). Typed arrays, because a walk over 300,000 edges must not be felt.
 */
import type { RecordId } from '../log/change';

/** Why one node needs another: a field or a relation of the needing node's kind. */
export interface Via {
  readonly kind: string;
  readonly name: string;
  readonly type: 'field' | 'relation';
}

export interface Rows {
  /** `edges[offsets[n]] .. edges[offsets[n + 1] - 1]` belong to node n. */
  readonly offsets: Int32Array;
  readonly edges: Int32Array;
  /** Index into `vias`, beside `edges`. */
  readonly vias: Uint16Array;
}

/** Members stand in for each other while at least `minimum` of them work. */
export interface Groups {
  readonly names: readonly string[];
  readonly offsets: Int32Array;
  readonly members: Int32Array;
  /** Members that must stay up, never more than there are working ones. */
  readonly minimum: Int32Array;
  /** Members that work before anything is lost. */
  readonly working: Int32Array;
}

export interface Graph {
  readonly ids: readonly RecordId[];
  readonly indexOf: ReadonlyMap<RecordId, number>;
  /** Index into `kinds`. */
  readonly kindOf: Uint8Array;
  readonly kinds: readonly string[];
  readonly vias: readonly Via[];
  readonly dependents: Rows;
  readonly needs: Rows;
  /** Group of each node, or -1. */
  readonly groupOf: Int32Array;
  /** 1 when the node is there but not working yet, so it cannot stand in for another one. */
  readonly idle: Uint8Array;
  readonly groups: Groups;
}

export interface GraphInput {
  readonly ids: readonly RecordId[];
  /** Place of each id in `ids`. */
  readonly indexOf: ReadonlyMap<RecordId, number>;
  readonly kindOf: Uint8Array;
  readonly kinds: readonly string[];
  readonly vias: readonly Via[];
  /** Edge e: node `from[e]` needs node `to[e]` because of `via[e]`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly via: Uint16Array;
  readonly edges: number;
  /** Redundancy group name and smallest number of members that must stay up, by node. */
  readonly group: ReadonlyMap<number, { readonly name: string; readonly minimum: number }>;
  readonly idle: Uint8Array;
}

export function buildGraph(input: GraphInput): Graph {
  const size = input.ids.length;
  const { groupOf, groups } = groupsOf(input);
  return {
    ids: input.ids,
    indexOf: input.indexOf,
    kindOf: input.kindOf,
    kinds: input.kinds,
    vias: input.vias,
    dependents: rowsOf(size, input.edges, input.to, input.from, input.via),
    needs: rowsOf(size, input.edges, input.from, input.to, input.via),
    groupOf,
    idle: input.idle,
    groups,
  };
}

function rowsOf(
  size: number,
  count: number,
  key: Int32Array,
  value: Int32Array,
  via: Uint16Array,
): Rows {
  const offsets = new Int32Array(size + 1);
  for (let e = 0; e < count; e++) {
    const next = (key[e] ?? 0) + 1;
    offsets[next] = (offsets[next] ?? 0) + 1;
  }
  for (let n = 0; n < size; n++) offsets[n + 1] = (offsets[n + 1] ?? 0) + (offsets[n] ?? 0);
  const fill = offsets.slice(0, size);
  const edges = new Int32Array(count);
  const vias = new Uint16Array(count);
  for (let e = 0; e < count; e++) {
    const k = key[e] ?? 0;
    const at = fill[k] ?? 0;
    fill[k] = at + 1;
    edges[at] = value[e] ?? 0;
    vias[at] = via[e] ?? 0;
  }
  return { offsets, edges, vias };
}

function groupsOf(input: GraphInput): { groupOf: Int32Array; groups: Groups } {
  const size = input.ids.length;
  const groupOf = new Int32Array(size).fill(-1);
  const numberOf = new Map<string, number>();
  const members: number[][] = [];
  const minimum: number[] = [];
  for (const [node, { name, minimum: least }] of input.group) {
    let g = numberOf.get(name);
    if (g === undefined) {
      g = members.length;
      numberOf.set(name, g);
      members.push([]);
      minimum.push(1);
    }
    groupOf[node] = g;
    members[g]?.push(node);
    minimum[g] = Math.max(minimum[g] ?? 1, least);
  }
  const working = members.map((list) => list.filter((node) => !input.idle[node]).length);
  const offsets = new Int32Array(members.length + 1);
  members.forEach((list, g) => (offsets[g + 1] = (offsets[g] ?? 0) + list.length));
  return {
    groupOf,
    groups: {
      names: [...numberOf.keys()],
      offsets,
      members: Int32Array.from(members.flat()),
      // A group declared larger than it is would be down before anything is lost.
      minimum: Int32Array.from(minimum, (least, g) => Math.min(least, working[g] ?? 0)),
      working: Int32Array.from(working),
    },
  };
}
