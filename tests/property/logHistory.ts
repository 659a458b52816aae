/**
 * Random histories over the real log: several replicas with clocks of their own write, restart from
 * a checkpoint and pass each other parts of what they know, in any order that keeps each author's
 * own sequence. Beside each change stands what its author knew then, so that tests can tell from
 * causality alone what ought to be shown.
 */
import fc from 'fast-check';
import { refFieldsOf } from '../../shared/kinds/define';
import { kindOf } from '../../shared/kinds/registry';
import { dotOf, type Change, type Dot, type Value } from '../../shared/log/change';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { decodePack, encodePack } from '../../shared/log/checkpoint';
import { tick } from '../../shared/log/clock';
import { dominates, seen, type Vector } from '../../shared/log/vector';
import { createProjection, type Projection } from '../../shared/projection/projection';

export const RECORDS = {
  r0: { kind: 'ci', fields: ['name', 'site', 'description'] },
  r1: { kind: 'ci', fields: ['name', 'site', 'description'] },
  r2: { kind: 'service', fields: ['name', 'description'] },
  r3: { kind: 'site', fields: ['name', 'notes'] },
  r4: { kind: 'planStep', fields: ['title', 'plan', 'order'] },
  r5: { kind: 'plan', fields: ['name', 'purpose'] },
} as const satisfies Record<string, { kind: string; fields: readonly string[] }>;
type Id = keyof typeof RECORDS;
const IDS = Object.keys(RECORDS) as Id[];

export interface EditPlan {
  readonly do: Edit['do'];
  readonly id: Id;
  readonly to: Id;
  readonly field: number;
  readonly value: number;
}
export type Step =
  | {
      readonly do: 'write';
      readonly at: number;
      readonly wall: number;
      readonly edits: readonly EditPlan[];
    }
  /** Passes on, per author, the given share of what `to` lacks; `picks` interleaves the authors. */
  | {
      readonly do: 'send';
      readonly at: number;
      readonly to: number;
      readonly shares: readonly number[];
      readonly picks: readonly number[];
    }
  | { readonly do: 'restart'; readonly at: number };

export interface History {
  readonly replicas: number;
  readonly steps: readonly Step[];
}

