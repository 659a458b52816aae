/** Decisions of people: they travel, they stay decided, and none of them loses what others did. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { kindOf, partsOf } from '../../shared/kinds/registry';
import { DELETED, parseDot, type Dot, type Value } from '../../shared/log/change';
import type { Edit } from '../../shared/log/changeset';
import { headsOf, mergedInto, type Stamp } from '../../shared/log/record';
import {
  approvalEdit,
  approvalsOf,
  approvalState,
  approvedFields,
  named,
} from '../../shared/review/approval';
import { baseOf, valueWhen } from '../../shared/review/base';
import { allConflicts, conflictsIn, stampsOf, type Conflict } from '../../shared/review/conflict';
import { bothOf, carryOver, choiceBy, settle, settleBy } from '../../shared/review/decide';
import { withOrigins } from '../../shared/review/origin';
import { differingFields, lateArrivals, mergeEdits } from '../../shared/review/merge';
import { digest } from './logDigest';
import { give, picksOf } from './logHistory';
import { holds } from './holds';
import { desks, exchangeAll, type Desk } from './reviewWorld';

vi.setConfig({ testTimeout: 60_000 });
const RUNS = 300;

const FIELDS = ['name', 'unit', 'notes'] as const;
const person = (id: string, fields: Readonly<Record<string, Value>>): Edit => ({
  do: 'create',
  kind: 'person',
  id,
  fields,
});
const set = (id: string, fields: Readonly<Record<string, Value>>): Edit => ({
  do: 'set',
  id,
  fields,
});
const conflictsAt = (desk: Desk): readonly Conflict[] => allConflicts(desk.projection);
const plain = (conflicts: readonly Conflict[]) =>
  conflicts.map(({ key, choices }) => ({ key, values: choices.map(({ value }) => value) }));

/** Per replica: the value it writes to each field, or that it deletes the record. */
const edits = fc.record({
  id: fc.constantFrom('p1', 'p2', 'p3'),
  field: fc.nat(2),
  value: fc.nat(3),
  deletes: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const story = fc.record({
  replicas: fc.integer({ min: 2, max: 4 }),
  writes: fc.array(fc.record({ at: fc.nat(3), edit: edits }), { minLength: 2, maxLength: 14 }),
  decider: fc.nat(3),
  takes: fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }),
  picks: picksOf,
});

/** All start from three people, then write without seeing each other, then know everything. */
function apart({
  replicas,
  writes,
  picks,
}: {
  readonly replicas: number;
  readonly writes: readonly {
    readonly at: number;
    readonly edit: { id: string; field: number; value: number; deletes: boolean };
  }[];
  readonly picks: readonly number[];
}): readonly Desk[] {
  const nodes = desks(replicas);
  at(nodes, 0).write(['p1', 'p2', 'p3'].map((id) => person(id, { name: id })));
  exchangeAll(nodes);
  for (const write of writes) {
    const { id, field, value, deletes } = write.edit;
    const desk = at(nodes, write.at);
    desk.write([
      deletes ? { do: 'delete', id } : set(id, { [FIELDS[field] ?? 'name']: `v${value}` }),
    ]);
  }
  exchangeAll(nodes, picks);
  return nodes;
}

const at = (nodes: readonly Desk[], i: number): Desk => nodes[i % nodes.length] as Desk;

const decideAll = (desk: Desk, takes: readonly number[]) =>
  desk.write(
    conflictsAt(desk).map((conflict, i) => {
      const take = (takes[i % takes.length] ?? 0) % conflict.choices.length;
      return settle(conflict, conflict.choices[take]?.value ?? null);
    }),
  );

/** A deletion that is kept leaves other fields of the record in conflict, and those come after. */
function decideToTheEnd(desk: Desk, takes: readonly number[]) {
  const commits = [];
  while (conflictsAt(desk).length) commits.push(decideAll(desk, takes));
  return commits;
}

