import { expect, test } from 'vitest';
import { pathsIn } from './pastedText';

test('paths are found in what file managers copy, one to a line', () => {
  for (const path of [
    '/a.holdfast',
    '"E:\\a b.holdfast"',
    '~/a.holdfast',
    'file:///a',
    'a.holdfast',
  ])
    expect(pathsIn(` ${path}\n`)).toEqual([path]);
  expect(pathsIn('file:///a.holdfast\r\nfile:///b.holdfast\r\n')).toEqual([
    'file:///a.holdfast',
    'file:///b.holdfast',
  ]);
});

test('other text is left alone', () => {
  for (const text of ['', 'call Li Na', 'see /a.holdfast for it', '/a.holdfast\nand more'])
    expect(pathsIn(text)).toEqual([]);
});
