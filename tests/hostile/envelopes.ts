/** Changes in true segments whose parts or values are such as no program of ours writes. */
import type { Category, Hostile } from './corpus';
import { lineOf, withSegments, type Json, type Victim } from './forger';

const change = (name: string, over: Json | ((victim: Victim) => Json)): Hostile => ({
  name,
  code: 'exchange.segment',
  make: (victim) =>
    withSegments(victim, [
      { lines: [lineOf(victim, typeof over === 'function' ? over(victim) : over)] },
    ]),
});

/** A change as text, because JSON.stringify would not write it. */
const written = (name: string, value: (text: string) => string): Hostile => ({
  name,
  code: 'exchange.segment',
  make: (victim) =>
    withSegments(victim, [{ lines: [value(JSON.stringify(lineOf(victim, { f: { name: 1 } })))] }]),
});

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

export const envelopes: Category = {
  envelope: [
    change('a key too many', { extra: 1 }),
    change('the number nought', { s: 0 }),
    change('a clock before time', { t: [-1, 0] }),
    change('a clock after time', { t: [9_000_000_000_000_000, 0] }),
    change('a clock that counts without end', { t: [1, 2 ** 40] }),
    change('a clock of one hand', { t: [1] }),
    change('an author of a thousand letters', { by: 'x'.repeat(1000) }),
    change('a kind called constructor', { k: 'constructor' }),
    change('a kind with a path', { k: '../ci' }),
    change('a version below one', { kv: 0 }),
    change('an id with spaces', { id: 'a b' }),
    change('an id called __proto__', { id: '__proto__' }),
    change('an id of a thousand letters', { id: 'x'.repeat(1000) }),
    change('no fields', { f: {} }),
    change('fields in a list', { f: [1] }),
    change('a field called prototype', { f: { prototype: 1 } }),
    change('a field with a dot', { f: { 'a.b': 1 } }),
    change('overwrites what it does not set', { o: { notes: ['a-0:1'] } }),
    change('overwrites its own future', ({ replica, next }) => ({
      o: { name: [`${replica}:${next + 5}`] },
    })),
    change('overwrites nothing', { o: { name: [] } }),
    change('overwrites what is no dot', { o: { name: ['a-0:0x10'] } }),
    change('a commit that begins after itself', ({ next }) => ({ g: next + 1 })),
    change('a reason with a key too many', { why: { op: 'x', run: 'rm' } }),
  ],
  values: [
    change('NUL in a text', { f: { name: 'a\0b' } }),
    change('half a character', { f: { name: '\ud800' } }),
    change('a text of more than a million letters', { f: { name: 'x'.repeat(1_000_001) } }),
    change('lists thirty-four deep', { f: { name: nested(34) } }),
    change('lists thousands deep', { f: { name: nested(4000) } }),
    change('an object with constructor', { f: { name: { constructor: 1 } } }),
    written('an object with __proto__', (t) =>
      t.replace('"name":1', '"name":{"__proto__":{"x":1}}'),
    ),
    written('a key twice', (t) => t.replace('"name":1', '"name":1,"name":2')),
    written('a number beyond numbers', (t) => t.replace('"name":1', '"name":1e999')),
    written('a number of odd form', (t) => t.replace('"name":1', '"name":1.0')),
    written('minus nought', (t) => t.replace('"name":1', '"name":-0')),
    written('a million brackets', (t) => t.replace('"name":1', `"name":${'['.repeat(1_000_000)}`)),
  ],
};