test('every replica lists the same conflicts, however the files came', () => {
  holds(
    'review lists',
    fc.property(story, (told) => {
      const [first, ...others] = apart(told);
      if (!first) return;
      for (const other of others)
        expect(plain(conflictsAt(other))).toEqual(plain(conflictsAt(first)));
    }),
    RUNS,
  );
});

test('what one person decides is decided everywhere, in any order of files, and stays so', () => {
  holds(
    'review decides',
    fc.property(story, (told) => {
      const nodes = apart(told);
      const decider = at(nodes, told.decider);
      decideToTheEnd(decider, told.takes);
      // In any order, in parts, and again.
      for (const node of nodes) give(decider, node, [0.5], told.picks);
      exchangeAll(nodes, told.picks);
      for (const node of nodes) {
        expect(conflictsAt(node)).toEqual([]);
        expect(digest(node.projection)).toEqual(digest(decider.projection));
      }
    }),
    RUNS,
  );
});

test('two who decide differently raise a conflict that all see, two who decide alike none', () => {
  holds(
    'review twice',
    fc.property(fc.nat(1), fc.nat(1), picksOf, (one, other, picks) => {
      const nodes = desks(3);
      const [a, b, c] = [at(nodes, 0), at(nodes, 1), at(nodes, 2)];
      a.write([person('p1', { name: 'x' })]);
      exchangeAll(nodes);
      a.write([set('p1', { name: 'from a' })]);
      b.write([set('p1', { name: 'from b' })]);
      exchangeAll(nodes, picks);
      decideAll(a, [one]);
      decideAll(b, [other]);
      exchangeAll(nodes, picks);
      for (const node of nodes) expect(conflictsAt(node)).toHaveLength(one === other ? 0 : 1);
      decideAll(c, [0]);
      exchangeAll(nodes, picks);
      for (const node of nodes) expect(conflictsAt(node)).toEqual([]);
    }),
    50,
  );
});

test('a decision loses nothing that was written elsewhere meanwhile', () => {
  const nodes = desks(3);
  const [a, b, c] = [at(nodes, 0), at(nodes, 1), at(nodes, 2)];
  a.write([person('p1', { name: 'x' })]);
  exchangeAll(nodes);
  a.write([set('p1', { name: 'from a' })]);
  b.write([set('p1', { name: 'from b' })]);
  give(b, a);
  decideAll(a, [0]);
  c.write([set('p1', { name: 'from c' })]);
  b.write([set('p1', { name: 'from b, later' })]);
  exchangeAll(nodes);
  for (const node of nodes) {
    const values = conflictsAt(node)[0]?.choices.map(({ value }) => value as string);
    // The decider took what it saw shown; the two later writes stand beside it.
    expect(values?.toSorted()).toEqual(['from b', 'from b, later', 'from c']);
  }
});

test('a decision that is taken back leaves every value in conflict again, on every replica', () => {
  holds(
    'review undo',
    fc.property(story, (told) => {
      const nodes = apart(told);
      const decider = at(nodes, told.decider);
      const before = plain(conflictsAt(decider));
      if (!before.length) return;
      const commit = decideAll(decider, told.takes);
      decider.undo(commit);
      exchangeAll(nodes, told.picks);
      const sorted = (conflicts: ReturnType<typeof plain>) =>
        conflicts
          .map(({ key, values }) => ({
            key,
            values: values.map((value) => JSON.stringify(value)).toSorted(),
          }))
          .toSorted((x, y) => (x.key < y.key ? -1 : 1));
      for (const node of nodes) expect(sorted(plain(conflictsAt(node)))).toEqual(sorted(before));
    }),
    RUNS,
  );
});

