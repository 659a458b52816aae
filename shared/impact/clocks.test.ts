import { expect, test } from 'vitest';
import { clockOf, MINUTE_MS } from './clocks';

const at = (minutes: number, more: Partial<Parameters<typeof clockOf>[0]> = {}) =>
  clockOf({
    start: 1_000_000,
    now: 1_000_000 + minutes * MINUTE_MS,
    paused: 0,
    target: 240,
    achieved: undefined,
    ...more,
  });

test('a clock is open, soon with a quarter left, then breached', () => {
  expect(at(0).state).toBe('open');
  expect(at(180).state).toBe('open');
  expect(at(181).state).toBe('soon');
  expect(at(240).state).toBe('soon');
  expect(at(241).state).toBe('breached');
  expect(at(241).left).toBe(-1);
  expect(at(241).used).toBe(1);
});

test('less than half an hour left is soon, whatever the share', () => {
  expect(at(0, { target: 20 }).state).toBe('soon');
});

test('pauses push the minute of breach back', () => {
  const clock = at(200, { paused: 60 * MINUTE_MS });
  expect(clock.left).toBe(100);
  expect(clock.breachAt).toBe(1_000_000 + 300 * MINUTE_MS);
});

test('a service that is back keeps its verdict', () => {
  expect(at(999, { achieved: 240 }).state).toBe('back');
  expect(at(999, { achieved: 241 }).state).toBe('backLate');
});

test('without a target there is nothing to breach', () => {
  expect(at(999, { target: undefined })).toMatchObject({ state: 'noTarget', breachAt: undefined });
  expect(at(999, { target: undefined, achieved: 5 }).state).toBe('back');
});
