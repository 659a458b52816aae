import { expect, test } from 'vitest';
import { safeEpoch } from './epoch';

const outside = (marks: Readonly<Record<string, number>>) => async (replica: string) =>
  marks[replica] ?? 0;

test('a database that knows all it exported keeps its epoch', async () => {
  expect(await safeEpoch('lap-0', { 'lap-0': 9 }, outside({ 'lap-0': 9 }))).toBe('lap-0');
  expect(await safeEpoch('lap-0', {}, outside({}))).toBe('lap-0');
});

test('a restored database goes on under an epoch of which nothing was exported', async () => {
  expect(await safeEpoch('lap-0', { 'lap-0': 4 }, outside({ 'lap-0': 9 }))).toBe('lap-1');
  expect(await safeEpoch('lap-0', { 'lap-0': 4 }, outside({ 'lap-0': 9, 'lap-1': 3 }))).toBe(
    'lap-2',
  );
});
