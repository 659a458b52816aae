/** Attachments on a record's page: added, seen, opened, saved, changed, deleted, not here yet. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { attachmentsOf } from '../../../shared/attachments/attachment';
import { createDb } from '../../../renderer/store/db';
import type { Vault } from '../../../renderer/store/vault';
import { mountApp, unmount } from '../app/support';
import { freshName, must, newPerson, open, openReady } from '../store/support';

afterEach(unmount);

async function onPersonPage(name = freshName()): Promise<{ vault: Vault; person: string }> {
  const vault = await openReady(name);
  const { id, edit } = newPerson(vault, 'Deng Yu');
  must(await vault.commit([edit]));
  await mountApp(vault, { path: `/record/${id}` });
  return { vault, person: id };
}

const section = () => page.getByRole('region', { name: 'Attachments' });
const files = (vault: Vault, of: string) => attachmentsOf(vault.projection, of);

/** A real picture; noisy ones do not compress. */
async function picture(name: string, side: number, type = 'image/png'): Promise<File> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const data = context.createImageData(side, side);
  for (let i = 0, seed = 1; i < data.data.length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    data.data[i] = i % 4 === 3 ? 255 : seed >>> 24;
  }
  context.putImageData(data, 0, 0);
  return new File([await canvas.convertToBlob({ type, quality: 1 })], name, { type });
}

function transfer(...list: File[]): DataTransfer {
  const data = new DataTransfer();
  for (const file of list) data.items.add(file);
  return data;
}

async function drop(...list: File[]): Promise<void> {
  await expect.element(section()).toBeVisible();
  section()
    .element()
    .dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer(...list), bubbles: true, cancelable: true }),
    );
}

test('files dropped on the section are attached with their captions, and undo takes them back as one', async () => {
  const { vault, person } = await onPersonPage();
  await expect.element(section().getByText(/Nothing attached/)).toBeVisible();
  await drop(await picture('rack.png', 40), new File(['%PDF-1.7 plan'], 'plan.pdf'));
  const dialog = page.getByRole('dialog', { name: 'Attach 2 files' });
  await dialog.getByRole('textbox', { name: 'Caption of rack.png' }).fill('Rack 4 after the flood');
  await userEvent.keyboard('{Enter}');
  await expect.element(section().getByText('Attachments (2)')).toBeVisible();
  await expect.element(section().getByText('Rack 4 after the flood')).toBeVisible();
  expect(files(vault, person).map(({ name, type }) => [name, type])).toEqual(
    expect.arrayContaining([
      ['rack.png', 'image/png'],
      ['plan.pdf', 'application/pdf'],
    ]),
  );
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.element(section().getByText(/Nothing attached/)).toBeVisible();
  unmount();
  await vault.close();
});

