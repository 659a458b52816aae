import { expect, test } from 'vitest';
import { ok, refuse } from '../../../shared/result';
import { hintOf, sortFiles } from './sortFiles';

const bytes = (text: string) => new TextEncoder().encode(text);
const gone = refuse('host.readFailed', { name: 'x' });

test('files go where their names say, and exchange files wherever their names were changed', () => {
  const sorted = sortFiles([
    { name: 'north/A.HOLDFAST', read: ok(bytes('')) },
    { name: 'gone.holdfast', read: gone },
    { name: 'renamed.txt', read: ok(bytes('age-encryption.org/v1\n-> X25519 a')) },
    { name: 'cis.csv', read: ok(bytes('name')) },
    { name: 'contacts.XLSX', read: ok(bytes('PK')) },
    { name: 'gone.csv', read: gone },
    { name: 'photo.jpg', read: ok(bytes('x')) },
    { name: 'holdfast', read: ok(bytes('age-encryption.org/v')) },
  ]);
  expect(sorted.exchange.map(({ name }) => name)).toEqual([
    'north/A.HOLDFAST',
    'gone.holdfast',
    'renamed.txt',
    'holdfast',
  ]);
  expect(sorted.sheets.map(({ name }) => name)).toEqual(['cis.csv', 'contacts.XLSX']);
  expect(sorted.unread.map(({ name }) => name)).toEqual(['gone.csv']);
  expect(sorted.others).toEqual(['photo.jpg']);
});

test.each([
  [[''], 'exchange'],
  [['application/x-holdfast'], 'exchange'],
  [['', ''], 'several'],
  [['', 'image/png'], 'several'],
  [['', 'text/csv'], 'several'],
  [['text/csv'], 'sheet'],
  [['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'], 'sheet'],
  [['application/vnd.ms-excel'], 'sheet'],
  [['image/png'], 'nowhere'],
  [['image/png', 'application/pdf'], 'nowhere'],
] as const)('%j is announced as %s', (types, hint) => {
  expect(hintOf(types)).toBe(hint);
});
