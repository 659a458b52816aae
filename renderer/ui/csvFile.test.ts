import { expect, test } from 'vitest';
import { csvFile } from './csvFile';

test('a file of cells opens in a spreadsheet as text, and nothing in it runs', () => {
  const bytes = csvFile([
    ['Device', 'Holder'],
    ['=HYPERLINK("x")', 'Li, Na'],
    ['3', '-'],
  ]);
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe(
    `Device,Holder\r\n"'=HYPERLINK(""x"")","Li, Na"\r\n3,'-`,
  );
});