test("after a decision was taken back, each value is still known as its first writer's", () => {
  const nodes = desks(2);
  const [a, b] = [at(nodes, 0), at(nodes, 1)];
  a.write([person('p1', { name: 'x' })]);
  exchangeAll(nodes);
  a.write([set('p1', { name: 'from a' })]);
  b.write([set('p1', { name: 'from b' })]);
  exchangeAll(nodes);
  a.undo(decideAll(a, [0]));
  exchangeAll(nodes);
  for (const node of nodes) {
    const [conflict] = conflictsAt(node).map((one) => withOrigins(one, node.changesOf('p1')));
    const writers = conflict?.choices.map(({ value, stamps }) => [value, stamps.map(({ r }) => r)]);
    expect(Object.fromEntries(writers ?? [])).toEqual({ 'from a': ['n0-0'], 'from b': ['n1-0'] });
    const stamps = conflict ? stampsOf(conflict) : [];
    expect(baseOf(node.changesOf('p1'), 'name', stamps)).toEqual({ known: true, values: ['x'] });
  }
});

test('the base is the last value that all who disagree had before them', () => {
  holds(
    'review base',
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
      (counts, common) => {
        const nodes = desks(counts.length);
        for (let i = 0; i < common; i++) {
          const last = i === common - 1;
          const name = last ? 'agreed' : `early ${i}`;
          at(nodes, i).write([i ? set('p1', { name }) : person('p1', { name })]);
          exchangeAll(nodes);
        }
        counts.forEach((count, i) => {
          for (let k = 0; k < count; k++) at(nodes, i).write([set('p1', { name: `${i} ${k}` })]);
        });
        exchangeAll(nodes);
        for (const node of nodes) {
          const [conflict] = conflictsAt(node);
          const stamps = conflict ? stampsOf(conflict) : [];
          const base = baseOf(node.changesOf('p1'), 'name', stamps);
          expect(base).toEqual({ known: true, values: ['agreed'] });
          const [, ...without] = node
            .changesOf('p1')
            .filter((change) => change.f.name !== 'agreed');
          const lost = without.filter((change) => !(change.f.name as string).endsWith(' 0'));
          if (Math.min(...counts) > 1) {
            expect(baseOf(lost, 'name', stamps)).toEqual({ known: false });
          }
        }
      },
    ),
    60,
  );
});

test('a field that was empty has an empty base', () => {
  const nodes = desks(2);
  at(nodes, 0).write([person('p1', { name: 'x' })]);
  exchangeAll(nodes);
  at(nodes, 0).write([set('p1', { unit: 'a' })]);
  at(nodes, 1).write([set('p1', { unit: 'b' })]);
  exchangeAll(nodes);
  const desk = at(nodes, 0);
  const stamps = conflictsAt(desk)[0]?.choices.flatMap((choice) => choice.stamps) ?? [];
  expect(baseOf(desk.changesOf('p1'), 'unit', stamps)).toEqual({ known: true, values: [] });
});

test('a rule for many takes the newest or what one device wrote, and leaves what it does not know', () => {
  const nodes = desks(3);
  const [a, b] = [at(nodes, 0), at(nodes, 1)];
  a.write([person('p1', { name: 'x' }), person('p2', { name: 'y' })]);
  exchangeAll(nodes);
  a.write([set('p1', { name: 'a' })]);
  b.write([set('p1', { name: 'b' })]);
  b.write([set('p2', { name: 'b' })]);
  at(nodes, 2).write([set('p2', { name: 'c' })]);
  exchangeAll(nodes);
  const conflicts = conflictsAt(a);
  const run = (rule: Parameters<typeof settleBy>[0]) => {
    const steps = settleBy(rule, conflicts);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  };
  const byId = (edits: readonly Edit[]) =>
    Object.fromEntries(edits.flatMap((e) => (e.do === 'set' ? [[e.id, e.fields.name]] : [])));
  expect(byId(run({ take: 'newest' }).edits)).toEqual({ p1: 'b', p2: 'c' });
  const own = run({ take: 'devices', devices: new Set(['n0-0']) });
  expect(byId(own.edits)).toEqual({ p1: 'a' });
  expect(own).toMatchObject({ settled: 1, left: 1, deleted: 0 });
});

