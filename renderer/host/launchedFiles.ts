/** Files the system opened the installed portable edition with. */
import type { FileRead } from '../../shared/host';
import { createDelivery, type Delivery } from './delivery';
import { readFiles, type NamedFile } from './webFiles';

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void;
}

declare global {
  interface Window {
    /** Chromium, when installed. Keeps what came before anybody asked. */
    readonly launchQueue?: LaunchQueue;
  }
}

export function launchedFiles(queue: LaunchQueue | undefined): Delivery<FileRead> {
  const delivery = createDelivery<FileRead>();
  queue?.setConsumer(({ files = [] }) => {
    void filesOf(files).then(readFiles).then(delivery.bring);
  });
  return delivery;
}

async function filesOf(handles: readonly FileSystemHandle[]): Promise<readonly NamedFile[]> {
  const files: NamedFile[] = [];
  for (const handle of handles) {
    if (!(handle instanceof FileSystemFileHandle)) continue;
    files.push({ name: handle.name, file: await handle.getFile() });
  }
  return files;
}
