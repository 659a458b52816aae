import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAtomically, type FileSystem } from './writeAtomically';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'holdfast-write-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

/** The real file system, on which the first write fails with this code. */
function failing(code: string): FileSystem {
  return {
    ...fs,
    open: async (path, flags, mode) => {
      const handle = await fs.open(path, flags, mode);
      handle.writeFile = async () => {
        throw Object.assign(new Error('write'), { code });
      };
      return handle;
    },
  };
}

test('a file is replaced whole, and nothing else is left behind', async () => {
  const path = join(folder, 'a.holdfast');
  expect(await writeAtomically(path, bytes('one'))).toEqual({ ok: true, value: null });
  expect(await writeAtomically(path, bytes('two'))).toEqual({ ok: true, value: null });
  expect(await fs.readFile(path, 'utf8')).toBe('two');
  expect(await fs.readdir(folder)).toEqual(['a.holdfast']);
});

test.each([
  ['ENOSPC', 'host.diskFull'],
  ['EDQUOT', 'host.diskFull'],
  ['EIO', 'host.writeFailed'],
])('%s is refused with %s and leaves the earlier file as it was', async (code, refusal) => {
  const path = join(folder, 'a.holdfast');
  await writeAtomically(path, bytes('one'));
  const written = await writeAtomically(path, bytes('two'), failing(code));
  expect(written).toMatchObject({ ok: false, refusal: { code: refusal } });
  expect(await fs.readFile(path, 'utf8')).toBe('one');
  expect(await fs.readdir(folder)).toEqual(['a.holdfast']);
});

test('the bytes are on the medium before the name is theirs', async () => {
  const order: string[] = [];
  const watched: FileSystem = {
    ...fs,
    open: async (path, flags, mode) => {
      const handle = await fs.open(path, flags, mode);
      const sync = handle.sync.bind(handle);
      handle.sync = () => {
        order.push(flags === 'r' ? 'sync folder' : 'sync file');
        return sync();
      };
      return handle;
    },
    rename: async (from, to) => {
      order.push('rename');
      await fs.rename(from, to);
    },
  };
  await writeAtomically(join(folder, 'a'), bytes('x'), watched);
  expect(order).toEqual(['sync file', 'rename', 'sync folder']);
});

test('a folder that is not there is a refusal', async () => {
  const written = await writeAtomically(join(folder, 'absent', 'a'), bytes('x'));
  expect(written).toEqual({
    ok: false,
    refusal: { code: 'host.writeFailed', params: { name: 'a' } },
  });
});
