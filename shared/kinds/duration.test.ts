import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMinutes, parseMinutes } from './duration';

const en = { hour: 'h', minute: 'min' };
const zh = { hour: '小时', minute: '分' };

test.each([
  ['90', 90],
  ['0', 0],
  ['1h30', 90],
  ['1h 30m', 90],
  ['2 h', 120],
  ['1.5 h', 90],
  ['1,5h', 90],
  ['1:30', 90],
  ['0:05', 5],
  ['45 min', 45],
  ['2 hours 5 minutes', 125],
  ['1 d 4 h', 1680],
  ['3天', 4320],
  ['1 小时 30 分', 90],
  ['2个小时', 120],
  ['１小时３０分钟', 90],
  [' 20 ', 20],
])('%s is %i minutes', (text, minutes) => {
  expect(parseMinutes(text)).toBe(minutes);
});

test.each(['', ' ', 'soon', '1:75', '-5', 'h', '1h30x', '1.5', '2 30'])(
  '"%s" is no duration',
  (text) => {
    expect(parseMinutes(text)).toBeUndefined();
  },
);

test('durations are shown in hours and minutes', () => {
  expect(formatMinutes(90, en)).toBe('1 h 30 min');
  expect(formatMinutes(120, en)).toBe('2 h');
  expect(formatMinutes(0, en)).toBe('0 min');
  expect(formatMinutes(4320, en)).toBe('72 h');
  expect(formatMinutes(-75, en)).toBe('-1 h 15 min');
  expect(formatMinutes(90, zh)).toBe('1 小时 30 分');
});

test('what is shown can be typed again in both languages', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.constantFrom(en, zh), (minutes, units) => {
      expect(parseMinutes(formatMinutes(minutes, units))).toBe(minutes);
    }),
  );
});

test('a foreign cell cannot keep the reader of durations busy', () => {
  expect(parseMinutes(`1d${' '.repeat(200_000)}x`)).toBeUndefined();
});
