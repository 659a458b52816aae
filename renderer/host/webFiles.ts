/** Files as a browser hands them out: chosen, a whole folder, dropped, opened with the program. */
import { maximumFileBytes, maximumFolderBytes, type FileRead } from '../../shared/host';
import { ok, refuse, type Result } from '../../shared/result';

/** A file and what to call it: `sub/a.holdfast` in a folder. */
export interface NamedFile {
  readonly name: string;
  readonly file: File;
}

/** Refuses with `host.tooLarge`, `host.readFailed`. */
export async function readFile(file: File): Promise<Result<Uint8Array>> {
  if (file.size > maximumFileBytes) {
    return refuse('host.tooLarge', { name: file.name, limit: maximumFileBytes / 1024 / 1024 });
  }
  try {
    return ok(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    // It can no longer be read: removed stick, taken permission.
    if (error instanceof DOMException) return refuse('host.readFailed', { name: file.name });
    throw error;
  }
}

/** Each by itself; what goes beyond the memory for a folder is refused with `host.folderFull`. */
export async function readFiles(files: readonly NamedFile[]): Promise<readonly FileRead[]> {
  const out: FileRead[] = [];
  let room = maximumFolderBytes;
  for (const { name, file } of files) {
    const fits = file.size <= room;
    const read = fits
      ? await readFile(file)
      : refuse('host.folderFull', { name, limit: maximumFolderBytes / 1024 / 1024 });
    if (read.ok) room -= read.value.length;
    out.push({ name, read });
  }
  return out;
}

/** Files with these endings in a chosen folder and its sub-folders, one level down. */
export const ofFolder = (
  files: readonly File[],
  extensions: readonly string[],
): readonly NamedFile[] =>
  files
    .map((file) => ({ file, name: file.webkitRelativePath.split('/').slice(1).join('/') }))
    .filter(({ name }) => name.split('/').length <= 2 && !/(?:^|\/)\./.test(name))
    .filter(({ name }) => hasExtension(name, extensions))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

export const hasExtension = (name: string, extensions: readonly string[]): boolean =>
  extensions.some((one) => name.toLowerCase().endsWith(`.${one.toLowerCase()}`));
