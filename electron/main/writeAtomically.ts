/** Writes a file whole or not at all: an earlier file of that name survives every failure. */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ok, refuse, type Result } from '../../shared/result';

export type FileSystem = Pick<typeof fs, 'open' | 'rename' | 'rm'>;

/** Refuses with `host.diskFull` or `host.writeFailed`. */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  files: FileSystem = fs,
): Promise<Result<null>> {
  const name = basename(path);
  const temporary = join(dirname(path), `.${name}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await writeThrough(temporary, bytes, files);
    await files.rename(temporary, path);
    await syncFolder(dirname(path), files);
    return ok(null);
  } catch (error) {
    const code = codeOf(error);
    if (!code) throw error;
    await files.rm(temporary, { force: true }).catch(() => undefined);
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? refuse('host.diskFull')
      : refuse('host.writeFailed', { name });
  }
}

/** On the medium before the rename: otherwise a power cut could leave an empty file of that name. */
async function writeThrough(path: string, bytes: Uint8Array, files: FileSystem): Promise<void> {
  const handle = await files.open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name durable. Windows and some memory sticks cannot; the file is whole anyway. */
async function syncFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    const handle = await files.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!codeOf(error)) throw error;
  }
}

/** The system's code of an expected failure; undefined for a bug. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