test('both can be kept of lists and long texts, without saying anything twice', () => {
  const stamp = { r: 'n0-0', s: 1, t: [1, 0] } as const;
  const choices = (...values: Value[]) => values.map((value) => ({ value, stamps: [stamp] }));
  expect(bothOf({ type: 'tags' }, choices(['a', 'b'], ['b', 'c']))).toEqual(['a', 'b', 'c']);
  const text = { type: 'longText', max: 100 } as const;
  expect(bothOf(text, choices('One.', 'Two.'))).toBe('One.\n\n* * *\n\nTwo.');
  expect(bothOf(text, choices('One.', 'One. Two.'))).toBe('One. Two.');
  expect(bothOf({ ...text, max: 10 }, choices('One.', 'Two.'))).toBeUndefined();
  expect(bothOf({ type: 'number' }, choices(1, 2))).toBeUndefined();
});

test('merging moves relations, references and values to the survivor, and undo takes it back whole', () => {
  const nodes = desks(2);
  const [a, b] = [at(nodes, 0), at(nodes, 1)];
  const site = (id: string, more: Readonly<Record<string, Value>> = {}): Edit => ({
    do: 'create',
    kind: 'site',
    id,
    fields: { name: 'Pier 3', ...more },
  });
  a.write([site('s1'), person('p1', { name: 'P', site: 's1' })]);
  b.write([
    site('s2', { region: 'North', alternate: 's1' }),
    person('p2', { name: 'Q', site: 's2' }),
  ]);
  exchangeAll(nodes);
  b.write([
    { do: 'link', from: 's2', rel: 'hasContact', to: 'p2', fields: { role: 'Guard' } },
    { do: 'link', from: 's2', rel: 'hasContact', to: 'p1', fields: { role: 'Porter' } },
    { do: 'link', from: 's1', rel: 'hasContact', to: 'p1' },
    set('s1', { alternate: 's2' }),
  ]);
  exchangeAll(nodes);
  const before = pictureOf(a);
  const records = ['s1', 's2'].flatMap((id) => a.projection.get(id) ?? []);
  const kind = kindOf('site');
  expect(kind && differingFields(kind, records)).toEqual(['region', 'alternate']);
  const merge = mergeEdits(a.projection, kindOf, {
    survivor: 's1',
    losers: ['s2'],
    fields: { region: 'North' },
  });
  expect(merge).toMatchObject({ links: 2, refs: 1 });
  const commit = a.write(merge.edits);
  exchangeAll(nodes);
  for (const { projection } of nodes) {
    expect(projection.visible('s2')).toBeUndefined();
    expect(mergedInto(projection.get('s2') ?? fail())).toBe('s1');
    expect(projection.get('s1')?.values).toMatchObject({ region: 'North', alternate: null });
    expect(projection.get('p2')?.values.site).toBe('s1');
    expect(projection.referrers('s2')).toEqual([]);
    const links = projection.linksFrom('s1').map(({ values }) => [values.to, values.role]);
    expect(Object.fromEntries(links)).toEqual({ p1: 'Porter', p2: 'Guard' });
  }
  a.undo(commit);
  exchangeAll(nodes);
  for (const node of nodes) expect(pictureOf(node)).toEqual(before);
});

const fail = (): never => {
  throw new Error('no record');
};

/** What people see. */
const pictureOf = ({ projection }: Desk) =>
  [...projection.all()]
    .filter(({ id }) => projection.visible(id))
    .map(({ id, values }) => ({
      id,
      values: Object.fromEntries(
        Object.entries(values).filter(([field, value]) => value !== null && field !== DELETED),
      ),
    }))
    .toSorted((x, y) => (x.id < y.id ? -1 : 1));

test('an edit of a record that was merged elsewhere is a conflict that names the survivor', () => {
  const nodes = desks(2);
  const [a, b] = [at(nodes, 0), at(nodes, 1)];
  a.write([person('p1', { name: 'Li' }), person('p2', { name: 'Li' })]);
  exchangeAll(nodes);
  a.write(mergeEdits(a.projection, kindOf, { survivor: 'p1', losers: ['p2'], fields: {} }).edits);
  b.write([set('p2', { mobile: '+1 555 0100' })]);
  exchangeAll(nodes);
  for (const { projection } of nodes) {
    const state = projection.get('p2') ?? fail();
    expect(conflictsIn(state).map(({ field, late }) => [field, late[0]?.field])).toEqual([
      [DELETED, 'mobile'],
    ]);
    expect(mergedInto(state)).toBe('p1');
  }
  const [conflict] = conflictsAt(b);
  const kind = kindOf('person');
  b.write(conflict && kind ? carryOver(conflict, 'p1', kind) : []);
  exchangeAll(nodes);
  for (const { projection } of nodes) {
    expect(projection.get('p1')?.values.mobile).toBe('+1 555 0100');
    expect(projection.visible('p2')).toBeUndefined();
    expect(allConflicts(projection)).toEqual([]);
  }
});

