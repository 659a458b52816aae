import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maximumFileBytes } from '../../shared/host';
import { ok, refuse } from '../../shared/result';
import { largeSaves } from './largeSaves';
import { beginWriting } from './writeAtomically';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'holdfast-large-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const path = () => join(folder, 'a.holdfast');
const bytes = (text: string) => new TextEncoder().encode(text);

async function begun(saves = largeSaves()) {
  const save = await saves.begin(path());
  if (!save.ok) throw new Error(save.refusal.code);
  return { saves, ...save.value };
}

test('nothing stands under the name before the last piece is written, then all of it does', async () => {
  await fs.writeFile(path(), 'earlier');
  const { saves, id, name } = await begun();
  expect(name).toBe('a.holdfast');
  expect(await saves.writeSave({ id, bytes: bytes('one ') })).toEqual(ok(null));
  expect(await saves.writeSave({ id, bytes: bytes('two') })).toEqual(ok(null));
  expect(await fs.readFile(path(), 'utf8')).toBe('earlier');
  expect(await saves.endSave({ id, keep: true })).toEqual(ok(null));
  expect(await fs.readFile(path(), 'utf8')).toBe('one two');
  expect(await fs.readdir(folder)).toEqual(['a.holdfast']);
});

test('a save that is given up, or whose page is gone, leaves nothing behind', async () => {
  const { saves, id } = await begun();
  await saves.writeSave({ id, bytes: bytes('one') });
  expect(await saves.endSave({ id, keep: false })).toEqual(ok(null));
  const other = await begun(saves);
  await saves.writeSave({ id: other.id, bytes: bytes('two') });
  await saves.abandonAll();
  expect(await fs.readdir(folder)).toEqual([]);
  await expect(saves.writeSave({ id: other.id, bytes: bytes('more') })).rejects.toThrow('no such');
});

test('a full disk ends the save, and the earlier file stays', async () => {
  await fs.writeFile(path(), 'earlier');
  const full = largeSaves((to) =>
    beginWriting(to, {
      ...fs,
      open: async (file, flags, mode) => {
        const handle = await fs.open(file, flags, mode);
        handle.writeFile = async () => {
          throw Object.assign(new Error('write'), { code: 'ENOSPC' });
        };
        return handle;
      },
    }),
  );
  const { id } = await begun(full);
  expect(await full.writeSave({ id, bytes: bytes('one') })).toEqual(refuse('host.diskFull'));
  expect(await fs.readdir(folder)).toEqual(['a.holdfast']);
  expect(await fs.readFile(path(), 'utf8')).toBe('earlier');
});

test('more than a file may have is not written, however small the pieces', async () => {
  const saves = largeSaves(async () =>
    ok({
      write: async () => ok(null),
      finish: async () => ok(null),
      abandon: async () => undefined,
    }),
  );
  const { id } = await begun(saves);
  const half = { length: maximumFileBytes / 2 } as Uint8Array;
  expect(await saves.writeSave({ id, bytes: half })).toEqual(ok(null));
  expect(await saves.writeSave({ id, bytes: half })).toEqual(ok(null));
  expect(await saves.writeSave({ id, bytes: bytes('x') })).toEqual(
    refuse('host.writeFailed', { name: 'a.holdfast' }),
  );
});
