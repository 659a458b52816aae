import { afterEach, expect, test, vi } from 'vitest';
import { createBrowserHost } from '../../../renderer/host/browserHost';
import { launchedFiles } from '../../../renderer/host/launchedFiles';
import { ok, refuse } from '../../../shared/result';

const host = createBrowserHost();
const filters = [{ name: 'Holdfast', extensions: ['holdfast', 'csv'] }];

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

/** Stands for the person in the file dialogue, which no script can open. */
function choosing(files: readonly File[]): HTMLInputElement[] {
  const shown: HTMLInputElement[] = [];
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(
    this: HTMLInputElement,
  ) {
    shown.push(this);
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    this.files = chosen.files;
    this.dispatchEvent(new Event(files.length === 0 ? 'cancel' : 'change'));
  });
  return shown;
}

test('chosen files arrive with their names and bytes', async () => {
  const shown = choosing([new File(['id,名称'], '配置.csv'), new File([''], 'empty.csv')]);
  expect(await host.openFiles({ filters, multiple: true })).toEqual(
    ok([
      { name: '配置.csv', bytes: new TextEncoder().encode('id,名称') },
      { name: 'empty.csv', bytes: new Uint8Array() },
    ]),
  );
  expect(shown.map(({ accept, multiple }) => ({ accept, multiple }))).toEqual([
    { accept: '.holdfast,.csv', multiple: true },
  ]);
});

test('changing one’s mind opens nothing', async () => {
  choosing([]);
  expect(await host.openFiles({ filters, multiple: false })).toEqual(ok([]));
});

test('a file that is too large is refused before it is read', async () => {
  const large = new File(['x'], 'large.holdfast');
  vi.spyOn(File.prototype, 'size', 'get').mockReturnValue(600 * 1024 * 1024);
  const read = vi.spyOn(File.prototype, 'arrayBuffer');
  choosing([large]);
  expect(await host.openFiles({ filters, multiple: false })).toEqual(
    refuse('host.tooLarge', { name: 'large.holdfast', limit: 512 }),
  );
  expect(read).not.toHaveBeenCalled();
});

test('a file on a stick that is gone is refused by name', async () => {
  vi.spyOn(File.prototype, 'arrayBuffer').mockRejectedValue(
    new DOMException('gone', 'NotReadableError'),
  );
  choosing([new File(['x'], 'gone.csv')]);
  expect(await host.openFiles({ filters, multiple: false })).toEqual(
    refuse('host.readFailed', { name: 'gone.csv' }),
  );
});

test('a saved file is a download of exactly these bytes, with its extension', async () => {
  const links: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function follow(
    this: HTMLAnchorElement,
  ) {
    links.push(this);
  });
  const bytes = new Uint8Array([0, 255, 128]);
  const saved = await host.saveFile({ name: 'HQ 到 站点', filters, bytes });
  expect(saved).toEqual(ok({ name: 'HQ 到 站点.holdfast' }));
  expect(links.map((link) => link.download)).toEqual(['HQ 到 站点.holdfast']);
  const content = await (await fetch(links[0]?.href ?? '')).arrayBuffer();
  expect(new Uint8Array(content)).toEqual(bytes);
  const csv = await host.saveFile({ name: 'contacts.CSV', filters, bytes });
  expect(csv).toEqual(ok({ name: 'contacts.CSV' }));
});

/** Files as a folder input gives them: all below it, with their paths. */
function inFolder(...paths: readonly string[]): File[] {
  return paths.map((path) => {
    const file = new File([path], path.split('/').at(-1) ?? '');
    Object.defineProperty(file, 'webkitRelativePath', { value: path });
    return file;
  });
}

