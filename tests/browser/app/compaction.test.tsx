/** Compacting, saving the archive and reading from it again, as the coordinator at headquarters does it. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import type { OpenedFile } from '../../../shared/host';
import { paths } from '../../../renderer/app/paths';
import { freshName, must, newPerson, openReady } from '../store/support';
import { mountApp, unmount } from './support';

afterEach(unmount);

test('history is compacted and its archive saved, freed and opened again, through the settings', async () => {
  const vault = await openReady(freshName());
  must(await vault.trust.createOrganisation({ name: 'Harbour', accepted: {} }));
  const { id, edit } = newPerson(vault, 'Li Na');
  must(await vault.commit([edit]));
  for (let i = 0; i < 4; i++) {
    must(await vault.commit([{ do: 'set', id, fields: { jobTitle: `title ${i}` } }]));
  }
  let file: OpenedFile | undefined;
  const host = {
    async saveFile({ name, bytes }: { readonly name: string; readonly bytes: Bytes }) {
      file = { name, bytes: bytes as Uint8Array };
      return ok({ name });
    },
    openFiles: async () => ok(file ? [file] : []),
  };

  await mountApp(vault, { path: paths.settings, host });
  await expect.element(page.getByRole('heading', { name: 'History and space' })).toBeVisible();
  await expect.element(page.getByText('Nothing yet')).toBeVisible();
  await page.getByRole('button', { name: 'Compact history…' }).click();
  const compact = page.getByRole('dialog', { name: 'Compact history' });
  await expect.element(compact.getByText(/^6 changes are confirmed by every device/)).toBeVisible();
  await expect.element(compact.getByText(/^3 of them are only history/)).toBeVisible();
  await compact.getByRole('button', { name: 'Compact now' }).click();
  await expect.element(page.getByText(/^6 changes compacted to 2 records/)).toBeVisible();
  await expect.element(page.getByText(/^6 changes, now 2 records/)).toBeVisible();
  await expect.element(page.getByText(/^6 changes, [\d.]+ /).nth(0)).toBeVisible();

  await page.getByRole('button', { name: 'Compact history…' }).click();
  await expect.element(compact.getByText(/^Nothing can be compacted now/)).toBeVisible();
  await expect.element(compact.getByRole('button', { name: 'Compact now' })).toBeDisabled();
  await compact.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Save the archive as a file…' }).click();
  const archive = page.getByRole('dialog', { name: 'Save the archive as a file' });
  await archive.getByRole('button', { name: 'Save the file…' }).click();
  await expect.element(archive.getByText(/was written and read back/)).toBeVisible();
  await archive.getByRole('button', { name: 'The file is safe, free the space' }).click();
  await expect.element(page.getByText('Saved archive files')).toBeVisible();
  expect((await vault.archive.size()).segments).toBe(0);

  await mountApp(vault, { path: paths.record(id), host });
  await expect
    .element(page.getByText(/The older part of this history lies in the archive file holdfast-HQ/))
    .toBeVisible();

  await mountApp(vault, { path: paths.settings, host });
  await page.getByRole('button', { name: 'Open an archive file…' }).click();
  await expect.element(page.getByText(/^6 changes can be read in histories/)).toBeVisible();
  await expect.element(page.getByText('Open in this session')).toBeVisible();
  expect((await vault.history(id)).length).toBe(5);
  unmount();
  await vault.close();
});
