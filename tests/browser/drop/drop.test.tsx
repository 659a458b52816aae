/** Files let go of, pasted or opened from outside find the screen that deals with them. */
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { App } from '../../../renderer/app/App';
import { useIncoming } from '../../../renderer/app/drop/incoming';
import { HostContext, HostInfoContext } from '../../../renderer/app/vaultContext';
import { createBrowserHost } from '../../../renderer/host/browserHost';
import { useImporter } from '../../../renderer/places/importer/importerStore';
import type { FileRead, Host } from '../../../shared/host';
import { ok, refuse } from '../../../shared/result';
import type { Vault } from '../../../renderer/store/vault';
import { mount, mountApp, unmount } from '../app/support';
import { freshName, openReady } from '../store/support';

afterEach(() => {
  unmount();
  useImporter.getState().reset();
  useIncoming.setState({ files: [] });
});

function carrying(...files: readonly File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

function drag(type: 'dragover' | 'drop' | 'dragleave', dataTransfer: DataTransfer, on?: Element) {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  (on ?? document.body).dispatchEvent(event);
  return event;
}

const csv = () => new File(['name\nCore switch\n'], 'cis.csv', { type: 'text/csv' });
const sealed = (name: string) => new File(['age-encryption.org/v1\n-> X25519 a\n'], name);

async function ready(path: string): Promise<Vault> {
  const vault = await openReady(freshName());
  await mountApp(vault, { path });
  await expect.element(page.getByRole('heading').first()).toBeVisible();
  return vault;
}

test('the veil says what letting go will do, and goes when the pointer leaves', async () => {
  const vault = await ready('/settings');
  for (const [transfer, words] of [
    [carrying(csv()), 'Drop to bring in the spreadsheet'],
    [carrying(sealed('a.holdfast')), 'Drop to import'],
    [carrying(sealed('a.holdfast'), sealed('b.holdfast')), 'Drop to import them together'],
    [carrying(new File([''], 'a.png', { type: 'image/png' })), 'Not for dropping here'],
  ] as const) {
    expect(drag('dragover', transfer).defaultPrevented).toBe(true);
    await expect.element(page.getByText(words, { exact: true })).toBeVisible();
    drag('dragleave', transfer);
    await expect.element(page.getByText(words, { exact: true })).not.toBeInTheDocument();
  }
  await vault.close();
});

test('a zone of its own keeps what is dropped on it, whether it prevents or stops', async () => {
  const vault = await ready('/settings');
  for (const claim of ['preventDefault', 'stopPropagation'] as const) {
    const zone = document.createElement('div');
    for (const type of ['dragover', 'drop']) zone.addEventListener(type, (event) => event[claim]());
    document.body.append(zone);
    drag('dragover', carrying(sealed('a.holdfast')));
    await expect.element(page.getByText('Drop to import', { exact: true })).toBeVisible();
    // The event after the first one over the zone finds that it never came through.
    drag('dragover', carrying(sealed('a.holdfast')), zone);
    drag('dragover', carrying(sealed('a.holdfast')), zone);
    await expect.element(page.getByText('Drop to import', { exact: true })).not.toBeInTheDocument();
    drag('drop', carrying(sealed('a.holdfast')), zone);
    zone.remove();
  }
  expect(useIncoming.getState().files).toEqual([]);
  expect(location.hash).toBe('#/settings');
  await vault.close();
});

test('dragged text stays with the text field it is dragged to', async () => {
  const vault = await ready('/settings');
  const transfer = new DataTransfer();
  transfer.setData('text/plain', '/media/a.holdfast');
  expect(drag('dragover', transfer).defaultPrevented).toBe(false);
  expect(drag('drop', transfer).defaultPrevented).toBe(false);
  await vault.close();
});

test('a spreadsheet opens the importer with it; what belongs nowhere is refused by name', async () => {
  const vault = await ready('/settings');
  drag('drop', carrying(new File(['x'], 'photo.png', { type: 'image/png' })));
  await expect.element(page.getByText(/“photo.png” is neither an exchange file nor/)).toBeVisible();
  drag('drop', carrying(csv()));
  await expect.element(page.getByRole('heading', { name: 'Import spreadsheet' })).toBeVisible();
  await expect.element(page.getByText('cis.csv').first()).toBeVisible();
  await vault.close();
});

test('one exchange file is shown by itself, several together, and spreadsheets wait', async () => {
  const vault = await ready('/settings');
  drag('drop', carrying(sealed('renamed.bin')));
  await expect.element(page.getByRole('dialog', { name: 'Import a file' })).toBeVisible();
  await expect.element(page.getByText('renamed.bin')).toBeVisible();
  // A dialogue is a task of its own.
  drag('drop', carrying(sealed('b.holdfast')));
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  drag('drop', carrying(sealed('a.holdfast'), sealed('b.holdfast'), csv()));
  await expect.element(page.getByRole('dialog', { name: 'Import many files' })).toBeVisible();
  await expect.element(page.getByText('1 spreadsheet waits in the importer.')).toBeVisible();
  expect(useImporter.getState().queue.map(({ file }) => file.name)).toEqual(['cis.csv']);
  await vault.close();
});

test('a window that only reads takes nothing', async () => {
  const vault = await openReady(freshName());
  const reading: Vault = { ...vault, isWriter: () => false };
  await mountApp(reading, { path: '/settings' });
  await expect.element(page.getByRole('heading').first()).toBeVisible();
  drag('dragover', carrying(sealed('a.holdfast')));
  await expect.element(page.getByText('Drop files on the window that writes.')).toBeVisible();
  drag('drop', carrying(sealed('a.holdfast')));
  expect(useIncoming.getState().files).toEqual([]);
  await vault.close();
});

/** The desktop shell as the page sees it, with one file on its disk. */
function desktop(): { host: Host; asked: string[]; give: (files: readonly FileRead[]) => void } {
  const asked: string[] = [];
  let listener: ((files: readonly FileRead[]) => void) | undefined;
  const bytes = new TextEncoder().encode('age-encryption.org/v1\n');
  return {
    asked,
    give: (files) => listener?.(files),
    host: {
      ...createBrowserHost(),
      readPath: async (path) => {
        asked.push(path);
        return path.includes('share')
          ? refuse('host.pathNetwork')
          : ok({ name: path.split('/').at(-1) ?? '', bytes });
      },
      onOpenFiles: (listen) => {
        listener = listen;
        return () => (listener = undefined);
      },
    },
  };
}

async function onDesktop(vault: Vault, path: string): Promise<ReturnType<typeof desktop>> {
  const shell = desktop();
  const info = { edition: 'desktop', platform: 'linux', version: '1', locale: 'en' } as const;
  await mount(
    <HostContext value={shell.host}>
      <HostInfoContext value={info}>
        <App vault={vault} />
      </HostInfoContext>
    </HostContext>,
    { path },
  );
  await expect.element(page.getByRole('heading').first()).toBeVisible();
  return shell;
}

function paste(text: string, on: Element = document.body): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  on.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}