test('what is related elsewhere to a record that was merged meanwhile follows it', () => {
  const nodes = desks(2);
  const [a, b] = [at(nodes, 0), at(nodes, 1)];
  const site = (id: string): Edit => ({ do: 'create', kind: 'site', id, fields: { name: id } });
  a.write([site('s1'), site('s2'), site('s3'), person('p1', { name: 'Li' })]);
  exchangeAll(nodes);
  const join = (survivor: string, loser: string) =>
    a.write(mergeEdits(a.projection, kindOf, { survivor, losers: [loser], fields: {} }).edits);
  join('s2', 's3');
  join('s1', 's2');
  b.write([
    set('p1', { site: 's3' }),
    { do: 'link', from: 's3', rel: 'hasContact', to: 'p1', fields: { role: 'Gate' } },
  ]);
  exchangeAll(nodes);
  const kind = kindOf('site');
  const late = lateArrivals(b.projection, kindOf, kind ? [kind] : []);
  expect(late.count).toBe(2);
  b.write(late.edits);
  exchangeAll(nodes);
  for (const { projection } of nodes) {
    expect(projection.get('p1')?.values.site).toBe('s1');
    expect(projection.linksFrom('s1')[0]?.values).toMatchObject({ to: 'p1', role: 'Gate' });
    expect(lateArrivals(projection, kindOf, kind ? [kind] : []).edits).toEqual([]);
  }
});

const planOf = (desk: Desk) => desk.projection.get('plan1') ?? fail();
const approvalAt = (desk: Desk) =>
  approvalState(
    desk.projection,
    kindOf,
    partsOf,
    approvalsOf(desk.projection.records('approval')),
    planOf(desk),
  );
const stampOf = (dot: Dot): Stamp => ({ ...parseDot(dot), t: [0, 0] });

test('the value that was approved is found behind what replaced it and beside what did not see it', () => {
  const nodes = desks(2);
  const [a, b] = [at(nodes, 0), at(nodes, 1)];
  plan(nodes);
  a.write([set('sec1', { body: 'approved' })]);
  const isNamed = (dot: Dot) => dot.startsWith('n0-0:');
  const then = (desk: Desk) => {
    const heads = headsOf(desk.projection.get('sec1') ?? fail(), 'body').map((head) => head.stamp);
    return valueWhen(desk.changesOf('sec1'), 'body', heads, isNamed);
  };
  b.write([set('sec1', { body: 'beside' })]);
  exchangeAll(nodes);
  expect(then(a)).toEqual({ known: true, values: ['approved'] });
  b.write([set('sec1', { body: 'over it' })]);
  b.write([set('sec1', { body: 'and again' })]);
  expect(then(b)).toEqual({ known: true, values: ['approved'] });
});

let ids = 0;
function approve(desk: Desk) {
  const who = { by: desk.name, at: 1, newId: () => `approval${ids++}` };
  const kind = kindOf('plan');
  desk.write([
    set('plan1', kind ? approvedFields(kind, desk.name, '2026-01-01') : {}),
    approvalEdit(desk.projection, partsOf, planOf(desk), who),
  ]);
}
function plan(nodes: readonly Desk[]): void {
  at(nodes, 0).write([
    { do: 'create', kind: 'plan', id: 'plan1', fields: { name: 'Plan', status: 'review' } },
    { do: 'create', kind: 'planSection', id: 'sec1', fields: { plan: 'plan1', title: 'One' } },
    { do: 'create', kind: 'planSection', id: 'sec2', fields: { plan: 'plan1', title: 'Two' } },
    { do: 'create', kind: 'planStep', id: 'step1', fields: { plan: 'plan1', title: 'Go' } },
    { do: 'create', kind: 'service', id: 'svc1', fields: { name: 'Mail' } },
  ]);
  exchangeAll(nodes);
}

