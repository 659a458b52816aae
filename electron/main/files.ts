/** Opening and saving files the person chooses. The page learns no path, and names only pasted ones. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type {
  FileFilter as NativeFilter,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import {
  maximumFileBytes,
  type FileFilter,
  type Host,
  type HostCalls,
  type OpenedFile,
} from '../../shared/host';
import { ok, refuse, type Result } from '../../shared/result';
import { pastedPath, type PathRules } from './pastedPath';
import type { LargeSaves } from './largeSaves';
import { codeOf, writeAtomically } from './writeAtomically';

/** Dialogues of the window the call came from. */
export interface FileDialogs {
  showOpenDialog(options: OpenDialogOptions): Promise<OpenDialogReturnValue>;
  showSaveDialog(options: SaveDialogOptions): Promise<SaveDialogReturnValue>;
}

export interface Reader {
  /** Bytes. */
  size(path: string): Promise<number>;
  read(path: string): Promise<Uint8Array>;
}

export const disk: Reader = {
  size: async (path) => (await stat(path)).size,
  read: async (path) => new Uint8Array(await readFile(path)),
};

export function openFiles(
  dialogs: Pick<FileDialogs, 'showOpenDialog'>,
  files: Reader = disk,
): Host['openFiles'] {
  return async ({ filters, multiple }) => {
    const { canceled, filePaths } = await dialogs.showOpenDialog({
      filters: filters.map(copied),
      properties: ['openFile', ...(multiple ? (['multiSelections'] as const) : [])],
    });
    if (canceled) return ok([]);
    const opened: OpenedFile[] = [];
    for (const path of filePaths) {
      const read = await readOne(path, files);
      if (!read.ok) return read;
      opened.push(read.value);
    }
    return ok(opened);
  };
}

export async function readOne(path: string, files: Reader): Promise<Result<OpenedFile>> {
  const name = basename(path);
  try {
    if ((await files.size(path)) > maximumFileBytes) {
      return refuse('host.tooLarge', { name, limit: maximumFileBytes / 1024 / 1024 });
    }
    return ok({ name, bytes: await files.read(path) });
  } catch (error) {
    if (codeOf(error)) return refuse('host.readFailed', { name });
    throw error;
  }
}

/** Reads exchange files only, so that a page led astray could not read anything else. */
export function readPath(rules: PathRules, files: Reader = disk): Host['readPath'] {
  return async (text) => {
    const path = pastedPath(text, rules);
    return path.ok ? readOne(path.value, files) : path;
  };
}

export function saveFile(
  dialogs: Pick<FileDialogs, 'showSaveDialog'>,
  write: typeof writeAtomically = writeAtomically,
): HostCalls['saveFile'] {
  return async ({ name, filters, bytes }) =>
    saveAs(dialogs, write, name, filters, async () => ok(bytes));
}

export function beginSave(
  dialogs: Pick<FileDialogs, 'showSaveDialog'>,
  saves: Pick<LargeSaves, 'begin'>,
): HostCalls['beginSave'] {
  return async ({ name, filters }) => {
    const path = await askWhere(dialogs, name, filters);
    return path === undefined ? ok(null) : saves.begin(path);
  };
}

/** Asks where, then makes the bytes, so that nothing is made when the person changes their mind. */
export async function saveAs(
  dialogs: Pick<FileDialogs, 'showSaveDialog'>,
  write: typeof writeAtomically,
  name: string,
  filters: readonly FileFilter[],
  make: () => Promise<Result<Uint8Array>>,
): Promise<Result<{ readonly name: string } | null>> {
  const path = await askWhere(dialogs, name, filters);
  if (path === undefined) return ok(null);
  const made = await make();
  if (!made.ok) return made;
  const written = await write(path, made.value);
  return written.ok ? ok({ name: basename(path) }) : written;
}

/** Undefined when the person changes their mind. */
async function askWhere(
  dialogs: Pick<FileDialogs, 'showSaveDialog'>,
  name: string,
  filters: readonly FileFilter[],
): Promise<string | undefined> {
  const { canceled, filePath } = await dialogs.showSaveDialog({
    defaultPath: safeName(name),
    filters: filters.map(copied),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || !filePath ? undefined : filePath;
}

/** A proposed name that every file system takes and that cannot point into another folder. */
export function safeName(name: string): string {
  const plain = name
    // oxlint-disable-next-line no-control-regex
    .replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')
    .replace(/^\.+|[. ]+$/g, '')
    .slice(0, 180);
  return plain || 'holdfast';
}

function copied({ name, extensions }: FileFilter): NativeFilter {
  return { name, extensions: [...extensions] };
}
