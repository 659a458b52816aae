import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countUnnamed, KEPT_DAYS, type Unnamed } from './garbage';

const DAY = 24 * 60 * 60 * 1000;

test('bytes without a name go after thirty days on which the program ran', () => {
  let kept: Unnamed | undefined;
  for (let day = 0; day < KEPT_DAYS; day++) {
    const count = countUnnamed(kept, ['a'], day * DAY);
    expect(count.gone).toEqual([]);
    kept = count.kept;
  }
  expect(countUnnamed(kept, ['a'], KEPT_DAYS * DAY).gone).toEqual(['a']);
});

test('bytes that an attachment names again start anew', () => {
  const first = countUnnamed({ at: 0, since: { a: 29 * DAY } }, [], DAY);
  expect(first).toEqual({ kept: { at: DAY, since: {} }, gone: [] });
  expect(countUnnamed(first.kept, ['a'], 2 * DAY).gone).toEqual([]);
});

test('whatever the clock does, nothing goes before thirty looks at it', () => {
  const clock = fc.array(fc.integer({ min: -(2 ** 42), max: 2 ** 42 }), { maxLength: KEPT_DAYS });
  fc.assert(
    fc.property(clock, (times) => {
      let kept: Unnamed | undefined;
      for (const now of times) {
        const count = countUnnamed(kept, ['a', '__proto__'], now);
        expect(count.gone).toEqual([]);
        kept = count.kept;
      }
    }),
  );
});