const replica = fc.nat(4);
const editPlan: fc.Arbitrary<EditPlan> = fc.record({
  do: fc.constantFrom<Edit['do'][]>(
    'set',
    'set',
    'set',
    'create',
    'delete',
    'restore',
    'link',
    'unlink',
  ),
  id: fc.constantFrom(...IDS),
  to: fc.constantFrom(...IDS),
  field: fc.nat(2),
  value: fc.nat(3),
});
/** Ten years to both sides, and clocks that stand still or run backwards. */
const wall = fc.oneof(
  fc.nat(1000),
  fc.integer({ min: -315_576_000_000, max: 315_576_000_000 }),
  fc.constant(0),
);
export const picksOf = fc.array(fc.nat(40), { maxLength: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('write'),
      at: replica,
      wall,
      edits: fc.array(editPlan, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('send'),
      at: replica,
      to: replica,
      shares: fc.array(fc.constantFrom(0, 0.5, 1, 1), { minLength: 5, maxLength: 5 }),
      picks: picksOf,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart'), at: replica }) },
);

export const histories: fc.Arbitrary<History> = fc.record({
  replicas: fc.integer({ min: 2, max: 5 }),
  steps: fc.array(step, { minLength: 3, maxLength: 40 }),
});

export interface Node {
  readonly name: string;
  projection: Projection;
  /** Everything it knows, per author in sequence. */
  readonly known: Map<string, Change[]>;
}

export interface World {
  readonly nodes: readonly Node[];
  readonly changes: readonly Change[];
  /** What the author knew when it wrote the change, the change itself not included. */
  readonly past: ReadonlyMap<Dot, Vector>;
}

export interface RunOptions {
  /** Wall clock of every write instead of the history's own. */
  readonly wall?: (given: number, count: number) => number;
  /** Before every write the author receives everything there is. */
  readonly sequential?: boolean;
  readonly after?: (world: World) => void;
}

/** 2026-01-01; only a point from which clocks go astray. */
const EPOCH = 1_767_225_600_000;

export function runHistory(history: History, options: RunOptions = {}): World {
  const nodes = Array.from({ length: history.replicas }, (_, i) => newNode(`n${i}-1`));
  const changes: Change[] = [];
  const past = new Map<Dot, Vector>();
  const world: World = { nodes, changes, past };
  const nodeAt = (i: number) => nodes[i % nodes.length] as Node;
  for (const next of history.steps) {
    const node = nodeAt(next.at);
    if (next.do === 'restart') restart(node);
    else if (next.do === 'send') give(node, nodeAt(next.to), next.shares, next.picks);
    else {
      if (options.sequential) for (const other of nodes) give(other, node);
      const now = EPOCH + (options.wall?.(next.wall, changes.length) ?? next.wall);
      for (const change of write(node, next.edits, now, options.sequential ?? false)) {
        changes.push(change);
        past.set(dotOf(change), { ...node.projection.have(), [node.name]: change.s - 1 });
      }
      for (const change of changes.slice(-3)) if (change.r === node.name) learn(node, change, now);
    }
    options.after?.(world);
  }
  return world;
}

export const newNode = (name: string): Node => ({
  name,
  projection: createProjection(kindOf),
  known: new Map(),
});

function learn(node: Node, change: Change, wallMs = EPOCH): void {
  if (seen(node.projection.have(), change.r) >= change.s) return;
  node.projection.apply([change], wallMs);
  node.known.set(change.r, [...(node.known.get(change.r) ?? []), change]);
}

function write(
  node: Node,
  plans: readonly EditPlan[],
  wallMs: number,
  onlyVisible: boolean,
): readonly Change[] {
  const { projection } = node;
  const edits = plans
    .filter(({ do: what, id }) => !onlyVisible || !isEdit(what) || !isDeleted(projection, id))
    .map((plan) => editOf(plan, node));
  return buildChanges(edits, projection.get, () => 1, {
    replica: node.name,
    next: seen(projection.have(), node.name) + 1,
    t: tick(projection.clock(), wallMs),
    by: node.name,
  });
}

/** Screens do not offer to edit what is deleted; doing so brings it back as a conflict. */
const isDeleted = (projection: Projection, id: string): boolean =>
  projection.get(id) !== undefined && projection.visible(id) === undefined;
const isEdit = (what: Edit['do']): boolean => what === 'set' || what === 'create';

function editOf(plan: EditPlan, { projection, name }: Node): Edit {
  const { id, to } = plan;
  const { kind, fields } = RECORDS[id];
  const field = fields[plan.field % fields.length] ?? 'name';
  const value = valueOf(field, plan.value);
  if (plan.do === 'link' || plan.do === 'unlink') {
    const ends = { from: id, rel: 'dependsOn', to } as const;
    if (plan.do === 'unlink') return { do: 'unlink', ...ends };
    return { do: 'link', ...ends, ...(plan.value > 1 ? { fields: { role: value } } : {}) };
  }
  if (plan.do === 'delete' || plan.do === 'restore') return { do: plan.do, id };
  if (projection.get(id)) return { do: 'set', id, fields: { [field]: value } };
  const number = projection.nextNumber(name, 'X');
  return { do: 'create', kind, id, fields: { [field]: value, number } };
}

function valueOf(field: string, value: number): Value {
  if (field === 'site') return [null, 'r3', 'r2', 'r3'][value] ?? null;
  if (field === 'plan') return [null, 'r5', 'r3', 'r5'][value] ?? null;
  if (field === 'order') return value;
  return ['a', 'b', null, 'c'][value] ?? null;
}

/** The replica closes and starts again from its checkpoint. */
function restart(node: Node): void {
  const before = node.projection;
  node.projection = createProjection(kindOf);
  node.projection.load({
    packs: [...Map.groupBy(before.all(), (state) => state.kind)].map(([name, states]) => {
      const kind = kindOf(name);
      return decodePack(encodePack(name, states, kind ? refFieldsOf(kind) : []));
    }),
    have: { ...before.have() },
    early: JSON.parse(JSON.stringify([...before.early()])) as string[],
    clock: before.clock(),
  });
}

/** Some or all of what `to` lacks, each author's changes in sequence, authors interleaved. */
export function give(
  from: Node,
  to: Node,
  shares: readonly number[] = [],
  picks: readonly number[] = [],
): void {
  if (from === to) return;
  const queues = [...from.known].map(([author, all], i) => {
    const missing = all.slice(seen(to.projection.have(), author));
    return missing.slice(0, Math.ceil(missing.length * (shares[i] ?? 1)));
  });
  for (const change of interleave(queues, picks)) learn(to, change);
}

/**
 * Has the replica, with every change, all that its author knew? Where a file got lost it may not;
 * then a value can stand beside the one that replaced what replaced it until the gap closes.
 */
export const isClosed = ({ projection, known }: Node, past: World['past']): boolean =>
  [...known.values()]
    .flat()
    .every((change) => dominates(projection.have(), past.get(dotOf(change)) ?? {}));

/** One of the many orders that keep the order within each queue. */
export function interleave<T>(queues: readonly (readonly T[])[], picks: readonly number[]): T[] {
  const left = queues.map((queue) => [...queue]).filter((queue) => queue.length > 0);
  const out: T[] = [];
  for (let turn = 0; left.length > 0; turn++) {
    const at = (picks[turn % Math.max(1, picks.length)] ?? 0) % left.length;
    const item = left[at]?.shift();
    if (item !== undefined) out.push(item);
    if (left[at]?.length === 0) left.splice(at, 1);
  }
  return out;
}

/** The same changes, grouped by author in sequence. */
export function byAuthor(changes: readonly Change[]): readonly (readonly Change[])[] {
  const authors = new Map<string, Change[]>();
  for (const change of changes) {
    authors.set(change.r, [...(authors.get(change.r) ?? []), change]);
  }
  return [...authors.values()].map((own) => own.toSorted((a, b) => a.s - b.s));
}
