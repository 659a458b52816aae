/** The files of a drop or a paste: those in hand, and those of folders one level down. */
import type { FileRead } from '../../../shared/host';
import { readFile, readFiles, type NamedFile } from '../../host/webFiles';
import { destinationOf, HEAD_BYTES } from './sortFiles';

/** Below the folder that was let go, one more: `stick/north/a.holdfast`. */
const DEPTH = 2;

/**
 * Only while the event is handled does the browser give its files out, so this looks at once and
 * reads later. What has no place here is not read: it may be a film.
 */
export function filesOf(transfer: DataTransfer): () => Promise<readonly FileRead[]> {
  const entries = [...transfer.items].map((item) =>
    item.kind === 'file' ? item.webkitGetAsEntry() : null,
  );
  const plain = [...transfer.files];
  return async () => {
    const named: NamedFile[] = [];
    if (entries.some((entry) => entry !== null)) {
      for (const entry of entries) if (entry) named.push(...(await within(entry, DEPTH)));
    } else named.push(...plain.map((file) => ({ name: file.name, file })));
    const wanted: NamedFile[] = [];
    const others: FileRead[] = [];
    for (const each of named) {
      if ((await destination(each)) !== 'nowhere') wanted.push(each);
      else others.push({ name: each.name, read: { ok: true, value: new Uint8Array() } });
    }
    return [...(await readFiles(wanted)), ...others];
  };
}

async function destination({ name, file }: NamedFile) {
  const byName = destinationOf(name, undefined);
  if (byName === 'exchange') return byName;
  const head = await readFile(new File([file.slice(0, HEAD_BYTES)], file.name));
  return destinationOf(name, head.ok ? head.value : undefined);
}

async function within(entry: FileSystemEntry, depth: number): Promise<readonly NamedFile[]> {
  if (entry.name.startsWith('.')) return [];
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File | undefined>((resolve) =>
      entry.file(resolve, () => resolve(undefined)),
    );
    const name = entry.fullPath.split('/').slice(-2).join('/').replace(/^\//, '');
    // What cannot even be opened is named by the import, as a file that could not be read.
    return file ? [{ name, file }] : [{ name, file: unreadable(entry.name) }];
  }
  if (!(entry instanceof FileSystemDirectoryEntry) || depth === 0) return [];
  const inside: NamedFile[] = [];
  for (const each of await entriesOf(entry)) inside.push(...(await within(each, depth - 1)));
  return inside;
}

/** A directory hands its entries out in batches, and says with an empty one that it is done. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<readonly FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (!batch.length) return all;
    all.push(...batch);
  }
}

function unreadable(name: string): File {
  const file = new File([], name);
  file.arrayBuffer = () => Promise.reject(new DOMException('unreadable', 'NotReadableError'));
  return file;
}
