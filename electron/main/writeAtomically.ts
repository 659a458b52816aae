/** Writes a file whole or not at all: an earlier file of that name survives every failure. */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ok, refuse, type Result } from '../../shared/result';

export type FileSystem = Pick<typeof fs, 'open' | 'rename' | 'rm'>;

/** A file on its way. After a refusal nothing of it is left. */
export interface Writing {
  write(bytes: Uint8Array): Promise<Result<null>>;
  /** Puts it in the place of an earlier one. */
  finish(): Promise<Result<null>>;
  abandon(): Promise<void>;
}

/** Refuses with `host.diskFull` or `host.writeFailed`, as everything that is done with it. */
export async function beginWriting(path: string, files: FileSystem = fs): Promise<Result<Writing>> {
  const name = basename(path);
  const temporary = join(dirname(path), `.${name}.${randomUUID().slice(0, 8)}.tmp`);
  let handle: fs.FileHandle | undefined;

  async function abandon(): Promise<void> {
    await handle?.close().catch(() => undefined);
    handle = undefined;
    await files.rm(temporary, { force: true }).catch(() => undefined);
  }
  async function attempt(step: () => Promise<void>): Promise<Result<null>> {
    try {
      await step();
      return ok(null);
    } catch (error) {
      const code = codeOf(error);
      if (!code) throw error;
      await abandon();
      return code === 'ENOSPC' || code === 'EDQUOT'
        ? refuse('host.diskFull')
        : refuse('host.writeFailed', { name });
    }
  }
  const begun = await attempt(async () => {
    handle = await files.open(temporary, 'wx', 0o600);
  });
  if (!begun.ok) return begun;
  return ok({
    // Writes on from where the last piece ended.
    write: (bytes) => attempt(async () => handle?.writeFile(bytes)),
    finish: () =>
      attempt(async () => {
        // On the medium before the rename: otherwise a power cut could leave an empty file of that
        // name.
        await handle?.sync();
        await handle?.close();
        handle = undefined;
        await files.rename(temporary, path);
        await syncFolder(dirname(path), files);
      }),
    abandon,
  });
}

/** All at once. Refuses with `host.diskFull` or `host.writeFailed`. */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  files: FileSystem = fs,
): Promise<Result<null>> {
  const writing = await beginWriting(path, files);
  if (!writing.ok) return writing;
  const written = await writing.value.write(bytes);
  return written.ok ? writing.value.finish() : written;
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
