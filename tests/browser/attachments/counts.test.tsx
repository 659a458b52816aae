/** What the screens say of attachments on their way: while a file is written, and before it is applied. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { ProgressView } from '../../../renderer/places/exchange/ProgressView';
import type { Vault } from '../../../renderer/store/vault';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { mount, mountApp, unmount } from '../app/support';
import { freshName, host, must, open, openReady } from '../store/support';

const PASSPHRASE = 'harbour lamp seven ropes';
const MB = 1024 * 1024;

afterEach(unmount);

async function attach(vault: Vault, of: string, size: number): Promise<string> {
  const bytes = crypto.getRandomValues(new Uint8Array(size));
  const { sha256 } = must(await vault.blobs.put(new Blob([bytes])));
  const fields = { of, name: `${size}.jpg`, type: 'image/jpeg', size, sha256 };
  must(await vault.commit([{ do: 'create', kind: 'attachment', id: vault.newId(), fields }]));
  return sha256;
}

async function fileWith(from: Vault, blobs: readonly string[]): Promise<File> {
  let written: Bytes = new Uint8Array();
  const saveFile = async ({ name, bytes }: { readonly name: string; readonly bytes: Bytes }) => {
    written = bytes;
    return ok({ name });
  };
  must(
    await exportPackage(
      from,
      { saveFile, keepExported: host.keepExported },
      {
        peer: undefined,
        content: 'snapshot',
        seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 6 },
        filterName: 'Holdfast',
        blobs,
      },
    ),
  );
  return new File([written as BlobPart], 'from-laptop.holdfast');
}

function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const heading = page.getByRole('heading', { name: 'Exchange' }).element();
  for (const type of ['dragover', 'drop']) {
    heading.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}

test('a report says what comes and what does not; so does the word that it was applied', async () => {
  const site = await open(freshName());
  must(await site.setUp({ name: 'Harbour', role: 'site', siteCode: 'HB', person: 'Li Na' }));
  const of = site.newId();
  must(await site.commit([{ do: 'create', kind: 'ci', id: of, fields: { name: 'Rack' } }]));
  const goes = await attach(site, of, 3 * 1024);
  await attach(site, of, 5 * 1024);
  const hq = await openReady(freshName());
  await mountApp(hq, { path: '/exchange' });
  drop(await fileWith(site, [goes]));
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByText(/It brings 1 attachment \(3 KB\)\./)).toBeVisible();
  await expect.element(dialog.getByText(/1 attachment is not here yet/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.element(dialog.getByText('The file is applied')).toBeVisible();
  await expect.element(dialog.getByText(/1 attachment \(3 KB\)/)).toBeVisible();
  await expect.element(dialog.getByText(/1 attachment is not here yet/)).toBeVisible();

  // The other one comes later, with nothing else that is new.
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  drop(await fileWith(site, site.blobs.hashes().values().toArray()));
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByText(/It brings 1 attachment \(5 KB\)\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Take it in' }).click();
  await expect.element(dialog.getByText('The file is applied')).toBeVisible();
  expect(hq.blobs.missing()).toEqual([]);
  await Promise.all([site.close(), hq.close()]);
});

test('while attachments are read, which one and how much of all is told', async () => {
  const attachment = { number: 3, of: 12 };
  await mount(
    <ProgressView
      report={{ stage: 'attachments', done: 75 * MB, total: 300 * MB, attachment }}
      onCancel={() => undefined}
    />,
  );
  await expect.element(page.getByText('Reading attachment 3 of 12 25 %')).toBeVisible();
  await expect.element(page.getByText('75 MB of 300 MB')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
});
