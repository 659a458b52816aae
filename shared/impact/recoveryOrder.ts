/**
 * The order in which services must come back: a service after the ones it needs, and among those
 * that may go next, the one that the most urgent service is waiting for. Dependencies that run in
 * a circle cannot be ordered; their services stand together, most urgent first, and are flagged.
 */
import type { RecordId } from '../log/change';
import type { RecordState } from '../log/record';
import { components } from './components';
import type { Impact } from './impact';

export interface RecoveryItem {
  readonly id: RecordId;
  /** Minutes, or undefined when nobody has agreed on one. */
  readonly rto: number | undefined;
  readonly mtpd: number | undefined;
  readonly rpo: number | undefined;
  readonly criticality: string | undefined;
  /** Stands in a circle of services that need each other. */
  readonly circular: boolean;
  /** A service that needs this one and must be back sooner than this one promises. */
  readonly slowerThan: RecordId | undefined;
}

const CRITICALITY = ['critical', 'high', 'medium', 'low'];
const NONE = Number.MAX_SAFE_INTEGER;

/** `get` finds the service records; `isService` says which kind of node is to be recovered. */
export function recoveryOrder(
  impact: Impact,
  get: (id: RecordId) => RecordState | undefined,
  service = 'service',
): readonly RecoveryItem[] {
  const { graph, spread } = impact;
  const down = spread.order.subarray(0, spread.count);
  const kind = graph.kinds.indexOf(service);
  const items = new Map<number, Target>();
  for (const node of down) {
    if (graph.kindOf[node] === kind) items.set(node, targetOf(graph.ids[node] ?? '', get));
  }
  const ranked = [...items].toSorted(([, a], [, b]) => compareTargets(a, b));
  const rank = new Map(ranked.map(([node], i) => [node, i]));
  const parts = components(graph.needs, spread.down, down);
  const { urgency, strictest } = inherit(impact, parts, items, rank);
  const out: RecoveryItem[] = [];
  for (const part of release(impact, parts, urgency)) {
    const nodes = (parts.members[part] ?? []).filter((node) => items.has(node));
    nodes.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    for (const node of nodes) {
      const target = items.get(node);
      const limit = strictest[part];
      if (!target) continue;
      const { id, rto, mtpd, rpo, criticality } = target;
      out.push({
        id,
        rto,
        mtpd,
        rpo,
        criticality,
        circular: nodes.length > 1,
        slowerThan:
          limit && limit.id !== id && (rto ?? NONE) > (limit.rto ?? NONE) ? limit.id : undefined,
      });
    }
  }
  return out;
}

interface Target {
  readonly id: RecordId;
  readonly name: string;
  readonly rto: number | undefined;
  readonly mtpd: number | undefined;
  readonly rpo: number | undefined;
  readonly criticality: string | undefined;
}

function targetOf(id: RecordId, get: (id: RecordId) => RecordState | undefined): Target {
  const values = get(id)?.values ?? {};
  const minutes = (field: string) => {
    const value = values[field];
    return typeof value === 'number' ? value : undefined;
  };
  return {
    id,
    name: typeof values.name === 'string' ? values.name : '',
    rto: minutes('rto'),
    mtpd: minutes('mtpd'),
    rpo: minutes('rpo'),
    criticality: typeof values.criticality === 'string' ? values.criticality : undefined,
  };
}

const critical = (target: Target): number => {
  const at = CRITICALITY.indexOf(target.criticality ?? '');
  return at < 0 ? CRITICALITY.length : at;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareTargets = (a: Target, b: Target): number =>
  critical(a) - critical(b) ||
  (a.rto ?? NONE) - (b.rto ?? NONE) ||
  (a.mtpd ?? NONE) - (b.mtpd ?? NONE) ||
  compareText(a.name, b.name) ||
  compareText(a.id, b.id);

type Parts = ReturnType<typeof components>;

/** What a service waits for is as urgent as the service, and must be back as soon. */
function inherit(
  impact: Impact,
  parts: Parts,
  items: ReadonlyMap<number, Target>,
  rank: ReadonlyMap<number, number>,
) {
  const urgency = new Float64Array(parts.members.length).fill(NONE);
  const strictest: (Target | undefined)[] = parts.members.map(() => undefined);
  const tighten = (part: number, rankOf: number, target: Target | undefined) => {
    urgency[part] = Math.min(urgency[part] ?? NONE, rankOf);
    if (target?.rto !== undefined && target.rto < (strictest[part]?.rto ?? NONE)) {
      strictest[part] = target;
    }
  };
  // Components come with the needed ones first, so walking backwards meets dependents first.
  for (let part = parts.members.length - 1; part >= 0; part--) {
    const nodes = parts.members[part] ?? [];
    for (const node of nodes) tighten(part, rank.get(node) ?? NONE, items.get(node));
    for (const node of nodes) {
      forEachNeed(impact, node, (needed) => {
        const other = parts.of[needed] ?? -1;
        if (other >= 0 && other !== part) tighten(other, urgency[part] ?? NONE, strictest[part]);
      });
    }
  }
  return { urgency, strictest };
}

function forEachNeed(impact: Impact, node: number, visit: (needed: number) => void): void {
  const { offsets, edges } = impact.graph.needs;
  const end = offsets[node + 1] ?? 0;
  for (let e = offsets[node] ?? 0; e < end; e++) {
    const needed = edges[e] ?? 0;
    if (impact.spread.down[needed]) visit(needed);
  }
}

/** Components in an order that respects the needs, most urgent of the free ones first. */
function release(impact: Impact, parts: Parts, urgency: Float64Array): readonly number[] {
  const size = parts.members.length;
  const waitsFor = new Int32Array(size);
  const freed: number[][] = parts.members.map(() => []);
  parts.members.forEach((nodes, part) => {
    for (const node of nodes) {
      forEachNeed(impact, node, (needed) => {
        const other = parts.of[needed] ?? -1;
        if (other < 0 || other === part) return;
        waitsFor[part] = (waitsFor[part] ?? 0) + 1;
        freed[other]?.push(part);
      });
    }
  });
  const heap = createHeap((a, b) => (urgency[a] ?? 0) - (urgency[b] ?? 0) || a - b);
  for (let part = 0; part < size; part++) if (!waitsFor[part]) heap.push(part);
  const order: number[] = [];
  for (let part = heap.pop(); part !== undefined; part = heap.pop()) {
    order.push(part);
    for (const next of freed[part] ?? []) {
      waitsFor[next] = (waitsFor[next] ?? 0) - 1;
      if (!waitsFor[next]) heap.push(next);
    }
  }
  return order;
}

function createHeap(compare: (a: number, b: number) => number) {
  const items: number[] = [];
  const at = (i: number): number => items[i] ?? 0;
  const swap = (i: number, j: number) => {
    const kept = at(i);
    items[i] = at(j);
    items[j] = kept;
  };
  return {
    push(item: number) {
      let i = items.push(item) - 1;
      for (let up = (i - 1) >> 1; i > 0 && compare(at(i), at(up)) < 0; up = (i - 1) >> 1) {
        swap(i, up);
        i = up;
      }
    },
    pop(): number | undefined {
      const first = items[0];
      const last = items.pop();
      if (last === undefined || !items.length) return first;
      items[0] = last;
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        let least = i;
        if (left < items.length && compare(at(left), at(least)) < 0) least = left;
        if (left + 1 < items.length && compare(at(left + 1), at(least)) < 0) least = left + 1;
        if (least === i) return first;
        swap(i, least);
        i = least;
      }
    },
  };
}