test('a picture is pasted, opened, paged through by keyboard and closed', async () => {
  const { vault, person } = await onPersonPage();
  for (const name of ['image.png', 'map.png']) {
    document.body.dispatchEvent(
      new ClipboardEvent('paste', {
        clipboardData: transfer(await picture(name, name.length * 10)),
        bubbles: true,
        cancelable: true,
      }),
    );
    await page.getByRole('button', { name: 'Attach 1 file' }).click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  }
  const [first] = files(vault, person);
  expect(first?.name).toMatch(/^Pasted picture \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/);
  await section()
    .getByRole('button', { name: `Open ${first?.name}` })
    .click();
  const viewer = page.getByRole('dialog', { name: first?.name ?? '' });
  await expect.element(viewer.getByRole('img', { name: first?.name ?? '' })).toBeVisible();
  await expect.element(viewer.getByText('1 of 2')).toBeVisible();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('img', { name: 'map.png' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Next picture' })).toBeDisabled();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  unmount();
  await vault.close();
});

test('text pasted into a field stays with the field', async () => {
  const { vault } = await onPersonPage();
  await expect.element(section()).toBeVisible();
  const field = document.createElement('input');
  document.body.append(field);
  const cells = transfer(await picture('cells.png', 10));
  cells.setData('text/plain', 'a cell');
  field.dispatchEvent(
    new ClipboardEvent('paste', {
      clipboardData: cells,
      bubbles: true,
      cancelable: true,
    }),
  );
  field.remove();
  expect(page.getByRole('dialog').elements()).toEqual([]);
  unmount();
  await vault.close();
});

test('a large photo is offered smaller, with both sizes, and is not reduced unasked', async () => {
  const { vault, person } = await onPersonPage();
  const photo = await picture('flood.jpg', 2400, 'image/jpeg');
  await drop(photo);
  const reduce = page.getByRole('checkbox', { name: /Reduce the photo: .+ MB → .+ [KM]B/ });
  await expect.element(reduce).not.toBeChecked();
  await reduce.click();
  await page.getByRole('button', { name: 'Attach 1 file' }).click();
  await expect.poll(() => files(vault, person).length).toBe(1);
  const [file] = files(vault, person);
  expect(file?.size).toBeLessThan(photo.size * 0.8);
  const kept = await vault.blobs.get(file?.sha256 ?? '');
  const bitmap = await createImageBitmap(kept ?? new Blob());
  expect(bitmap.width).toBe(2048);
  unmount();
  await vault.close();
});

test('a file that is refused is named with its reason, and nothing else of the batch is written', async () => {
  const { vault, person } = await onPersonPage();
  await drop(new File([], 'empty.txt'), new File(['hello'], 'note.txt'));
  await page.getByRole('button', { name: 'Attach 2 files' }).click();
  const row = page.getByRole('group', { name: 'empty.txt' });
  await expect.element(row.getByRole('alert').getByText(/file is empty/)).toBeVisible();
  expect(files(vault, person)).toEqual([]);
  await page.getByRole('button', { name: 'Do not attach empty.txt' }).click();
  await page.getByRole('button', { name: 'Attach 1 file' }).click();
  await expect.poll(() => files(vault, person).map(({ name }) => name)).toEqual(['note.txt']);
  // The same name again is told apart.
  await drop(new File(['other'], 'note.txt'));
  await page.getByRole('button', { name: 'Attach 1 file' }).click();
  await expect
    .poll(() => files(vault, person).map(({ name }) => name))
    .toEqual(['note.txt', 'note (2).txt']);
  unmount();
  await vault.close();
});

test('a page with script in it is only ever saved', async () => {
  const { vault, person } = await onPersonPage();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="run"</script></svg>';
  await drop(new File([svg], 'net.svg', { type: 'image/png' }));
  await page.getByRole('button', { name: 'Attach 1 file' }).click();
  await expect.element(section().getByRole('button', { name: 'Save net.svg' })).toBeEnabled();
  expect(files(vault, person)[0]?.type).toBe('image/svg+xml');
  expect(section().getByRole('button', { name: 'Open net.svg' }).elements()).toEqual([]);
  expect(section().element().querySelector('img, iframe, object, embed, svg script')).toBeNull();
  unmount();
  await vault.close();
});

test('name and caption are changed, the file is deleted, and undo brings it back', async () => {
  const { vault, person } = await onPersonPage();
  await drop(new File(['hello'], 'note.txt'));
  await page.getByRole('button', { name: 'Attach 1 file' }).click();
  await section().getByRole('button', { name: 'Actions for note.txt' }).click();
  await page.getByRole('menuitem', { name: 'Name and caption…' }).click();
  await page.getByRole('textbox', { name: 'Caption', exact: true }).fill('Keys are with the guard');
  await page.getByRole('textbox', { name: 'File name' }).fill('keys.txt');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.element(section().getByText('Keys are with the guard')).toBeVisible();
  await section().getByRole('button', { name: 'Actions for keys.txt' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(() => files(vault, person).length).toBe(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => files(vault, person)[0]?.name).toBe('keys.txt');
  unmount();
  await vault.close();
});

async function attached(vault: Vault, of: string, name: string, sha256: string): Promise<void> {
  const fields = { of, name, type: 'image/png', size: 3000, sha256 };
  must(await vault.commit([{ do: 'create', kind: 'attachment', id: vault.newId(), fields }]));
}

test('a file that is not here yet is a normal sight: named, sized, and told how it will come', async () => {
  const { vault, person } = await onPersonPage();
  await attached(vault, person, 'coming.png', 'a'.repeat(64));
  await expect.element(section().getByText(/^Not here yet/)).toBeVisible();
  await expect.element(section().getByText('2.9 KB')).toBeVisible();
  await expect.element(section().getByRole('button', { name: 'Save coming.png' })).toBeDisabled();
  expect(page.getByRole('alert').elements()).toEqual([]);
  unmount();
  await vault.close();
});

test('a file that the disk has damaged says so as soon as it is looked at', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const { id, edit } = newPerson(vault, 'Deng Yu');
  must(await vault.commit([edit]));
  const here = must(await vault.blobs.put(await picture('rack.png', 33)));
  await attached(vault, id, 'rack.png', here.sha256);
  await vault.close();
  const db = createDb(name);
  await db.blobs.update(here.sha256, { bytes: new Blob(['worn out']) });
  db.close();

  const later = await open(name);
  await mountApp(later, { path: `/record/${id}`, locale: 'zh-CN' });
  const chinese = page.getByRole('region', { name: '附件' });
  await expect.element(chinese.getByText(/已损坏/)).toBeVisible();
  await expect.element(chinese.getByRole('button', { name: '保存rack.png' })).toBeDisabled();
  expect(later.blobs.missing()).toEqual([here.sha256]);
  unmount();
  await later.close();
});
