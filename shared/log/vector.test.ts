import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, dominates, join, meet, missingCount, seen, type Vector } from './vector';

/** With names that an object inherits, which must not count as seen. */
const replicas = fc.constantFrom('a-1', 'b-1', 'c-2', 'toString', 'constructor');
const vectors: fc.Arbitrary<Vector> = fc.dictionary(replicas, fc.integer({ min: 1, max: 9 }), {
  noNullPrototype: true,
});

test('I3: join is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(vectors, vectors, vectors, (a, b, c) => {
      expect(join(a, b)).toEqual(join(b, a));
      expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
      expect(join(a, a)).toEqual(a);
    }),
  );
});

test('vector: a join is the least that dominates both, a meet the greatest that both dominate', () => {
  fc.assert(
    fc.property(vectors, vectors, vectors, (a, b, c) => {
      const up = join(a, b);
      const down = meet([a, b]);
      expect(dominates(up, a) && dominates(up, b)).toBe(true);
      expect(dominates(a, down) && dominates(b, down)).toBe(true);
      if (dominates(c, a) && dominates(c, b)) expect(dominates(c, up)).toBe(true);
      if (dominates(a, c) && dominates(b, c)) expect(dominates(down, c)).toBe(true);
    }),
  );
});

test('vector: what is missing is the distance to the join', () => {
  fc.assert(
    fc.property(vectors, vectors, (a, b) => {
      expect(missingCount(a, b)).toBe(missingCount(a, join(a, b)));
      expect(missingCount(a, b) === 0).toBe(dominates(a, b));
    }),
  );
});

test('vector: an unknown replica is seen up to nothing', () => {
  expect(seen({}, 'toString')).toBe(0);
  expect(covers({}, 'a', 1)).toBe(false);
  expect(covers({ a: 2 }, 'a', 2)).toBe(true);
  expect(meet([])).toEqual({});
});
