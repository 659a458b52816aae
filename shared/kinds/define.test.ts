import { expect, test } from 'vitest';
import { choice, defineKind, initialFields, number, ref, text, type KindDef } from './define';

const minimal = {
  name: 'thing',
  code: 'THG',
  clause: '9.1.2',
  title: 'name',
  keys: ['name'],
  columns: ['name'],
  fields: { name: text({ required: true }) },
  groups: { identity: ['name'] },
} as const;

test('a kind with a place gets human numbers, kept by the program', () => {
  const kind = defineKind({ ...minimal, place: 'cmdb', columns: ['number', 'name'] });
  expect(Object.keys(kind.fields)).toEqual(['number', 'name']);
  expect(kind.fields.number?.computed).toBe(true);
  expect(defineKind(minimal).fields.number).toBeUndefined();
});

test('a lifecycle gives the status field its options and first state', () => {
  const kind = defineKind({
    ...minimal,
    fields: { ...minimal.fields, status: choice([], { synonyms: { active: 'on' } }) },
    lifecycle: {
      initial: 'off',
      states: { off: { to: ['on'], tone: 'neutral' }, on: { to: ['off'], tone: 'good' } },
    },
  });
  expect(kind.fields.status).toMatchObject({
    type: 'choice',
    options: ['off', 'on'],
    initial: 'off',
    synonyms: { active: 'on' },
  });
});

test('a kind starts at version 1 without relations', () => {
  expect(defineKind(minimal)).toMatchObject({ version: 1, relations: {}, upcasts: {} });
});

const wrong: readonly (readonly [string, () => KindDef, RegExp])[] = [
  ['a title', () => defineKind({ ...minimal, title: 'nome' }), /thing: no field nome/],
  ['a key', () => defineKind({ ...minimal, keys: ['nome'] }), /thing: no field nome/],
  ['a column', () => defineKind({ ...minimal, columns: ['nome'] }), /thing: no field nome/],
  ['a group member', () => defineKind({ ...minimal, groups: { a: ['name', 'x'] } }), /no field x/],
  ['an inherited name', () => defineKind({ ...minimal, keys: ['toString'] }), /no field toString/],
];

test.each(wrong)('%s that is no field is a bug', (_, declare, message) => {
  expect(declare).toThrow(message);
});

test('every field typed by people stands in exactly one group', () => {
  expect(() => defineKind({ ...minimal, groups: {} })).toThrow('name stands in 0 groups');
  expect(() => defineKind({ ...minimal, groups: { a: ['name'], b: ['name'] } })).toThrow(
    'name stands in 2 groups',
  );
});

test('a field kept by the program stands in no group', () => {
  const fields = { ...minimal.fields, sum: number({ computed: true }) };
  expect(defineKind({ ...minimal, fields }).fields.sum).toBeDefined();
  expect(() => defineKind({ ...minimal, fields, groups: { a: ['name', 'sum'] } })).toThrow(
    'sum stands in 1 groups',
  );
});

test('a later version without the way from every earlier one is a bug', () => {
  expect(() => defineKind({ ...minimal, version: 2 })).toThrow('no upcast from version 1');
  expect(() => defineKind({ ...minimal, version: 3, upcasts: { 2: {} } })).toThrow('version 1');
  expect(defineKind({ ...minimal, version: 3, upcasts: { 1: {}, 2: {} } }).version).toBe(3);
});

test('a new record starts with the first state and the initial choices, nothing else', () => {
  const kind = defineKind({
    ...minimal,
    fields: {
      ...minimal.fields,
      level: choice(['low', 'high'], { initial: 'low' }),
      colour: choice(['red'], {}),
      other: ref('thing'),
    },
    groups: { identity: ['name', 'level', 'colour', 'other'] },
  });
  expect(initialFields(kind)).toEqual({ level: 'low' });
});
