import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecords, encodeRecords } from './checkpoint';
import type { Heads, RecordState, Stamp } from './record';
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

test('records come back from a checkpoint as they went in (I14)', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (records) => {
      expect(decodeRecords(encodeRecords(records))).toEqual(records);
    }),
    { numRuns: 300 },
  );
});

test('text that is not a checkpoint throws, so that the log is replayed', () => {
  expect(() => decodeRecords('[["cut')).toThrow();
  expect(() => decodeRecords('[["id","person",{"name":"x"},[],0,[]]]')).toThrow(/stamp/);
});