const touches: readonly Edit[] = [
  set('plan1', { purpose: 'Another' }),
  set('sec1', { body: 'Another text' }),
  set('step1', { duration: 5 }),
  { do: 'delete', id: 'sec2' },
  { do: 'create', kind: 'planStep', id: 'step2', fields: { plan: 'plan1', title: 'New' } },
  { do: 'link', from: 'plan1', rel: 'restores', to: 'svc1' },
];

test('an edit beside or after an approval shows on every replica, until it is approved too', () => {
  holds(
    'review approval',
    fc.property(
      fc.subarray([...touches], { minLength: 1 }),
      fc.boolean(),
      picksOf,
      (edits, concurrent, picks) => {
        const nodes = desks(3);
        plan(nodes);
        approve(at(nodes, 0));
        if (!concurrent) exchangeAll(nodes, picks);
        for (const edit of edits) at(nodes, 1).write([edit]);
        exchangeAll(nodes, picks);
        for (const node of nodes) {
          const state = approvalAt(node);
          expect(state.is).toBe('changed');
          if (state.is !== 'changed') continue;
          expect(state.changes).toHaveLength(edits.length);
          // Nothing had a purpose, a body or a duration when it was approved.
          for (const { id, field, is } of state.changes.filter((change) => change.field)) {
            const record = node.projection.get(id) ?? fail();
            const heads = headsOf(record, field ?? '').map((head) => head.stamp);
            const isNamed = (dot: Dot) => named(state.approval, stampOf(dot));
            const before = valueWhen(node.changesOf(id), field ?? '', heads, isNamed);
            expect({ is, before }).toEqual({ is: 'changed', before: { known: true, values: [] } });
          }
        }
        approve(at(nodes, 2));
        expect(approvalAt(at(nodes, 2)).is).toBe('approved');
        exchangeAll(nodes, picks);
        for (const node of nodes) expect(approvalAt(node)).toMatchObject({ is: 'approved' });
      },
    ),
    100,
  );
});

test('two who approve at once what each has before them have not approved the sum of it', () => {
  const nodes = desks(2);
  plan(nodes);
  at(nodes, 0).write([set('sec1', { body: 'a' })]);
  approve(at(nodes, 0));
  at(nodes, 1).write([set('sec2', { body: 'b' })]);
  approve(at(nodes, 1));
  for (const node of nodes) expect(approvalAt(node).is).toBe('approved');
  exchangeAll(nodes);
  for (const node of nodes) expect(approvalAt(node).is).toBe('changed');
});

test('a status of approved without an approval names nothing, and other states ask for none', () => {
  const [desk] = desks(1);
  if (!desk) return;
  plan([desk]);
  expect(approvalAt(desk).is).toBe('none');
  desk.write([set('plan1', { status: 'approved' })]);
  expect(approvalAt(desk).is).toBe('unnamed');
});

test('a rule and a choice of one device agree', () => {
  const stamp = (r: string, ms: number) => ({ r, s: 1, t: [ms, 0] as const });
  const conflict: Conflict = {
    key: 'p name',
    id: 'p',
    kind: 'person',
    field: 'name',
    late: [],
    choices: [
      { value: 'a', stamps: [stamp('a', 5)] },
      { value: 'b', stamps: [stamp('b', 9), stamp('a', 1)] },
    ],
  };
  expect(choiceBy({ take: 'newest' }, conflict)?.value).toBe('b');
  expect(choiceBy({ take: 'devices', devices: new Set(['a']) }, conflict)?.value).toBe('a');
  expect(choiceBy({ take: 'devices', devices: new Set(['c']) }, conflict)).toBeUndefined();
});
