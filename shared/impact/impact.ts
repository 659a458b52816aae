/** What a loss means: who is affected, by what, and whom redundancy saved. */
import type { RecordId } from '../log/change';
import type { Graph, Via } from './graph';
import { spread, type Spread } from './spread';

/** One step of an explanation: `id` cannot work because it needs `needs`. */
export interface Cause {
  readonly id: RecordId;
  readonly needs: RecordId;
  readonly via: Via;
  /** Present when `needs` belongs to a redundancy group that has too few members left. */
  readonly group?: GroupState;
}

export interface GroupState {
  readonly name: string;
  /** Members working now and before the loss, and how many must. */
  readonly up: number;
  readonly working: number;
  readonly minimum: number;
}

/** A group that lost members and still holds. */
export interface SparedGroup extends GroupState {
  readonly lost: readonly RecordId[];
  readonly left: readonly RecordId[];
}

export interface Impact {
  /** The lost records that can spread their loss, without repeats. */
  readonly lost: readonly RecordId[];
  /** Affected records, nearest to the loss first; the lost ones are not among them. */
  readonly affected: readonly RecordId[];
  /** Lost and affected records together, by kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** Records that would be affected if nothing stood in for anything. */
  readonly saved: readonly RecordId[];
  readonly spared: readonly SparedGroup[];
  isDown(id: RecordId): boolean;
  /** Shortest explanation, from the record towards the loss; empty for lost and unharmed ones. */
  why(id: RecordId): readonly Cause[];
  readonly graph: Graph;
  readonly spread: Spread;
}

/** Ids that the graph does not hold (deleted, retired, of other kinds) are ignored. */
export function impactOf(graph: Graph, lostIds: readonly RecordId[]): Impact {
  const lost = lostIds.map((id) => graph.indexOf.get(id) ?? -1).filter((node) => node >= 0);
  const result = spread(graph, lost);
  const down = Array.from(result.order.subarray(0, result.count));
  const idOf = (node: number): RecordId => graph.ids[node] ?? '';
  return {
    lost: down.slice(0, result.lost).map(idOf),
    affected: down.slice(result.lost).map(idOf),
    counts: countByKind(graph, down),
    saved: savedIn(graph, result, lost),
    spared: sparedIn(graph, result),
    isDown: (id) => result.down[graph.indexOf.get(id) ?? -1] === 1,
    why: (id) => explain(graph, result, graph.indexOf.get(id) ?? -1),
    graph,
    spread: result,
  };
}

function countByKind(graph: Graph, nodes: readonly number[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = Object.fromEntries(graph.kinds.map((kind) => [kind, 0]));
  for (const node of nodes) {
    const kind = graph.kinds[graph.kindOf[node] ?? 0] ?? '';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function savedIn(graph: Graph, result: Spread, lost: readonly number[]): readonly RecordId[] {
  if (!graph.groups.names.length) return [];
  const plain = spread(graph, lost, true);
  const saved: RecordId[] = [];
  for (let at = 0; at < plain.count; at++) {
    const node = plain.order[at] ?? 0;
    if (!result.down[node]) saved.push(graph.ids[node] ?? '');
  }
  return saved;
}

function sparedIn(graph: Graph, result: Spread): readonly SparedGroup[] {
  const spared: SparedGroup[] = [];
  graph.groups.names.forEach((_, g) => {
    if (result.broke[g] !== -1) return;
    const members = Array.from(
      graph.groups.members.subarray(graph.groups.offsets[g], graph.groups.offsets[g + 1]),
    );
    const isDown = (node: number) => result.down[node] === 1;
    if (!members.some(isDown)) return;
    const ids = (list: readonly number[]) => list.map((node) => graph.ids[node] ?? '');
    spared.push({
      ...groupState(graph, result, g),
      lost: ids(members.filter(isDown)),
      left: ids(members.filter((node) => !isDown(node) && !graph.idle[node])),
    });
  });
  return spared;
}

const groupState = (graph: Graph, result: Spread, g: number): GroupState => ({
  name: graph.groups.names[g] ?? '',
  up: result.up[g] ?? 0,
  working: graph.groups.working[g] ?? 0,
  minimum: graph.groups.minimum[g] ?? 0,
});

const NOWHERE: Via = { kind: '', name: '', type: 'relation' };

function explain(graph: Graph, result: Spread, from: number): readonly Cause[] {
  const path: Cause[] = [];
  let node = from;
  while (node >= 0 && (result.cause[node] ?? -1) >= 0) {
    const needed = result.cause[node] ?? -1;
    const g = graph.groupOf[needed] ?? -1;
    path.push({
      id: graph.ids[node] ?? '',
      needs: graph.ids[needed] ?? '',
      via: graph.vias[result.via[node] ?? 0] ?? NOWHERE,
      ...(g >= 0 ? { group: groupState(graph, result, g) } : {}),
    });
    // A member that still works is missed because its group broke: go on with the one that broke it.
    const earlier = result.down[needed] && (result.when[needed] ?? 0) < (result.when[node] ?? 0);
    node = earlier ? needed : (result.broke[g] ?? -1);
  }
  return path;
}
