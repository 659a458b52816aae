import { expect, test } from 'vitest';
import { haveText, spoken } from './words';

test('six words and their numbers stand for the first 66 bits', () => {
  const zeros = spoken('0'.repeat(64), 6);
  expect(zeros.words).toEqual(Array.from({ length: 6 }, () => 'abandon'));
  expect(zeros.numbers).toEqual(Array.from({ length: 6 }, () => '0000'));
  expect(spoken('f'.repeat(64), 6).words).toEqual(Array.from({ length: 6 }, () => 'zoo'));
  expect(spoken('f'.repeat(64), 2).numbers).toEqual(['2047', '2047']);
});

test('a word changes when its eleven bits do, and no other word', () => {
  const base = spoken('0'.repeat(64), 6).words;
  const other = spoken(`${'0'.repeat(5)}1${'0'.repeat(58)}`, 6).words;
  expect(other.map((word, i) => word === base[i])).toEqual([true, true, false, true, true, true]);
});

test('the code of what one has does not depend on the order it came in', () => {
  expect(haveText({ b: 2, a: 1 })).toBe(haveText({ a: 1, b: 2 }));
  expect(haveText({ a: 1, b: 2 })).not.toBe(haveText({ a: 2, b: 1 }));
});
