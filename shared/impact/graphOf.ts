/** The dependency graph of a vault, read off the kinds' own declarations of what needs what. */
import type { KindDef } from '../kinds/define';
import type { RecordId } from '../log/change';
import type { RecordState } from '../log/record';
import type { Projection } from '../projection/projection';
import { buildGraph, type Graph, type Via } from './graph';
import { isIdle, isOut } from './inService';

/** Kinds on either end of a field or relation along which a loss spreads. */
export function dependencyKinds(kinds: readonly KindDef[]): readonly string[] {
  const names = new Set<string>();
  for (const kind of kinds) {
    for (const field of Object.values(kind.fields)) {
      if (field.type === 'ref' && field.needs) names.add(kind.name).add(field.to);
    }
    for (const relation of Object.values(kind.relations)) {
      if (!relation.needs) continue;
      names.add(kind.name);
      for (const to of relation.to) names.add(to);
    }
  }
  return kinds.map((kind) => kind.name).filter((name) => names.has(name));
}

/** Nodes are the visible records of those kinds; retired and cancelled ones are left out. */
export function graphOf(projection: Projection, kinds: readonly KindDef[]): Graph {
  const names = dependencyKinds(kinds);
  const defs = kinds.filter((kind) => names.includes(kind.name));
  const nodes = names.flatMap((name) => projection.records(name).filter((state) => !isOut(state)));
  const indexOf = new Map<RecordId, number>();
  nodes.forEach((state, n) => indexOf.set(state.id, n));
  const vias: Via[] = [];
  const edges = edgeList();
  for (const kind of defs) addFieldEdges(kind, projection, indexOf, vias, edges.add);
  addLinkEdges(defs, nodes, projection, indexOf, vias, edges.add);
  return buildGraph({
    ids: nodes.map((state) => state.id),
    indexOf,
    kindOf: Uint8Array.from(nodes, (state) => names.indexOf(state.kind)),
    kinds: names,
    vias,
    ...edges.arrays(),
    group: groupsIn(nodes),
    idle: Uint8Array.from(nodes, (state) => (isIdle(state) ? 1 : 0)),
  });
}

type AddEdge = (from: number, to: number, via: number) => void;

/** Three growing columns; pushing objects would cost more than the walk itself. */
function edgeList() {
  const from: number[] = [];
  const to: number[] = [];
  const via: number[] = [];
  return {
    add: ((f, t, v) => {
      from.push(f);
      to.push(t);
      via.push(v);
    }) satisfies AddEdge,
    arrays: () => ({
      from: new Int32Array(from),
      to: new Int32Array(to),
      via: new Uint16Array(via),
      edges: from.length,
    }),
  };
}

function addFieldEdges(
  kind: KindDef,
  projection: Projection,
  indexOf: ReadonlyMap<RecordId, number>,
  vias: Via[],
  add: AddEdge,
): void {
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== 'ref' || !field.needs) continue;
    const via = vias.push({ kind: kind.name, name, type: 'field' }) - 1;
    for (const state of projection.records(kind.name)) {
      const from = indexOf.get(state.id);
      const target = state.values[name];
      const to = typeof target === 'string' ? indexOf.get(target) : undefined;
      if (from !== undefined && to !== undefined && from !== to) add(from, to, via);
    }
  }
}

function addLinkEdges(
  kinds: readonly KindDef[],
  nodes: readonly RecordState[],
  projection: Projection,
  indexOf: ReadonlyMap<RecordId, number>,
  vias: Via[],
  add: AddEdge,
): void {
  /** Kind, then relation. */
  const viaOf = new Map<string, Map<string, number>>();
  for (const kind of kinds) {
    const ofKind = new Map<string, number>();
    viaOf.set(kind.name, ofKind);
    for (const [name, relation] of Object.entries(kind.relations)) {
      if (!relation.needs) continue;
      const via = vias.push({ kind: kind.name, name, type: 'relation' }) - 1;
      ofKind.set(name, via);
    }
  }
  for (const link of projection.records('link')) {
    const { from: a, to: b, rel } = link.values;
    const from = typeof a === 'string' ? indexOf.get(a) : undefined;
    const to = typeof b === 'string' ? indexOf.get(b) : undefined;
    if (from === undefined || to === undefined || from === to) continue;
    const via = typeof rel === 'string' ? viaOf.get(nodes[from]?.kind ?? '')?.get(rel) : undefined;
    if (via !== undefined) add(from, to, via);
  }
}

function groupsIn(nodes: readonly RecordState[]) {
  const group = new Map<number, { name: string; minimum: number }>();
  nodes.forEach((state, n) => {
    const raw = state.values.redundancyGroup;
    const name = typeof raw === 'string' ? raw.trim() : '';
    const least = state.values.minimumUp;
    if (name) group.set(n, { name, minimum: typeof least === 'number' ? Math.max(1, least) : 1 });
  });
  return group;
}