test('a folder gives its exchange files and those one level down, by name', async () => {
  const files = inFolder(
    'stick/b.holdfast',
    'stick/north/c.HOLDFAST',
    'stick/notes.txt',
    'stick/._b.holdfast',
    'stick/north/deep/d.holdfast',
  );
  vi.spyOn(HTMLInputElement.prototype, 'files', 'get').mockReturnValue(
    files as unknown as FileList,
  );
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(
    this: HTMLInputElement,
  ) {
    expect(this.webkitdirectory).toBe(true);
    this.dispatchEvent(new Event('change'));
  });
  const read = await host.openFolder({ extensions: ['holdfast'] });
  const text = (path: string) => ok(new TextEncoder().encode(path));
  expect(read).toEqual(
    ok({
      name: 'stick',
      files: [
        { name: 'b.holdfast', read: text('stick/b.holdfast') },
        { name: 'north/c.HOLDFAST', read: text('stick/north/c.HOLDFAST') },
      ],
    }),
  );
});

test('files go into the chosen folder, and an earlier one of that name stays', async () => {
  const folder = await (
    await navigator.storage.getDirectory()
  ).getDirectoryHandle(`out-${crypto.randomUUID()}`, { create: true });
  vi.spyOn(window, 'showDirectoryPicker').mockResolvedValue(folder);
  const chosen = await host.chooseSaveFolder();
  if (!chosen.ok || !chosen.value) throw new Error('no folder');
  expect(chosen.value).toMatchObject({ name: folder.name, into: 'folder' });
  const file = { folder: chosen.value.id, name: 'a.holdfast' };
  const one = new Uint8Array([1]);
  expect(await host.saveInFolder({ ...file, bytes: one })).toEqual(ok({ name: 'a.holdfast' }));
  expect(await host.saveInFolder({ ...file, bytes: new Uint8Array([2]) })).toEqual(
    ok({ name: 'a (2).holdfast' }),
  );
  const kept = await (await folder.getFileHandle('a.holdfast')).getFile();
  expect(new Uint8Array(await kept.arrayBuffer())).toEqual(one);
  expect(await host.saveInFolder({ ...file, folder: 'other', bytes: one })).toEqual(
    refuse('host.folderGone'),
  );
});

test('where the browser gives no folder, files are downloaded; closing the dialogue writes none', async () => {
  const picker = vi.spyOn(window, 'showDirectoryPicker');
  picker.mockRejectedValueOnce(new DOMException('closed', 'AbortError'));
  expect(await host.chooseSaveFolder()).toEqual(ok(null));
  picker.mockRejectedValueOnce(new DOMException('policy', 'SecurityError'));
  const chosen = await host.chooseSaveFolder();
  expect(chosen).toMatchObject(ok({ name: '', into: 'downloads' }));
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  const saved = await host.saveInFolder({
    folder: chosen.ok ? (chosen.value?.id ?? '') : '',
    name: 'a.holdfast',
    bytes: new Uint8Array([1]),
  });
  expect(saved).toEqual(ok({ name: 'a.holdfast' }));
  expect(click).toHaveBeenCalledOnce();
});

test('a browser opens no paths', async () => {
  expect(await host.readPath('/a.holdfast')).toEqual(refuse('host.noPaths'));
});

test('files the installed program was opened with wait for the screen', async () => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(`${crypto.randomUUID()}.holdfast`, { create: true });
  let launch: ((given: { files?: readonly FileSystemHandle[] }) => void) | undefined;
  const delivery = launchedFiles({ setConsumer: (consumer) => (launch = consumer) });
  launch?.({ files: [folder, handle] });
  launch?.({});
  const given = await new Promise((resolve) => delivery.listen(resolve));
  expect(given).toEqual([{ name: handle.name, read: ok(new Uint8Array()) }]);
});

test('a PDF is proposed under its own name, and the page keeps its title', async () => {
  document.title = 'Holdfast';
  const titles: string[] = [];
  vi.spyOn(window, 'print').mockImplementation(() => void titles.push(document.title));
  expect(await host.savePdf({ name: 'report.pdf' })).toEqual(ok(null));
  expect([titles, document.title]).toEqual([['report'], 'Holdfast']);
});

test('a mark survives the window and never falls', async () => {
  await host.keepExported('replica', 7);
  await host.keepExported('replica', 3);
  expect(await createBrowserHost().exported('replica')).toBe(7);
  expect(await host.exported('other')).toBe(0);
  localStorage.setItem('holdfast.exported.damaged', 'seven');
  expect(await host.exported('damaged')).toBe(0);
});
