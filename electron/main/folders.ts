/** Many files at once: reading those of a folder, and writing into one the person chose. */
import { randomUUID } from 'node:crypto';
import { access, readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import {
  maximumFolderBytes,
  type FileRead,
  type FolderRead,
  type Host,
  type HostCalls,
  type OpenedFile,
} from '../../shared/host';
import { ok, refuse, type Result } from '../../shared/result';
import { disk, readOne, safeName, type FileDialogs, type Reader } from './files';
import { largeSaves, type LargeSaves } from './largeSaves';
import { codeOf, writeAtomically } from './writeAtomically';

export function openFolder(
  dialogs: Pick<FileDialogs, 'showOpenDialog'>,
  files: Reader = disk,
): Host['openFolder'] {
  return async ({ extensions }) => {
    const { canceled, filePaths } = await dialogs.showOpenDialog({ properties: ['openDirectory'] });
    const folder = filePaths[0];
    if (canceled || folder === undefined) return ok(null);
    return readFolder(folder, extensions, files);
  };
}

/** The folder itself and its sub-folders; those inside them are somebody else's business. */
export async function readFolder(
  folder: string,
  extensions: readonly string[],
  files: Reader = disk,
): Promise<Result<FolderRead>> {
  const wanted = new Set(extensions.map((extension) => `.${extension.toLowerCase()}`));
  const names = await namesIn(folder, wanted, true);
  if (!names) return refuse('host.folderFailed', { name: basename(folder) });
  const read: FileRead[] = [];
  let total = 0;
  for (const name of names.toSorted()) {
    const one = await readWithin(join(folder, name), maximumFolderBytes - total, files);
    if (one.ok) total += one.value.bytes.length;
    read.push({ name, read: one.ok ? ok(one.value.bytes) : one });
  }
  return ok({ name: basename(folder), files: read });
}

/** Names relative to the folder, with `/`; undefined when it cannot be read. */
async function namesIn(
  folder: string,
  wanted: ReadonlySet<string>,
  deeper: boolean,
): Promise<readonly string[] | undefined> {
  try {
    const names: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const { name } = entry;
      // `._a.holdfast`: what a Mac leaves on a stick beside each file.
      if (name.startsWith('.')) continue;
      if (entry.isDirectory()) {
        const inside = deeper ? await namesIn(join(folder, name), wanted, false) : undefined;
        names.push(...(inside ?? []).map((each) => `${name}/${each}`));
      } else if (wanted.has(extname(name).toLowerCase())) names.push(name);
    }
    return names;
  } catch (error) {
    if (codeOf(error)) return undefined;
    throw error;
  }
}

async function readWithin(path: string, room: number, files: Reader): Promise<Result<OpenedFile>> {
  try {
    if ((await files.size(path)) > room) {
      const limit = maximumFolderBytes / 1024 / 1024;
      return refuse('host.folderFull', { name: basename(path), limit });
    }
  } catch (error) {
    if (!codeOf(error)) throw error;
  }
  return readOne(path, files);
}

/** Folders are known to the page by a number that means nothing, and only while the window lives. */
export function saveFolders(
  dialogs: Pick<FileDialogs, 'showOpenDialog'>,
  write: typeof writeAtomically = writeAtomically,
  saves: Pick<LargeSaves, 'begin'> = largeSaves(),
): Pick<HostCalls, 'chooseSaveFolder' | 'saveInFolder' | 'beginSaveInFolder'> {
  const chosen = new Map<string, string>();

  async function freePath(id: string, name: string): Promise<Result<string>> {
    const folder = chosen.get(id);
    if (folder === undefined || !(await isFolder(folder))) return refuse('host.folderGone');
    return ok(join(folder, await freeName(folder, safeName(name))));
  }

  return {
    async chooseSaveFolder() {
      const { canceled, filePaths } = await dialogs.showOpenDialog({
        properties: ['openDirectory', 'createDirectory'],
      });
      const folder = filePaths[0];
      if (canceled || folder === undefined) return ok(null);
      const id = randomUUID();
      chosen.set(id, folder);
      return ok({ id, name: basename(folder), into: 'folder' });
    },
    async saveInFolder({ folder, name, bytes }) {
      const path = await freePath(folder, name);
      if (!path.ok) return path;
      const written = await write(path.value, bytes);
      return written.ok ? ok({ name: basename(path.value) }) : written;
    },
    async beginSaveInFolder({ folder, name }) {
      const path = await freePath(folder, name);
      return path.ok ? saves.begin(path.value) : path;
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error)) return false;
    throw error;
  }
}

/** `a (2).holdfast` when there is an `a.holdfast`: a file somebody may still need stays. */
async function freeName(folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${stem} (${number})${ending}`;
    if (!(await exists(join(folder, tried)))) return tried;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    // A name that cannot be looked at cannot be written either; writing says why.
    if (codeOf(error)) return false;
    throw error;
  }
}
