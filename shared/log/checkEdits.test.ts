import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import { createProjection } from '../projection/projection';
import type { Change } from './change';
import { buildChanges, type Edit } from './changeset';
import { checkEdits } from './checkEdits';

const projection = createProjection(kindOf);
const edits: readonly Edit[] = [
  { do: 'create', kind: 'person', id: 'p', fields: { name: 'Li Na' } },
  { do: 'create', kind: 'ci', id: 'c', fields: { name: 'rack', status: 'inUse' } },
  { do: 'create', kind: 'drill', id: 'd', fields: { name: 'x', mode: 'drill' } },
  {
    do: 'create',
    kind: 'drillEntry',
    id: 'e',
    fields: { drill: 'd', at: 1, type: 'note' },
  },
];
projection.apply(
  buildChanges(
    edits,
    () => undefined,
    () => 1,
    { replica: 'a-0', next: 1, t: [1, 0], by: 'x' },
  ),
  1e12,
);

const check = (...list: readonly Edit[]) =>
  checkEdits(list, { get: (id) => projection.get(id), kindOf });
const refusal = (code: string, params?: object) => ({
  ok: false,
  refusal: params ? { code, params } : { code },
});

test('a creation must satisfy its kind', () => {
  expect(check({ do: 'create', kind: 'nothing', id: 'x', fields: {} })).toEqual(
    refusal('commit.unknownKind', { kind: 'nothing' }),
  );
  expect(check({ do: 'create', kind: 'person', id: 'x', fields: {} })).toEqual(
    refusal('commit.field', { kind: 'person', field: 'name', reason: 'field.required' }),
  );
  expect(check({ do: 'create', kind: 'person', id: 'x', fields: { name: 'Sun Qi' } }).ok).toBe(
    true,
  );
});

test('a lifecycle only moves where its kind allows', () => {
  expect(check({ do: 'set', id: 'c', fields: { status: 'ordered' } })).toEqual(
    refusal('commit.field', { kind: 'ci', field: 'status', reason: 'field.move' }),
  );
  expect(check({ do: 'set', id: 'c', fields: { status: 'dismantled' } }).ok).toBe(true);
});

test('logs are only added to', () => {
  expect(check({ do: 'set', id: 'e', fields: { text: 'x' } })).toEqual(
    refusal('commit.appendOnly'),
  );
  expect(check({ do: 'delete', id: 'e' })).toEqual(refusal('commit.appendOnly'));
});

test('a relation needs both ends and a declaration', () => {
  expect(check({ do: 'link', from: 'c', rel: 'hasContact', to: 'p' }).ok).toBe(true);
  expect(check({ do: 'link', from: 'c', rel: 'runsOn', to: 'p' })).toEqual(
    refusal('commit.relation', { from: 'ci', relation: 'runsOn', to: 'person' }),
  );
  expect(check({ do: 'link', from: 'c', rel: 'runsOn', to: 'nowhere' })).toEqual(
    refusal('commit.unknownRecord'),
  );
});

test('ends created in the same changeset count', () => {
  expect(
    check(
      { do: 'create', kind: 'ci', id: 'n', fields: { name: 'host' } },
      { do: 'link', from: 'c', rel: 'runsOn', to: 'n' },
    ).ok,
  ).toBe(true);
});

test('a status in conflict may be settled with any of its values, though none leads to the other', () => {
  const world = createProjection(kindOf);
  const at = (r: string, ms: number, f: object, o: object = {}) =>
    ({ r, s: 1, t: [ms, 0], by: 'x', k: 'change', kv: 1, id: 'x', f, ...o }) as const;
  world.apply([at('a-0', 1, { name: 'Patch', status: 'recorded' }) as Change], 1e12);
  const o = { o: { status: ['a-0:1'] } };
  world.apply([at('b-0', 2, { status: 'assessed' }, o) as Change], 1e12);
  world.apply([at('c-0', 3, { status: 'rejected' }, o) as Change], 1e12);
  const settle = (status: string) =>
    checkEdits([{ do: 'set', id: 'x', fields: { status } }], { get: world.get, kindOf }).ok;
  expect(world.get('x')?.values.status).toBe('rejected');
  expect(settle('assessed')).toBe(true);
  expect(settle('rejected')).toBe(true);
  expect(settle('implemented')).toBe(false);
});
