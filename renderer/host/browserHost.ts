/**
 * The portable edition's host. Files come through a file input and leave as plain downloads: both
 * work in locked-down browsers, where the file system API is often switched off by policy.
 */
import { version } from '../../package.json';
import type { FileFilter, FolderRead, Host, OpenedFile } from '../../shared/host';
import type { Bytes } from '../../shared/largeBytes';
import { preferredLocale } from '../../shared/preferredLocale';
import { ok, refuse, type Result } from '../../shared/result';
import { launchedFiles } from './launchedFiles';
import { ofFolder, readFile, readFiles } from './webFiles';
import { webFolders } from './webFolders';

const exportedKey = (replica: string) => `holdfast.exported.${replica}`;
/** A download reads its bytes after the click; they are released well after it has begun. */
const releaseAfterMs = 60_000;

export function createBrowserHost(): Host {
  const launched = launchedFiles(window.launchQueue);
  return {
    info: async () => ({
      edition: 'portable',
      platform: navigator.platform,
      version,
      locale: preferredLocale(navigator.languages),
    }),
    openFiles: async ({ filters, multiple }) => readAll(await chooseFiles(filters, multiple)),
    openFolder: ({ extensions }) => openFolder(extensions),
    readPath: async () => refuse('host.noPaths'),
    ...webFolders(download),
    saveFile: async ({ name, filters, bytes }) => {
      const fileName = withExtension(name, filters);
      download(fileName, bytes);
      return ok({ name: fileName });
    },
    print: async () => {
      window.print();
      return ok(null);
    },
    savePdf: async ({ name }) => {
      printAs(name);
      // Whether the person saved or cancelled, and where, the browser does not tell.
      return ok(null);
    },
    setLocale: async () => undefined,
    keepExported: async (replica, sequence) => {
      if (sequence <= keptSequence(replica)) return ok(null);
      try {
        localStorage.setItem(exportedKey(replica), String(sequence));
      } catch {
        // The one reason setItem has to throw: the browser's storage is full or switched off.
        return refuse('host.diskFull');
      }
      return ok(null);
    },
    exported: async (replica) => keptSequence(replica),
    // A browser has no native menu.
    onCommand: () => () => undefined,
    onOpenFiles: (listener) => launched.listen(listener),
  };
}

function chooseFiles(filters: readonly FileFilter[], multiple: boolean): Promise<readonly File[]> {
  const input = fileInput();
  input.multiple = multiple;
  input.accept = filters
    .flatMap((filter) => filter.extensions.filter((one) => one !== '*').map((one) => `.${one}`))
    .join(',');
  return chosenWith(input);
}

function fileInput(): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'file';
  return input;
}

function chosenWith(input: HTMLInputElement): Promise<readonly File[]> {
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}

async function readAll(files: readonly File[]): Promise<Result<readonly OpenedFile[]>> {
  const opened: OpenedFile[] = [];
  for (const file of files) {
    const read = await readFile(file);
    if (!read.ok) return read;
    opened.push({ name: file.name, bytes: read.value });
  }
  return ok(opened);
}

/** A folder input, not the file system API: it works where policy switches that off. */
async function openFolder(extensions: readonly string[]): Promise<Result<FolderRead | null>> {
  const input = fileInput();
  input.webkitdirectory = true;
  const chosen = await chosenWith(input);
  const folder = chosen[0]?.webkitRelativePath.split('/')[0];
  if (folder === undefined) return ok(null);
  return ok({ name: folder, files: await readFiles(ofFolder(chosen, extensions)) });
}

function withExtension(name: string, filters: readonly FileFilter[]): string {
  const extension = filters[0]?.extensions[0];
  if (!extension || extension === '*') return name;
  const known = filters.some((filter) =>
    filter.extensions.some((one) => name.toLowerCase().endsWith(`.${one.toLowerCase()}`)),
  );
  return known ? name : `${name}.${extension}`;
}

function download(name: string, bytes: Bytes): void {
  const blob = new Blob([bytes as BlobPart], { type: 'application/octet-stream' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), releaseAfterMs);
}

/** Browsers offer the title of the page as the name of the PDF. */
function printAs(name: string): void {
  const title = document.title;
  document.title = name.replace(/\.pdf$/i, '');
  window.print();
  document.title = title;
}

function keptSequence(replica: string): number {
  const kept = Number(localStorage.getItem(exportedKey(replica)));
  return Number.isSafeInteger(kept) && kept > 0 ? kept : 0;
}
