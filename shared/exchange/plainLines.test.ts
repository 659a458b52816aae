import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, Value } from '../log/change';
import { asChange } from './envelope';
import { createPlainLine } from './plainLines';
import { parseExact } from './strict';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const REPLICA = 'hq-1';
const SEQUENCE = 12;

/** True when the whole line passes; the line after it must not matter. */
function isPlain(line: string, sequence = SEQUENCE): boolean {
  const bytes = new TextEncoder().encode(`${line}\n{"r":"hq-1"\n`);
  const end = createPlainLine(REPLICA, (part) => decoder.decode(part))(bytes, 0, sequence);
  return end === new TextEncoder().encode(line).length;
}

const change = (over: Partial<Change> = {}): Change => ({
  r: REPLICA,
  s: SEQUENCE,
  t: [1_700_000_000_000, 3],
  by: '陈伟',
  k: 'ci',
  kv: 1,
  id: 'k3jd82ms9x0qv7bt',
  f: { name: 'Core switch', rto: 60, ready: true, notes: null, tags: ['a', 'b'], share: 99.95 },
  o: { name: ['hq-1:3', 'site_2-0:40'], tags: ['hq-1:11'] },
  g: 9,
  why: { op: 'import', label: '机房.csv' },
  ...over,
});
const lineOf = (over: Partial<Change> = {}) => JSON.stringify(change(over));

/** What is accepted when every key and value is looked at. */
const isSound = (line: string): boolean => {
  const found = asChange(parseExact(line));
  return found?.r === REPLICA && found.s === SEQUENCE;
};

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\t', '/', 'é', '机', '\u2028', 'a') }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom<Value>(true, false, null, '', 0, 0.5, 1e21, 1e-7, 123_456_789_012_345),
);
const name = fc.stringMatching(/^\$?[A-Za-z][0-9A-Za-z_]{0,8}$/);
const fieldsOf = (value: fc.Arbitrary<unknown>) =>
  fc.dictionary(name, value, { minKeys: 1, maxKeys: 5 }) as fc.Arbitrary<Change['f']>;
const plainFields = fieldsOf(fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })));
const anyFields = fieldsOf(fc.oneof(scalar, fc.jsonValue()));

/** Pieces that look like what stands there and are not. */
const pieces = [
  '" \\ { } [ ] , : 0 1 - . e E \t \0 \\u0041 \\/ "" "a" ": "a":1, "name":2, -0 01 1e0 1.0 1e999'.split(
    ' ',
  ),
  'constructor prototype toString hq-1:12 hq-1:13 hq-2:9 null true tru [[1]] \ufeff \u00e9'.split(
    ' ',
  ),
  [' ', '123456789012345678', '"__proto__":1', ',"o":{"name":["hq-1:1"]}', ',"g":12', ',"g":13'],
  [',"why":{"op":"x"}', ',"why":{"op":"x","y":1}'],
].flat();
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 6 }),
  insert: fc.constantFrom('', ...pieces),
});

test('plain: a line that passes is one that is accepted when every key and value is looked at', () => {
  fc.assert(
    fc.property(
      anyFields,
      fc.array(damage, { minLength: 0, maxLength: 3 }),
      fc.boolean(),
      (f, all, bare) => {
        const { o: _o, g: _g, why: _why, ...rest } = change({ f });
        let line = JSON.stringify(bare ? rest : change({ f: { ...f, name: 'a', tags: 'b' } }));
        for (const { at, remove, insert } of all) {
          const place = Math.floor(at * line.length);
          line = line.slice(0, place) + insert + line.slice(place + remove);
        }
        // What was cut in the middle of a character cannot come as UTF-8.
        line = line.toWellFormed();
        if (isPlain(line)) expect(isSound(line)).toBe(true);
      },
    ),
    { numRuns: 20_000 },
  );
});

test('plain: what this program writes passes, but for escapes and numbers it seldom needs', () => {
  fc.assert(
    fc.property(plainFields, (f) => {
      const line = JSON.stringify(change({ f: { ...f, name: 'a', tags: 'b' } }));
      if (!/\\u|\d{16}/.test(line) && isSound(line)) expect(isPlain(line)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('plain: the usual line, with and without what may be left out', () => {
  expect(isPlain(lineOf())).toBe(true);
  const { o: _o, g: _g, why: _why, ...bare } = change();
  expect(isPlain(JSON.stringify(bare))).toBe(true);
  expect(isPlain(JSON.stringify({ ...bare, why: { op: 'undo' } }))).toBe(true);
  const link = { from: 'a', rel: 'runsOn', to: 'b', $deleted: null };
  expect(isPlain(lineOf({ k: 'link', id: 'a|runsOn|b', f: { ...link, name: '', tags: [] } }))).toBe(
    true,
  );
});

test.each([
  ['another sequence', lineOf({ s: 13 })],
  ['another replica', lineOf({ r: 'hq-2' })],
  ['a field that stands twice', lineOf().replace('"rto":60', '"name":"x"')],
  ['a field overwritten twice', lineOf().replace('"tags":["hq', '"name":["hq')],
  ['an overwritten field that is not set', lineOf().replace('"tags":["hq', '"other":["hq')],
  ['a change that it cannot have seen', lineOf({ o: { name: ['hq-1:12'] } })],
  ['no overwritten change', lineOf({ o: { name: [] } })],
  ['a field named like what every object has', lineOf().replace('"rto"', '"valueOf"')],
  ['a record named like what every object has', lineOf({ id: '__defineGetter__' })],
  ['an object inside', lineOf({ f: { name: 'a', tags: { a: 1 } } })],
  ['a list in a list', lineOf({ f: { name: 'a', tags: [[1]] } })],
  ['an escape that only \\u can write', lineOf({ f: { name: 'a\u0001', tags: 'b' } })],
  ['a group of its own future', lineOf({ g: 13 })],
  ['an unknown reason', lineOf().replace('"label"', '"labels"')],
  ['something behind it', `${lineOf()} `],
  ['no fields', lineOf({ f: {} })],
])('plain: not with %s', (_, line) => {
  expect(isPlain(line)).toBe(false);
});

test('plain: names and reasons that are remembered from earlier lines still have to be the same', () => {
  const plain = createPlainLine(REPLICA, (part) => decoder.decode(part));
  const check = (line: string) => plain(new TextEncoder().encode(`${line}\n`), 0, SEQUENCE) > 0;
  expect(check(lineOf())).toBe(true);
  expect(check(lineOf())).toBe(true);
  expect(check(lineOf().replace('import', 'imporT'))).toBe(true);
  expect(check(lineOf().replace('.csv"}', '.csv","x":1}'))).toBe(false);
  expect(check(lineOf().replace('"rto"', '"rt-"'))).toBe(false);
  expect(check(lineOf().replace('"name":"Core', '"tags":"Core'))).toBe(false);
  expect(check(lineOf())).toBe(true);
});
