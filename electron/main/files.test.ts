import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maximumFileBytes } from '../../shared/host';
import { ok, refuse } from '../../shared/result';
import { openFiles, safeName, saveFile, type FileDialogs } from './files';
import { print, savePdf } from './printing';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'holdfast-files-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const filters = [{ name: 'Holdfast', extensions: ['holdfast'] }];
const bytes = new TextEncoder().encode('content');

/** A person who picks these files, or none. */
function picking(...filePaths: string[]) {
  const proposed: (string | undefined)[] = [];
  const dialogs = {
    showOpenDialog: async () => ({ canceled: filePaths.length === 0, filePaths }),
    showSaveDialog: async ({ defaultPath }) => {
      proposed.push(defaultPath);
      return { canceled: filePaths.length === 0, filePath: filePaths[0] ?? '' };
    },
  } satisfies FileDialogs;
  return { ...dialogs, proposed };
}

test('chosen files arrive with their names and bytes, without their paths', async () => {
  const path = join(folder, '配置.holdfast');
  await fs.writeFile(path, bytes);
  const opened = await openFiles(picking(path))({ filters, multiple: true });
  expect(opened).toEqual(ok([{ name: '配置.holdfast', bytes }]));
});

test('changing one’s mind opens nothing and writes nothing', async () => {
  expect(await openFiles(picking())({ filters, multiple: false })).toEqual(ok([]));
  const writing = async () => {
    throw new Error('wrote');
  };
  expect(await saveFile(picking(), writing)({ name: 'a', filters, bytes })).toEqual(ok(null));
});

test('a file that is gone and one that is too large are refused by name', async () => {
  const gone = await openFiles(picking(join(folder, 'gone.csv')))({ filters, multiple: false });
  expect(gone).toEqual(refuse('host.readFailed', { name: 'gone.csv' }));
  const large = { size: async () => maximumFileBytes + 1, read: async () => bytes };
  const path = join(folder, 'large.csv');
  expect(await openFiles(picking(path), large)({ filters, multiple: false })).toEqual(
    refuse('host.tooLarge', { name: 'large.csv', limit: 512 }),
  );
});

test('a file is saved where the person says, under the name they chose', async () => {
  const path = join(folder, 'theirs.holdfast');
  const dialogs = picking(path);
  const saved = await saveFile(dialogs)({ name: '../../ours.holdfast', filters, bytes });
  expect(saved).toEqual(ok({ name: 'theirs.holdfast' }));
  expect(await fs.readFile(path, 'utf8')).toBe('content');
  expect(dialogs.proposed).toEqual(['_.._ours.holdfast']);
});

test('a proposed name cannot point into another folder', () => {
  for (const name of ['../a', '..\\a', '/etc/passwd', 'C:\\a', 'a\u0000b', '..', '.', 'a. ', '']) {
    expect(safeName(name)).toMatch(/^[^\\/:.]+$/);
    expect(safeName(name)).not.toContain('\u0000');
  }
  expect(safeName('2026-11 HQ→站点.holdfast')).toBe('2026-11 HQ→站点.holdfast');
});

test('a PDF is only made once the person has said where it goes', async () => {
  let made = 0;
  const contents = {
    printToPDF: async () => {
      made += 1;
      return Buffer.from('%PDF-1.7');
    },
  };
  expect(await savePdf(contents, picking())({ name: 'report' })).toEqual(ok(null));
  expect(made).toBe(0);
  const path = join(folder, 'report.pdf');
  const dialogs = picking(path);
  expect(await savePdf(contents, dialogs)({ name: 'report' })).toEqual(ok({ name: 'report.pdf' }));
  expect(dialogs.proposed).toEqual(['report.pdf']);
  expect(await fs.readFile(path, 'utf8')).toBe('%PDF-1.7');
});

test.each([
  [true, '', ok(null)],
  [false, 'Print job canceled', ok(null)],
  [false, 'Print job failed', refuse('host.printFailed')],
] as const)('printing that ends with %s %s', async (done, reason, result) => {
  const contents = {
    print: (_options: unknown, callback?: (success: boolean, reason: string) => void) =>
      callback?.(done, reason),
  };
  expect(await print(contents)()).toEqual(result);
});
