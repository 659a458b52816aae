/** The register of a kind over ten thousand real records. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Edit } from '../../../shared/log/changeset';
import type { Vault } from '../../../renderer/store/vault';
import { mountApp, unmount } from '../app/support';
import { freshName, must, openReady } from '../store/support';

afterEach(unmount);

const COUNT = 10_000;
const STATES = ['inUse', 'ordered', 'dismantled'];

async function withCis(count: number): Promise<Vault> {
  const vault = await openReady(freshName());
  const edits = Array.from({ length: count }, (_, i): Edit => {
    const name = `host ${(i * 7919) % count}`;
    const fields = { name, status: STATES[i % 3] ?? 'inUse', model: `M${i % 5}` };
    return { do: 'create', kind: 'ci', id: vault.newId(), fields };
  });
  must(await vault.commit(edits));
  return vault;
}

const firstName = () =>
  document.querySelector('[role="row"][aria-rowindex="2"] [data-title]')?.textContent;
const header = (name: string) =>
  page.getByRole('columnheader', { name }).getByRole('button', { name, exact: true });

test('ten thousand rows sort, filter and open by keyboard with few rows in the page', async () => {
  const vault = await withCis(COUNT);
  await mountApp(vault, { path: '/kind/ci' });
  await expect.element(page.getByText('10,000 records')).toBeVisible();
  expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(80);

  await header('Name').click();
  await expect.poll(firstName).toBe('host 0');
  await header('Name').click();
  await expect.poll(firstName).toBe(`host ${COUNT - 1}`);

  await page.getByRole('textbox', { name: 'Filter these rows' }).fill('host 123 in');
  await expect.poll(firstName).toBe('host 9123');
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await page.getByRole('button', { name: 'Filter Status' }).click();
  await page.getByRole('checkbox', { name: 'Ordered' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect.element(page.getByText(`3,333 of ${COUNT.toLocaleString('en')}`)).toBeVisible();

  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{End}');
  await expect
    .poll(() => document.querySelector('[role="row"][data-active]')?.getAttribute('aria-rowindex'))
    .toBe('3334');
  await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
  await expect.poll(() => location.hash).toMatch(/^#\/record\//);
  unmount();
  await vault.close();
});

test('order and filters are kept for the next visit', async () => {
  const vault = await withCis(20);
  await mountApp(vault, { path: '/kind/ci' });
  await header('Name').click();
  await expect.poll(firstName).toBe('host 0');
  await mountApp(vault, { path: '/kind/ci' });
  await expect.poll(firstName).toBe('host 0');
  await expect
    .element(page.getByRole('columnheader', { name: 'Name' }))
    .toHaveAttribute('aria-sort', 'ascending');
  unmount();
  await vault.close();
});

test('selected records are changed together, deleted together and restored', async () => {
  const vault = await withCis(6);
  await mountApp(vault, { path: '/kind/ci' });
  await expect.element(page.getByText('6 records')).toBeVisible();
  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  await expect.element(page.getByText('6 selected')).toBeVisible();

  await page.getByRole('button', { name: 'Set a field' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Brand' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Brand' }).fill('Castell');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect
    .poll(() => vault.projection.records('ci').map((record) => record.values.brand))
    .toEqual(Array.from({ length: 6 }, () => 'Castell'));

  page.getByRole('grid').element().focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => vault.projection.records('ci').length).toBe(0);
  await expect.element(page.getByText('No configuration items yet')).toBeVisible();

  await page.getByRole('switch', { name: 'Deleted' }).click();
  await page.getByRole('checkbox', { name: 'Select all rows' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => vault.projection.records('ci').length).toBe(6);
  unmount();
  await vault.close();
});
