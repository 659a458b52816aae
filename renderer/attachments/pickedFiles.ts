/** Files on their way in, wherever they came from: a dialogue, a drop, the clipboard, a camera. */
import { cleanName, freeName, withExtension } from '../../shared/attachments/fileNames';
import { HEAD_BYTES, typeOfFile } from '../../shared/attachments/fileTypes';
import { EXIF_BYTES, takenAtOf } from '../../shared/attachments/exif';
import { reducePhoto, type Reduced } from './reducePhoto';

export interface PickedFile {
  readonly blob: Blob;
  readonly name: string;
}

/** A picked file as the dialogue lists it. */
export interface PendingFile extends PickedFile {
  readonly key: string;
  readonly type: string;
  /** From what the camera noted: milliseconds since 1970-01-01 UTC. */
  readonly takenAt: number | undefined;
  readonly reduced: Reduced | undefined;
}

export const fromFiles = (files: Iterable<File>): readonly PickedFile[] =>
  [...files].map((file) => ({ blob: file, name: file.name }));

/** Looks at the beginning of each file; one that cannot be read shows that when it is added. */
export async function examine(
  { blob, name }: PickedFile,
  fallbackName: string,
): Promise<PendingFile> {
  const head = await firstBytes(blob, EXIF_BYTES);
  const type = typeOfFile(name, head.subarray(0, HEAD_BYTES), blob.type);
  return {
    key: crypto.randomUUID(),
    blob,
    name: cleanName(name, fallbackName),
    type,
    takenAt: type === 'image/jpeg' ? takenAtOf(head) : undefined,
    reduced: type.startsWith('image/') ? await reducePhoto(blob, type) : undefined,
  };
}

async function firstBytes(blob: Blob, count: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, count).arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return new Uint8Array();
    throw error;
  }
}

export interface ReadyFile {
  readonly blob: Blob;
  readonly name: string;
  readonly type: string;
}

/** What is kept of a pending file, under a name that the record does not have yet. */
export function readyFile(
  file: PendingFile,
  useReduced: boolean,
  taken: ReadonlySet<string>,
): ReadyFile {
  const reduced = useReduced ? file.reduced : undefined;
  if (!reduced) return { blob: file.blob, name: freeName(file.name, taken), type: file.type };
  const { blob, type, extension } = reduced;
  const name = extension ? withExtension(file.name, extension) : file.name;
  return { blob, type, name: freeName(name, taken) };
}
