/**
 * The call tree while people are being called: whom to call now, who has been reached. A person
 * who does not answer is followed by the deputy, then by the next one; those not reached come
 * round again. Who is called by somebody comes once that one is reached, or was tried in vain.
 */
import type { RecordId } from '../log/change';
import type { Entry, Outcome } from './entry';
import type { FrozenCall, FrozenPerson } from './frozen';

export interface Attempt {
  readonly at: number;
  readonly outcome: Outcome;
  readonly who: 'person' | 'deputy';
  readonly name: string;
  readonly by: string;
}

export interface CallState {
  readonly node: FrozenCall;
  /** Depth in the tree, from 0. */
  readonly depth: number;
  readonly attempts: readonly Attempt[];
  readonly reachedAt: number | undefined;
  /** Who answered. */
  readonly reachedBy: string;
  /** Everybody of this node was tried since the last round began, and nobody answered. */
  readonly tried: boolean;
  /** Whom the next attempt is for. */
  readonly nextWho: 'person' | 'deputy';
}

export interface CallTree {
  /** In the order of the tree. */
  readonly nodes: readonly CallState[];
  /** The ones not reached yet, the next to call first. */
  readonly queue: readonly CallState[];
  readonly reached: number;
  readonly total: number;
}

export function foldCalls(calls: readonly FrozenCall[], entries: readonly Entry[]): CallTree {
  const attempts = new Map<RecordId, Attempt[]>(calls.map((node) => [node.id, []]));
  for (const { type, subject, at, by, detail } of entries) {
    if (type !== 'call' || !detail.outcome) continue;
    const { outcome, who = 'person', name = '' } = detail;
    attempts.get(subject)?.push({ at, outcome, who, name, by });
  }
  const nodes = inTreeOrder(calls).map(({ node, depth }) =>
    stateOf(node, depth, attempts.get(node.id) ?? []),
  );
  return {
    nodes,
    queue: queueOf(nodes),
    reached: nodes.filter((state) => state.reachedAt !== undefined).length,
    total: nodes.length,
  };
}

/** The person or deputy whom the next attempt is for; the other one when only one is known. */
export function toCall(state: CallState): FrozenPerson | null {
  const { person, deputy } = state.node;
  return state.nextWho === 'deputy' ? (deputy ?? person) : (person ?? deputy);
}

function stateOf(node: FrozenCall, depth: number, attempts: readonly Attempt[]): CallState {
  const hit = attempts.find((attempt) => attempt.outcome === 'reached');
  const last = attempts.at(-1);
  const deputyNext = node.deputy !== null && last?.who === 'person';
  return {
    node,
    depth,
    attempts,
    reachedAt: hit?.at,
    reachedBy: hit?.name ?? '',
    tried: last !== undefined && !deputyNext,
    nextWho: deputyNext || (!node.person && node.deputy) ? 'deputy' : 'person',
  };
}

function queueOf(nodes: readonly CallState[]): readonly CallState[] {
  const byId = new Map(nodes.map((state) => [state.node.id, state]));
  const rank = (state: CallState): number => {
    if (state.attempts.length && !state.tried) return 0;
    if (state.tried) return 2;
    const caller = state.node.calledBy ? byId.get(state.node.calledBy) : undefined;
    const free = !caller || state.depth === 0 || caller.reachedAt !== undefined || caller.tried;
    return free ? 1 : 3;
  };
  const lastAt = (state: CallState) => state.attempts.at(-1)?.at ?? 0;
  const place = new Map(nodes.map((state, i) => [state, i]));
  return nodes
    .filter((state) => state.reachedAt === undefined)
    .map((state) => ({ state, rank: rank(state) }))
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        (a.rank === 1 ? 0 : a.state.attempts.length - b.state.attempts.length) ||
        (a.rank === 1 ? 0 : lastAt(a.state) - lastAt(b.state)) ||
        (place.get(a.state) ?? 0) - (place.get(b.state) ?? 0),
    )
    .map(({ state }) => state);
}

/** Depth first, in the given order; a circle of callers is entered at its first node. */
function inTreeOrder(calls: readonly FrozenCall[]) {
  const known = new Set(calls.map((node) => node.id));
  const under = new Map<RecordId, FrozenCall[]>();
  for (const node of calls) {
    const caller = node.calledBy && known.has(node.calledBy) ? node.calledBy : '';
    under.set(caller, [...(under.get(caller) ?? []), node]);
  }
  const out: { readonly node: FrozenCall; readonly depth: number }[] = [];
  const seen = new Set<RecordId>();
  const walk = (node: FrozenCall, depth: number): void => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    out.push({ node, depth });
    for (const child of under.get(node.id) ?? []) walk(child, depth + 1);
  };
  for (const node of under.get('') ?? []) walk(node, 0);
  for (const node of calls) walk(node, 0);
  return out;
}
