import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareHlc, isFuture, MAX_SKEW_MS, receive, tick, type Hlc } from './clock';

const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });
const hlc: fc.Arbitrary<Hlc> = fc.tuple(ms, fc.nat(50));

test('clock: every local change is later than the one before, whatever the wall clock does', () => {
  fc.assert(
    fc.property(hlc, fc.array(ms, { maxLength: 20 }), (start, walls) => {
      let last = start;
      for (const wall of walls) {
        const next = tick(last, wall);
        expect(compareHlc(next, last)).toBeGreaterThan(0);
        expect(next[0]).toBe(Math.max(last[0], wall));
        last = next;
      }
    }),
  );
});

test('clock: what is received never sets the clock back and is overtaken by the next change', () => {
  fc.assert(
    fc.property(hlc, hlc, ms, (last, remote, wall) => {
      const joined = receive(last, remote, wall);
      expect(compareHlc(joined, last)).toBeGreaterThanOrEqual(0);
      if (!isFuture(remote, wall)) {
        expect(compareHlc(tick(joined, wall), remote)).toBeGreaterThan(0);
      }
    }),
  );
});

test('clock: one more than a day ahead does not drag the local clock along', () => {
  const wall = 1_000_000;
  expect(receive([wall, 0], [wall + MAX_SKEW_MS, 7], wall)).toEqual([wall + MAX_SKEW_MS, 7]);
  expect(receive([wall, 0], [wall + MAX_SKEW_MS + 1, 0], wall)).toEqual([wall, 0]);
});

test('clock: the order of receipt does not matter', () => {
  fc.assert(
    fc.property(hlc, hlc, hlc, ms, (last, a, b, wall) => {
      expect(receive(receive(last, a, wall), b, wall)).toEqual(
        receive(receive(last, b, wall), a, wall),
      );
    }),
  );
});
