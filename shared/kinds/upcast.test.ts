import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../log/change';
import { buildChanges, type Edit } from '../log/changeset';
import { conflictsOf, headDots } from '../log/record';
import { createProjection } from '../projection/projection';
import { defineKind, number, text } from './define';
import { upcastChange } from './upcast';

const base = {
  name: 'thing',
  code: 'THG',
  clause: '9.1.2',
  title: 'name',
  keys: ['name'],
} as const;

const old = defineKind({
  ...base,
  columns: ['name', 'place', 'hours'],
  fields: { name: text({ required: true }), place: text(), hours: number() },
  groups: { identity: ['name', 'place', 'hours'] },
});

const asNumber = (value: unknown) => (typeof value === 'number' ? value : 0);

const now = defineKind({
  ...base,
  version: 3,
  columns: ['name', 'site', 'minutes'],
  fields: { name: text({ required: true }), site: text(), minutes: number() },
  groups: { identity: ['name', 'site', 'minutes'] },
  upcasts: {
    1: { rename: { hours: 'minutes' }, map: { minutes: (value) => asNumber(value) * 60 } },
    2: { rename: { place: 'site' } },
  },
});

const change = (over: Partial<Change>): Change => ({
  r: 'a-1',
  s: 1,
  t: [1, 0],
  by: 'A',
  k: 'thing',
  kv: 1,
  id: 'x',
  f: {},
  ...over,
});

test('a change of version 1 is lifted through every version to the current one', () => {
  const lifted = upcastChange(now, change({ f: { name: 'N', place: 'P', hours: 2 } }));
  expect(lifted).toMatchObject({ kv: 3, f: { name: 'N', site: 'P', minutes: 120 } });
  expect(lifted.f).not.toHaveProperty('place');
});

test('a rename keeps the overwritten dots with the field', () => {
  const over = { place: ['b-1:4', 'c-1:9'], name: ['b-1:4'] };
  const lifted = upcastChange(now, change({ f: { place: 'P', name: 'N' }, o: over }));
  expect(lifted.o).toEqual({ site: ['b-1:4', 'c-1:9'], name: ['b-1:4'] });
});

test('a change of version 2 takes only the last step', () => {
  const lifted = upcastChange(now, change({ kv: 2, f: { place: 'P', minutes: 7 } }));
  expect(lifted.f).toEqual({ site: 'P', minutes: 7 });
});

test('changes of the current version, of a newer one and of unknown kinds pass as they are', () => {
  for (const kv of [3, 4]) {
    const same = change({ kv, f: { place: 'P' } });
    expect(upcastChange(now, same)).toBe(same);
  }
  const same = change({ k: 'nobodyKnows' });
  expect(upcastChange(undefined, same)).toBe(same);
});

test('deletion marks pass through every version', () => {
  const mark = { $deleted: { saw: ['a-1:1'] } };
  expect(upcastChange(now, change({ f: mark })).f).toEqual(mark);
});

test('the change itself is signed history and stays as it was', () => {
  const signed = change({ f: { place: 'P', hours: 1 }, o: { place: ['b-1:1'] } });
  const before = JSON.stringify(signed);
  upcastChange(now, signed);
  expect(JSON.stringify(signed)).toBe(before);
});

/** Two replicas edit, seeing each other's changes or not; the old release writes version 1. */
const histories = fc.array(
  fc.record({
    replica: fc.constantFrom('a-1', 'b-1'),
    field: fc.constantFrom('name', 'place', 'hours'),
    value: fc.integer({ min: 0, max: 3 }),
    sync: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test('history written by the old release has the same heads and conflicts under the new one', () => {
  const renamed: Readonly<Record<string, string>> = { place: 'site', hours: 'minutes' };
  fc.assert(
    fc.property(histories, (steps) => {
      const replicas = new Map(
        ['a-1', 'b-1'].map((r) => [r, createProjection(() => old)] as const),
      );
      const log: Change[] = [];
      const give = (to: string) => replicas.get(to)?.apply(log, 1);
      for (const [i, { replica, field, value, sync }] of steps.entries()) {
        const here = replicas.get(replica);
        if (!here) throw new Error(replica);
        if (sync) give(replica);
        const typed = field === 'hours' ? value : `v${value}`;
        const edit: Edit = here.get('x')
          ? { do: 'set', id: 'x', fields: { [field]: typed } }
          : { do: 'create', kind: 'thing', id: 'x', fields: { [field]: typed } };
        const next = (here.have()[replica] ?? 0) + 1;
        const author = { replica, next, t: [i, 0], by: replica } as const;
        const made = buildChanges([edit], here.get, () => 1, author);
        log.push(...made);
        here.apply(made, 1);
      }
      const before = createProjection(() => old);
      const after = createProjection(() => now);
      before.apply(log, 1);
      after.apply(log, 1);
      const then = before.get('x');
      const today = after.get('x');
      if (!then || !today) throw new Error('no record');
      for (const field of ['name', 'place', 'hours']) {
        expect(headDots(today, renamed[field] ?? field)).toEqual(headDots(then, field));
      }
      const conflicts = conflictsOf(then).map((field) => renamed[field] ?? field);
      expect(conflictsOf(today).toSorted()).toEqual(conflicts.toSorted());
    }),
    { numRuns: 300 },
  );
});
