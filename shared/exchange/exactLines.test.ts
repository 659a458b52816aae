import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysIfExact, keysIn } from './exactLines';
import { parseExact } from './strict';

const keysOf = (text: string) => keysIfExact(new TextEncoder().encode(text), 0);

/** JSON as somebody else might write it: other spaces, escapes, numbers, the same key twice. */
const foreign = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('null', 'true', '0', '-0', '1', '01', '1.0', '1.5', '1e3', '1e21', '1E3'),
    fc.constantFrom('123456789012345678', '1e-7', '0.0000001', '""', '"a"', '"\\n"', '"\\/"'),
    fc.constantFrom('"\\u0041"', '"\\u0001"', '"\\ud800"', '"é"', '"\\\\u"', '" : "', '"\\""'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '7', '10', 'x y', '\\u0061'), tie('value')), {
        maxLength: 3,
      })
      .map((items) => `{${items.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
    tie('value').map((value) => ` ${value}`),
  ),
})).value;

test('exact: what passes is what JSON.stringify writes, whatever stands in the text', () => {
  fc.assert(
    fc.property(foreign, (text) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return;
      }
      const keys = typeof value === 'object' && value !== null ? keysIn(value) : 0;
      if (keysOf(text) === keys) expect(parseExact(text)).toEqual(value);
    }),
    { numRuns: 3000 },
  );
});

test('exact: everything that JSON.stringify writes passes, but for unusual escapes and keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const unusual = /\\u|"\d/.test(text);
      const keys = typeof value === 'object' && value !== null ? keysIn(value) : 0;
      if (!unusual) expect(keysOf(text)).toBe(keys);
    }),
    { numRuns: 1000 },
  );
});

test('exact: no escape passes that could write NUL or half a character', () => {
  for (const text of ['"\\u0000"', '"\\ud800"', '"a\\\\\\u0041"', '{"\\u0061":1}']) {
    expect(keysOf(text)).toBe(-1);
  }
  expect(keysOf('"\\\\u0000"')).toBe(0);
});

test('exact: a key that stands twice shows in the count', () => {
  const text = '{"a":1,"b":{"c":1,"c":2}}';
  expect(keysOf(text)).toBe(4);
  expect(keysIn(JSON.parse(text) as object)).toBe(3);
});
