import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maximumFolderBytes } from '../../shared/host';
import { ok, refuse } from '../../shared/result';
import type { FileDialogs } from './files';
import { openFolder, readFolder, saveFolders } from './folders';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'holdfast-folder-'));
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const extensions = ['holdfast'];

const picking = (...filePaths: string[]): Pick<FileDialogs, 'showOpenDialog'> => ({
  showOpenDialog: async () => ({ canceled: filePaths.length === 0, filePaths }),
});

async function put(name: string): Promise<void> {
  await fs.mkdir(join(folder, name, '..'), { recursive: true });
  await fs.writeFile(join(folder, name), name);
}

test('exchange files of the folder and its sub-folders come, and nothing else', async () => {
  const names = ['b.holdfast', 'a.HOLDFAST', 'north/c.holdfast'];
  for (const name of [
    ...names,
    'notes.txt',
    '._b.holdfast',
    'north/deep/d.holdfast',
    '.x/e.holdfast',
  ])
    await put(name);
  const read = await openFolder(picking(folder))({ extensions });
  expect(read).toEqual(
    ok({
      name: basename(folder),
      files: ['a.HOLDFAST', 'b.holdfast', 'north/c.holdfast'].map((name) => ({
        name,
        read: ok(bytes(name)),
      })),
    }),
  );
});

test('changing one’s mind reads nothing; a folder that is gone is refused', async () => {
  expect(await openFolder(picking())({ extensions })).toEqual(ok(null));
  expect(await openFolder(picking(join(folder, 'gone')))({ extensions })).toEqual(
    refuse('host.folderFailed', { name: 'gone' }),
  );
});

test('a file that cannot be read, or no longer fits, does not hide the others', async () => {
  for (const name of ['a.holdfast', 'b.holdfast', 'c.holdfast']) await put(name);
  const read = await readFolder(folder, extensions, {
    size: async (path) => (path.endsWith('b.holdfast') ? maximumFolderBytes + 1 : 1),
    read: async (path) => {
      if (path.endsWith('a.holdfast')) throw Object.assign(new Error('x'), { code: 'EIO' });
      return bytes('c');
    },
  });
  expect(read.ok && read.value.files).toEqual([
    { name: 'a.holdfast', read: refuse('host.readFailed', { name: 'a.holdfast' }) },
    { name: 'b.holdfast', read: refuse('host.folderFull', { name: 'b.holdfast', limit: 1024 }) },
    { name: 'c.holdfast', read: ok(bytes('c')) },
  ]);
});

test('files are saved into the chosen folder, and an earlier one of that name stays', async () => {
  const { chooseSaveFolder, saveInFolder } = saveFolders(picking(folder));
  const chosen = await chooseSaveFolder();
  if (!chosen.ok || !chosen.value) throw new Error('no folder');
  expect(chosen.value).toMatchObject({ name: basename(folder), into: 'folder' });
  const file = { folder: chosen.value.id, name: 'a.holdfast' };
  expect(await saveInFolder({ ...file, bytes: bytes('1') })).toEqual(ok({ name: 'a.holdfast' }));
  expect(await saveInFolder({ ...file, bytes: bytes('2') })).toEqual(
    ok({ name: 'a (2).holdfast' }),
  );
  expect(await saveInFolder({ ...file, name: '../b.holdfast', bytes: bytes('3') })).toEqual(
    ok({ name: '_b.holdfast' }),
  );
  expect((await fs.readdir(folder)).toSorted()).toEqual([
    '_b.holdfast',
    'a (2).holdfast',
    'a.holdfast',
  ]);
  expect(await fs.readFile(join(folder, 'a.holdfast'), 'utf8')).toBe('1');
});

test('a folder nobody chose, and one that is gone, take no file', async () => {
  const { chooseSaveFolder, saveInFolder } = saveFolders(picking(folder));
  const file = { name: 'a.holdfast', bytes: bytes('1') };
  expect(await saveInFolder({ ...file, folder })).toEqual(refuse('host.folderGone'));
  const chosen = await chooseSaveFolder();
  await fs.rm(folder, { recursive: true });
  const id = chosen.ok ? (chosen.value?.id ?? '') : '';
  expect(await saveInFolder({ ...file, folder: id })).toEqual(refuse('host.folderGone'));
});
