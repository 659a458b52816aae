import { expect, test } from 'vitest';
import { guessDelimiter, parseCsv, parseDelimited, writeCsv } from './csv';
import { sheetFrom } from './sheet';

const cells = (text: string, delimiter: ',' | ';' = ',') => {
  const grid = parseCsv(text, delimiter);
  return grid.ok ? grid.value.rows : grid.refusal.code;
};

test('rows end with LF, CR or CRLF, in one file or mixed', () => {
  const rows = [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ];
  expect(cells('a,b\n1,2\n3,4\n')).toEqual(rows);
  expect(cells('a,b\r1,2\r3,4')).toEqual(rows);
  expect(cells('a,b\r\n1,2\r\n3,4\r\n')).toEqual(rows);
  expect(cells('a,b\r\n1,2\r3,4\n')).toEqual(rows);
});

test('quoted cells hold delimiters, line ends and doubled quotation marks', () => {
  expect(cells('"a, ""b""","line one\r\nline two"\nx,y')).toEqual([
    ['a, "b"', 'line one\r\nline two'],
    ['x', 'y'],
  ]);
});

test('a quotation mark out of place is text and loses nothing around it', () => {
  expect(cells('5" disk,"a"b,c\n1,2,3')).toEqual([
    ['5" disk', '"a"b', 'c'],
    ['1', '2', '3'],
  ]);
});

test('a byte order mark is no part of the first header', () => {
  expect(cells('\uFEFFname;code', ';')).toEqual([['name', 'code']]);
});

test('a delimiter at the end of the file stands before one more empty cell', () => {
  expect(cells('a,b\n1,')).toEqual([
    ['a', 'b'],
    ['1', ''],
  ]);
});

test('a quotation mark that never closes is told for its row', () => {
  const grid = parseCsv('a,b\n1,"open\n2,3', ',');
  expect(grid.ok && grid.value.open).toEqual([1]);
  const sheet = sheetFrom('x.csv', grid.ok ? grid.value : { rows: [], open: [] });
  expect(sheet.rows[0]).toMatchObject({ row: 2, broken: { code: 'import.openQuote' } });
});

test.each(['a,b\n"', 'a,b\n""" x', 'a,b\n1,"x""', '"'])(
  'whatever stands after the open quotation mark of %j is kept and told',
  (text) => {
    const grid = parseCsv(text, ',');
    const rows = grid.ok ? grid.value.rows : [];
    expect(grid.ok && grid.value.open).toEqual([rows.length - 1]);
    expect(rows.flat().join('').replaceAll('"', '')).toBe(text.replaceAll(/["\n,]/gu, ''));
  },
);

test.each([
  [',', 'a,b,c\n1,2,3'],
  [';', 'name;note\nx;"1,2,3"\ny;4,5'],
  ['\t', 'a\tb\n1,5\t2\n3\t4'],
  ['|', 'a|b|c\n1|2|3'],
] as const)('the delimiter %j is found from the evenness of the rows', (delimiter, text) => {
  expect(guessDelimiter(text)).toBe(delimiter);
});

test('a sep= line names the delimiter, is no data and keeps row numbers true', () => {
  const text = 'sep=;\r\na;b\r\n1;2';
  expect(guessDelimiter(text)).toBe(';');
  const grid = parseDelimited(text, ';');
  const sheet = sheetFrom('x', grid.ok ? grid.value : { rows: [], open: [] });
  expect(sheet.headers).toEqual(['a', 'b']);
  expect(sheet.rows.map((row) => row.row)).toEqual([3]);
});

test('headers are trimmed, repeated ones told apart, empty ones named by position', () => {
  const grid = parseCsv(' name ,name,,code\n1,2,3,4', ',');
  const sheet = sheetFrom('x', grid.ok ? grid.value : { rows: [], open: [] });
  expect(sheet.headers).toEqual(['name', 'name (2)', '#3', 'code']);
});

test('ragged rows lose nothing and are noted; blank rows keep the numbers of the others', () => {
  const grid = parseCsv('a,b\n1\n\n1,2,3\n4,5', ',');
  const sheet = sheetFrom('x', grid.ok ? grid.value : { rows: [], open: [] });
  expect(sheet.headers).toEqual(['a', 'b', '#3']);
  expect(sheet.rows).toEqual([
    { row: 2, cells: ['1', '', ''] },
    { row: 4, cells: ['1', '2', '3'] },
    { row: 5, cells: ['4', '5', ''] },
  ]);
  expect(sheet.notes.map(({ row, code }) => [row, code])).toEqual([
    [2, 'import.missingCells'],
    [4, 'import.extraCells'],
  ]);
});

test('a sheet with more columns than any register has is refused', () => {
  expect(cells('x,'.repeat(1500))).toBe('import.tooManyColumns');
});

test('written rows quote what must be quoted and nothing else', () => {
  expect(writeCsv([['a', 'b;c', ' d', 'e"f', 'g\nh']], ',')).toBe('a,b;c," d","e""f","g\nh"');
});
