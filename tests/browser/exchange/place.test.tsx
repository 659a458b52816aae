/** The exchange place as a person uses it: real vaults, real worker, real screens. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import type { Vault } from '../../../renderer/store/vault';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { mountApp, unmount } from '../app/support';
import { freshName, must, open, openReady } from '../store/support';

const PASSPHRASE = 'harbour lamp seven ropes';

afterEach(unmount);

async function fileFor(from: Vault, to: Vault | undefined): Promise<File> {
  let bytes = new Uint8Array();
  const replica = to?.device()?.replica;
  const saveFile = (file: { bytes: Bytes; name: string }) => {
    bytes = file.bytes as Uint8Array<ArrayBuffer>;
    return Promise.resolve(ok({ name: file.name }));
  };
  must(
    await exportPackage(
      from,
      { saveFile, keepExported: () => Promise.resolve(ok(null)) },
      {
        peer: from.exchange.peers().find((peer) => peer.replica === replica),
        content: 'changes',
        seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 6 },
        filterName: 'Holdfast',
      },
    ),
  );
  return new File([bytes], 'from-laptop.holdfast');
}

async function bring(to: Vault, file: File): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = await readPackage(to, { file: { name: file.name, bytes }, passphrase: PASSPHRASE });
  must(await applyPackage(to, must(read)));
}

/** HQ and a laptop that changed the same CI without seeing each other, and the laptop's file. */
async function apart(): Promise<{ hq: Vault; id: string; file: File; end: () => Promise<void> }> {
  const hq = await openReady(freshName());
  const site = await open(freshName());
  must(await site.setUp({ name: 'Harbour', role: 'site', siteCode: 'HB', person: 'Li Na' }));
  const id = hq.newId();
  const other = hq.newId();
  const create = (ci: string, name: string) =>
    ({ do: 'create', kind: 'ci', id: ci, fields: { name } }) as const;
  must(await hq.commit([create(id, 'Core switch'), create(other, 'Tape library')]));
  await bring(site, await fileFor(hq, undefined));
  must(await site.commit([{ do: 'set', id, fields: { name: 'Core switch, harbour' } }]));
  must(await site.commit([{ do: 'set', id: other, fields: { name: 'Tape library 2' } }]));
  must(await hq.commit([{ do: 'set', id, fields: { name: 'Core switch, main' } }]));
  const file = await fileFor(site, hq);
  return { hq, id, file, end: async () => void (await Promise.all([hq.close(), site.close()])) };
}

/** Lets go of a file over the page, as a file manager does. */
function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const heading = page.getByRole('heading', { name: /^(Exchange|交换)$/ }).element();
  for (const type of ['dragover', 'drop']) {
    heading.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}

test('a dropped file is checked, reported with values before and after, and applied', async () => {
  const { hq, id, file, end } = await apart();
  await mountApp(hq, { path: '/exchange' });
  await expect.element(page.getByText('No laptop has joined yet')).toBeVisible();
  drop(file);
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  const passphrase = dialog.getByRole('textbox', { name: 'Passphrase' });
  await passphrase.fill('another one');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByText(/does not open this file/)).toBeVisible();

  await passphrase.fill(PASSPHRASE);
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByText('File 1 from Harbour')).toBeVisible();
  await expect
    .element(dialog.getByRole('tab', { name: /In conflict 1/ }))
    .toHaveAttribute('aria-selected', 'true');
  const conflict = dialog.getByRole('row', { name: /Configuration item/ });
  await expect.element(conflict.getByText('Core switch, main').last()).toBeVisible();
  await expect.element(conflict.getByText('Core switch, harbour').last()).toBeVisible();
  // By name, although its device is not known here yet.
  await expect.element(conflict.getByText(/^Harbour · /)).toBeVisible();
  await dialog.getByRole('tab', { name: /Changed 1/ }).click();
  const changed = dialog.getByRole('row', { name: /Tape library 2/ });
  await expect.element(changed.getByText('Tape library', { exact: true })).toBeVisible();
  expect(hq.projection.conflicts().size).toBe(0);

  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.element(dialog.getByText('The file is applied')).toBeVisible();
  expect([...hq.projection.conflicts()]).toEqual([id]);
  await dialog.getByRole('button', { name: /Write a file back to Harbour/ }).click();
  const back = page.getByRole('dialog', { name: 'Export a file' });
  await expect.element(back.getByRole('combobox', { name: 'For' })).toHaveValue('Harbour');
  await back.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(page.getByRole('article', { name: 'Device Harbour' })).toBeVisible();
  await expect
    .element(page.getByRole('link', { name: '1 conflict to decide' }))
    .toHaveAttribute('href', '#/review');
  await end();
});

test('what is not applied leaves no trace', async () => {
  const { hq, file, end } = await apart();
  await mountApp(hq, { path: '/exchange', locale: 'zh-CN' });
  await expect.element(page.getByRole('heading', { name: '尚无笔记本加入' })).toBeVisible();
  const version = hq.projection.version();
  const entries = hq.exchange.entries();
  drop(file);
  const dialog = page.getByRole('dialog', { name: '导入文件' });
  await dialog.getByRole('textbox', { name: '口令' }).fill(PASSPHRASE);
  await userEvent.keyboard('{Enter}');
  await dialog.getByRole('button', { name: '不应用' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(hq.projection.version()).toBe(version);
  expect(hq.exchange.entries()).toBe(entries);
  expect(hq.exchange.peers()).toEqual([]);
  await end();
});

test('a short or differing passphrase is refused beside its field', async () => {
  const hq = await openReady(freshName());
  await mountApp(hq, { path: '/exchange' });
  await page.getByRole('button', { name: 'Export file…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export a file' });
  await dialog.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('short');
  await dialog.getByRole('textbox', { name: 'Passphrase again' }).fill('other');
  await dialog.getByRole('button', { name: 'Write file' }).click();
  await expect.element(dialog.getByText('At least 8 characters.')).toBeVisible();
  await expect.element(dialog.getByText('The two passphrases differ.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Suggest one' }).click();
  await expect.element(dialog.getByText('Good')).toBeVisible();
  await expect.element(dialog.getByText('The two passphrases differ.')).not.toBeInTheDocument();
  expect(hq.exchange.entries()).toEqual([]);
  await hq.close();
});