test('a pasted path opens its file on the exchange place, and only there', async () => {
  const vault = await openReady(freshName());
  const elsewhere = await onDesktop(vault, '/settings');
  paste('/media/a.holdfast');
  expect(elsewhere.asked).toEqual([]);
  const shell = await onDesktop(vault, '/exchange');
  paste('call Li Na');
  paste('/media/share/a.holdfast');
  await expect.element(page.getByText(/This path leads to another machine/)).toBeVisible();
  paste('/media/usb/b.holdfast');
  await expect.element(page.getByRole('dialog', { name: 'Import a file' })).toBeVisible();
  expect(shell.asked).toEqual(['/media/share/a.holdfast', '/media/usb/b.holdfast']);
  await vault.close();
});

test('the field for a path opens it, and says beside it why not', async () => {
  const vault = await openReady(freshName());
  await onDesktop(vault, '/exchange?import=1');
  const field = page.getByRole('textbox', { name: 'Path of an exchange file' });
  await field.fill('//share/a.holdfast');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(page.getByText(/This path leads to another machine/)).toBeVisible();
  await field.fill('/media/usb/b.holdfast');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(page.getByText('b.holdfast', { exact: true })).toBeVisible();
  await vault.close();
});

test('a browser says that it opens no paths', async () => {
  const vault = await ready('/exchange');
  await expect.element(page.getByRole('textbox', { name: /Path/ })).not.toBeInTheDocument();
  paste('/media/usb/b.holdfast');
  await expect.element(page.getByText(/A browser may not open files by their path/)).toBeVisible();
  await vault.close();
});

test('a file opened with the program is shown, wherever the person was', async () => {
  const vault = await openReady(freshName());
  const shell = await onDesktop(vault, '/settings');
  const read = ok(new TextEncoder().encode('age-encryption.org/v1\n'));
  await vi.waitFor(() => shell.give([{ name: 'opened.holdfast', read }]));
  await expect.element(page.getByRole('dialog', { name: 'Import a file' })).toBeVisible();
  await expect.element(page.getByText('opened.holdfast')).toBeVisible();
  await vault.close();
});
