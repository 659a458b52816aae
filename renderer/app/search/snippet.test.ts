import { expect, test } from 'vitest';
import { pieces, snippet, wordsOf } from './snippet';

test('a long text is cut around the first word found', () => {
  const text = `${'a '.repeat(100)}needle ${'b '.repeat(100)}`;
  const cut = snippet(text, ['NEEDLE']);
  expect(cut).toContain('needle');
  expect(cut.length).toBeLessThan(120);
  expect(cut.startsWith('…') && cut.endsWith('…')).toBe(true);
});

test('a short text is shown whole, on one line', () => {
  expect(snippet('first\nsecond', ['second'])).toBe('first second');
});

test('every word found is marked, and the pieces make up the text', () => {
  const cut = pieces('Core router HQ', ['router', 'hq']);
  expect(cut).toEqual([
    { text: 'Core ', found: false },
    { text: 'router', found: true },
    { text: ' ', found: false },
    { text: 'HQ', found: true },
  ]);
  expect(pieces('核心路由器', ['路由']).map((piece) => piece.text)).toEqual(['核心', '路由', '器']);
});

test('a text that folding would lengthen is shown unmarked', () => {
  expect(pieces('İstanbul', ['stan'])).toEqual([{ text: 'İstanbul', found: false }]);
});

test('words are split at any white space', () => {
  expect(wordsOf('  core\trouter ')).toEqual(['core', 'router']);
});
