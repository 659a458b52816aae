import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportedMarks } from './exportedMarks';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-marks-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a mark survives a restart and never falls', async () => {
  const path = join(folder, 'exported.json');
  await exportedMarks(path).keepExported('replica', 7);
  await exportedMarks(path).keepExported('replica', 3);
  expect(await exportedMarks(path).exported('replica')).toBe(7);
  expect(await exportedMarks(path).exported('other')).toBe(0);
});

test('marks kept at once are all kept', async () => {
  const marks = exportedMarks(join(folder, 'exported.json'));
  const names = Array.from({ length: 20 }, (_, index) => `replica-${index}`);
  await Promise.all(names.map((name, index) => marks.keepExported(name, index + 1)));
  expect(await Promise.all(names.map((name) => marks.exported(name)))).toEqual(
    names.map((_, index) => index + 1),
  );
});

test('a name that objects have anyway is a name like any other', async () => {
  const marks = exportedMarks(join(folder, 'exported.json'));
  expect(await marks.exported('constructor')).toBe(0);
  await marks.keepExported('__proto__', 5);
  expect(await marks.exported('toString')).toBe(0);
});

test('a damaged file says nothing and is written anew', async () => {
  const path = join(folder, 'exported.json');
  await writeFile(path, '{"replica": "seven');
  const marks = exportedMarks(path);
  expect(await marks.exported('replica')).toBe(0);
  await marks.keepExported('replica', 2);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ replica: 2 });
});
