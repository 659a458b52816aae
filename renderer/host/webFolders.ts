/** Many files into one folder, where the browser allows it; otherwise one download after another. */
import type { Host } from '../../shared/host';
import type { Bytes } from '../../shared/largeBytes';
import { ok, refuse } from '../../shared/result';

declare global {
  interface Window {
    /** Chromium only, and often switched off by policy. */
    showDirectoryPicker?(options: {
      readonly id: string;
      readonly mode: 'readwrite';
    }): Promise<FileSystemDirectoryHandle>;
  }
}

type SaveFolders = Pick<Host, 'chooseSaveFolder' | 'saveInFolder'>;

const DOWNLOADS = 'downloads';

export function webFolders(download: (name: string, bytes: Bytes) => void): SaveFolders {
  const chosen = new Map<string, FileSystemDirectoryHandle>();
  return {
    async chooseSaveFolder() {
      const asked = await askForFolder();
      if (asked === 'none') return ok(null);
      if (asked === 'refused') return ok({ id: DOWNLOADS, name: '', into: 'downloads' });
      const id = crypto.randomUUID();
      chosen.set(id, asked);
      return ok({ id, name: asked.name, into: 'folder' });
    },
    async saveInFolder({ folder: id, name, bytes }) {
      if (id === DOWNLOADS) {
        download(name, bytes);
        return ok({ name });
      }
      const folder = chosen.get(id);
      if (!folder) return refuse('host.folderGone');
      try {
        const free = await freeName(folder, name);
        const writable = await (
          await folder.getFileHandle(free, { create: true })
        ).createWritable();
        await writable.write(bytes as FileSystemWriteChunkType);
        // Only closing puts the bytes in the place of the empty file.
        await writable.close();
        return ok({ name: free });
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        if (error.name === 'QuotaExceededError') return refuse('host.diskFull');
        return error.name === 'NotFoundError'
          ? refuse('host.folderGone')
          : refuse('host.writeFailed', { name });
      }
    },
  };
}

async function askForFolder(): Promise<FileSystemDirectoryHandle | 'none' | 'refused'> {
  if (!window.showDirectoryPicker) return 'refused';
  try {
    return await window.showDirectoryPicker({ id: 'holdfast', mode: 'readwrite' });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // The person closed the dialogue; anything else is the browser or its policy.
    return error.name === 'AbortError' ? 'none' : 'refused';
  }
}

/** `a (2).holdfast` when there is an `a.holdfast`: a file somebody may still need stays. */
async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${stem} (${number})${ending}`;
    if (!(await exists(folder, tried))) return tried;
  }
}

async function exists(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return error.name === 'TypeMismatchError';
  }
}
