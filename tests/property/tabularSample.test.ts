/** The sample spreadsheets: an invented harbour, in the shapes that inventories are exported in. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { asText } from '../../shared/projection/projection';
import { registry, sheetOfBytes, sheetOfText } from './tabularSupport';

const folder = new URL('../../resources/sample/csv/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, folder));
const load = (name: string) => sheetOfBytes(name, bytesOf(name));

const files = [
  ['customers.csv', 3],
  ['suppliers.csv', 4],
  ['sites.csv', 5],
  ['contacts.csv', 4],
  ['cis.csv', 24],
  ['relations.csv', 23],
  ['contact-assignments.csv', 3],
] as const;

test('the sample spreadsheets come in whole by the guesses alone and change nothing the second time', () => {
  const vault = registry();
  for (const [name, rows] of files) {
    const { counts } = vault.take(load(name));
    expect({ name, ...counts }).toMatchObject({ name, create: rows, update: 0, refused: 0 });
  }
  for (const [name] of files) expect(vault.plan(load(name)).edits).toEqual([]);
  const sites = vault.projection.records('site');
  expect(sites.find((site) => site.values.name === 'Old Signal House')?.values.operation).toBe(
    'closed',
  );
  const [pier] = sites.filter((site) => site.values.name === 'Ferry Pier 4');
  const tenant = vault.projection.get(asText(pier?.values.organisation));
  expect(tenant?.values).toMatchObject({ name: 'Tidewater Ferries', type: 'customer' });
  const panels = vault.projection.records('ci').filter((ci) => ci.values.uid === 'device:patch');
  expect(panels).toHaveLength(2);
});

test('the sample of a Chinese spreadsheet program (GB18030, semicolons, CRLF) comes in whole', () => {
  const vault = registry();
  const plan = vault.take(load('contacts-gb18030.csv'));
  expect(plan.counts).toMatchObject({ create: 3, refused: 0, warnings: 0 });
  expect(vault.projection.records('person')[0]?.values).toMatchObject({
    name: '陈海宁',
    jobTitle: '值班经理',
    mobile: '139 0000 0101',
    lastVerified: '2026-11-02',
  });
});

test.each([
  ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['CR line ends', (text: string) => text.replaceAll('\n', '\r')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['blank lines', (text: string) => text.replaceAll('\n', '\n\n')],
])('a file with %s holds the same records', (_, change) => {
  const text = new TextDecoder().decode(bytesOf('cis.csv'));
  const vault = registry();
  vault.take(sheetOfText('cis.csv', text));
  expect(vault.plan(sheetOfText('cis.csv', change(text))).counts).toMatchObject({
    unchanged: 24,
    refused: 0,
  });
});
