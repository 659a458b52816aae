import { expect, test } from 'vitest';
import { sameCode } from './spokenHave';

const code = {
  words: ['harbour', 'act', 'lamp', 'zoo'],
  numbers: ['0812', '0019', '1004', '2047'],
};

test('words agree in any case, by their first four letters, and as numbers', () => {
  expect(sameCode('Harbour ACT, lamp; zoo', code)).toBe(true);
  expect(sameCode('harb act lamp zoo', code)).toBe(true);
  expect(sameCode('812 19 1004 2047', code)).toBe(true);
  expect(sameCode('harbour 0019 lamp 2047', code)).toBe(true);
});

test('nothing is said before all were typed, and another code never agrees', () => {
  expect(sameCode('harbour act lamp', code)).toBeUndefined();
  expect(sameCode('', code)).toBeUndefined();
  expect(sameCode('harbour act lamp zero', code)).toBe(false);
  expect(sameCode('h act lamp zoo', code)).toBe(false);
  expect(sameCode('harbour act lamp zoo zoo', code)).toBe(false);
});
