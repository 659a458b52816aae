import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import writeWorkbook from 'write-excel-file/universal';
import { readSheet, type ReadRequest } from './tabularRead';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const parts = (sheet: string): Zippable => ({
  'xl/workbook.xml': strToU8(
    `<workbook ${NS} xmlns:r="${REL}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ),
  'xl/_rels/workbook.xml.rels': strToU8(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ),
  'xl/worksheets/sheet1.xml': strToU8(
    `<worksheet ${NS}><sheetData>${sheet}</sheetData></worksheet>`,
  ),
});
const text = (ref: string, value: string) =>
  `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEAD = `<row r="1">${text('A1', 'name')}${text('B1', 'sum')}</row>`;
const ROW = `<row r="2">${text('A2', 'Rack')}<c r="B2"><f>1+2</f><v>3</v></c></row>`;

async function read(bytes: Uint8Array, options: Partial<ReadRequest> = {}) {
  const result = await readSheet({ name: 'file', bytes, ...options });
  return result.ok ? result.value : result.refusal;
}

test('a workbook gives texts: days, moments, numbers, flags, blanks and the values of formulas', async () => {
  const blob = await writeWorkbook(
    [
      {
        sheet: 'Empty',
        data: [],
      },
      {
        sheet: 'Items',
        data: [
          ['name', 'day', 'seen', 'count', 'price', 'spare'].map((value) => ({ value })),
          [
            { value: ' Rack 1' },
            { value: new Date(Date.UTC(2026, 10, 23)), format: 'yyyy-mm-dd' },
            { value: new Date(Date.UTC(2026, 10, 23, 14, 30)), format: 'yyyy-mm-dd hh:mm' },
            { value: 13_900_000_101 },
            { value: 0.1 + 0.2 },
            { value: true },
          ],
        ],
      },
    ],
    {},
  ).toBlob();
  const found = await read(new Uint8Array(await blob.arrayBuffer()));
  expect(found).toMatchObject({ format: 'workbook', names: ['Empty', 'Items'], name: 'Items' });
  expect('sheet' in found && found.sheet.rows).toEqual([
    {
      row: 2,
      cells: [' Rack 1', '2026-11-23', '2026-11-23 14:30', '13900000101', '0.3', 'true'],
    },
  ]);
});

test('a formula is its last value, and rows keep the numbers they have in the program', async () => {
  const far = `<row r="5">${text('A5', 'Router')}</row>`;
  const found = await read(zipSync(parts(HEAD + ROW + far)));
  expect('sheet' in found && found.sheet.rows).toEqual([
    { row: 2, cells: ['Rack', '3'] },
    { row: 5, cells: ['Router', ''] },
  ]);
});

test('a formula that failed is told by its error, not passed over as an empty cell', async () => {
  const failed =
    '<row r="2"><c t="e" r="A2"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><v>1</v></c></row>';
  const found = await read(zipSync(parts(HEAD + failed)));
  expect('sheet' in found && found.sheet.rows).toEqual([{ row: 2, cells: ['#DIV/0!', '1'] }]);
});

test('files that are not what they seem are refused with a reason', async () => {
  const code = async (bytes: Uint8Array) => (await read(bytes)) as { code?: string };
  expect(await code(zipSync({ 'word/document.xml': strToU8('<x/>') }))).toEqual({
    code: 'import.notWorkbook',
  });
  expect(await code(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toEqual({
    code: 'import.oldWorkbook',
  });
  expect(await code(zipSync(parts('<row><c r="A1"'), { level: 0 }))).toEqual({
    code: 'import.brokenWorkbook',
  });
  expect(await code(new Uint8Array())).toEqual({ code: 'import.empty' });
  expect(await code(strToU8('name,code\n'))).toEqual({ code: 'import.empty' });
});

test('a sheet outside its usual folder is held to the same limits', async () => {
  const { 'xl/worksheets/sheet1.xml': sheet, ...others } = parts(`${HEAD}<row r="1e9"/>`);
  const rels = others['xl/_rels/workbook.xml.rels'] as Uint8Array;
  const elsewhere = strToU8(strFromU8(rels).replace('worksheets/', 'other/'));
  const files = { ...others, 'xl/_rels/workbook.xml.rels': elsewhere };
  const found = await read(zipSync({ ...files, 'xl/other/sheet1.xml': sheet as Uint8Array }));
  expect(found).toMatchObject({ code: 'import.tooManyRows' });
});

test('a cell at the far end of the sheet is refused before it is laid out in memory', async () => {
  const found = await read(
    zipSync(parts(`${HEAD}<row r="1048576">${text('XFD1048576', 'x')}</row>`)),
  );
  expect(found).toMatchObject({ code: 'import.tooManyRows' });
});

/** Position of the first central directory header and of the local one of the same entry. */
function headers(bytes: Uint8Array, name: string) {
  const view = new DataView(bytes.buffer);
  const wanted = strToU8(name);
  const matches = (at: number) => wanted.every((byte, i) => bytes[at + i] === byte);
  for (let at = 0; at < bytes.length - 46; at++) {
    if (view.getUint32(at, true) === 0x02014b50 && matches(at + 46)) return { view, at };
  }
  throw new Error(name);
}

test('a workbook that unpacks to something else than it promises is refused', async () => {
  const sheet = 'xl/worksheets/sheet1.xml';
  const bomb = zipSync(parts(HEAD + ROW + ' '.repeat(5_000_000)));
  const promised = headers(bomb, sheet);
  promised.view.setUint32(promised.at + 24, 1000, true);
  expect(await read(bomb)).toEqual({ code: 'import.brokenWorkbook' });

  const changed = zipSync(parts(HEAD + ROW));
  const sum = headers(changed, sheet);
  sum.view.setUint32(sum.at + 16, 12_345, true);
  expect(await read(changed)).toEqual({ code: 'import.brokenWorkbook' });

  const huge = zipSync(parts(HEAD + ROW));
  const claim = headers(huge, sheet);
  claim.view.setUint32(claim.at + 24, 0xf000_0000, true);
  expect(await read(huge)).toMatchObject({ code: 'import.fileTooLarge' });
});

test('a truncated workbook is refused', async () => {
  const whole = zipSync(parts(HEAD + ROW));
  for (const length of [4, 60, whole.length - 30, whole.length - 1]) {
    expect(await read(whole.slice(0, length))).toMatchObject({ code: 'import.brokenWorkbook' });
  }
});

test('the person chooses another encoding, delimiter or sheet', async () => {
  const bytes = strToU8('a;b,c\n1;2,3');
  const found = await read(bytes, { delimiter: ';', encoding: 'windows-1252' });
  expect(found).toMatchObject({
    encoding: 'windows-1252',
    delimiter: ';',
    sheet: { headers: ['a', 'b,c'] },
  });
});
