import { expect, test } from 'vitest';
import { MAX_COLUMNS, MAX_ROWS } from './sheet';
import { sheetExtent } from './zipEntries';

test('the extent of a sheet is the furthest row and column that it names', () => {
  const xml = '<row r="2"><c r="B2" s="1"/><c s="1" r="AA2"/></row><row r="7"/>';
  expect(sheetExtent(xml)).toEqual({ rows: 7, columns: 27 });
  expect(sheetExtent('<sheetData/>')).toEqual({ rows: 0, columns: 0 });
  expect(sheetExtent('<t>press r or write r="x"</t>')).toEqual({ rows: 0, columns: 0 });
});

test.each([
  '<row r="1e9">',
  '<row r="0x3b9aca00">',
  '<row r=" 999999999 ">',
  '<row r="Infinity">',
  "<row r = '999999999'>",
  '<row s="1"r="999999999">',
  '<row r="&#57;99999999">',
  '<row\nr\n=\n"999999999">',
])('a row in disguise is still too far: %j', (xml) => {
  expect(sheetExtent(xml).rows).toBeGreaterThan(MAX_ROWS);
});

test.each(['<c r="ZZZZ1">', '<c r="zz1">', '<c r="&#90;ZZZ1">'])(
  'a column in disguise is still too far: %j',
  (xml) => {
    expect(sheetExtent(xml).columns).toBeGreaterThan(MAX_COLUMNS);
  },
);
