import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePack, encodePack } from './checkpoint';
import { conflictsOf, deletion, type Heads, type RecordState, type Stamp } from './record';
import type { Value } from './change';

const stamp = fc.record({
  r: fc.constantFrom('a-0', 'b-0', 'c-1'),
  s: fc.integer({ min: 1, max: 50 }),
  t: fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.nat(9)),
});
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
);

/** Same replica and sequence mean the same change, so the same clock. */
const settled = ({ r, s }: Stamp): Stamp => ({ r, s, t: [s * 1000, r.length] });

const record: fc.Arbitrary<RecordState> = fc
  .record({
    id: fc.stringMatching(/^[0-9a-z]{8}$/),
    fields: fc.dictionary(
      fc.constantFrom('name', 'mobile', 'notes', '$deleted'),
      fc.array(fc.tuple(stamp, value), { minLength: 1, maxLength: 3 }),
    ),
    dots: fc.array(fc.string({ minLength: 3, maxLength: 6 }), { maxLength: 4 }),
  })
  .map(({ id, fields, dots }) => {
    const values: Record<string, Value> = {};
    const heads: Record<string, Heads> = {};
    for (const [field, list] of Object.entries(fields)) {
      const [first] = list;
      if (!first) continue;
      values[field] = first[1];
      heads[field] =
        list.length === 1
          ? settled(first[0])
          : list.map(([at, v]) => ({ stamp: settled(at), value: v }));
    }
    return { id, kind: 'person', values, heads, dots };
  });

/** Fields of packed records are parsed when they are asked for. */
const plain = ({ id, kind, values, heads, dots }: RecordState) => ({
  id,
  kind,
  values,
  heads,
  dots,
});

test('records come back from a checkpoint as they went in (I14)', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (records) => {
      const { records: back } = decodePack(encodePack('person', records, []));
      expect(back.map(plain)).toEqual(records);
      expect(back.map(conflictsOf)).toEqual(records.map(conflictsOf));
      expect(back.map(deletion)).toEqual(records.map(deletion));
    }),
    { numRuns: 300 },
  );
});

test('a pack says who points to whom and which numbers are given out without its fields', () => {
  const at: Stamp = { r: 'a-0', s: 1, t: [1, 0] };
  const records = ['x', 'y', 'x', null].map((site, i): RecordState => {
    const values = { number: `HQ7K-CI-000${i}`, ...(site ? { site } : {}) };
    return { id: `ci${i}`, kind: 'ci', values, heads: { number: at, site: at }, dots: ['a-0:1'] };
  });
  const pack = decodePack(encodePack('ci', records, ['site']));
  expect(pack.refs).toEqual({
    site: [
      ['x', 'y'],
      [0, 1, 0, -1],
    ],
  });
  expect(pack.numbers).toEqual(['HQ7K-CI-3']);
});

test('a record that has become one of another kind keeps that kind', () => {
  const at: Stamp = { r: 'a-0', s: 1, t: [1, 0] };
  const one: RecordState = { id: 'a', kind: 'ci', values: {}, heads: { name: at }, dots: [] };
  expect(decodePack(encodePack('site', [one], [])).records[0]?.kind).toBe('ci');
});

test('text that is not a checkpoint throws, so that the log is replayed', () => {
  const text = encodePack('person', [], []);
  expect(() => decodePack('[["cut')).toThrow();
  expect(() => decodePack(text.slice(0, -1))).toThrow(/cut off/);
});

test('damage in the fields is told before the look that finds it throws', () => {
  const at: Stamp = { r: 'a-0', s: 1, t: [1, 0] };
  const one: RecordState = {
    id: 'p',
    kind: 'person',
    values: { name: 'Li Na' },
    heads: { name: at },
    dots: ['a-0:1'],
  };
  const text = encodePack('person', [one], []);
  let told = 0;
  const pack = decodePack(text.replace('"Li Na"', '"Li Na,'), () => told++);
  expect(told).toBe(0);
  expect(() => pack.records[0]?.values).toThrow();
  expect(told).toBe(1);
});
