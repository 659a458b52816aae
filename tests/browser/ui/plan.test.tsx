/** The plan editor and the record page over a real vault. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Vault } from '../../../renderer/store/vault';
import { mountApp, unmount } from '../app/support';
import { freshName, must, newPerson, openReady, valueOf } from '../store/support';

afterEach(unmount);

async function withPlan(): Promise<{ readonly vault: Vault; readonly plan: string }> {
  const vault = await openReady(freshName());
  const plan = vault.newId();
  const fields = { name: 'Harbour lost', status: 'draft' };
  must(await vault.commit([{ do: 'create', kind: 'plan', id: plan, fields }]));
  return { vault, plan };
}

test('steps are added by typing lines, follow each other, and cannot wait in a circle', async () => {
  const { vault, plan } = await withPlan();
  await mountApp(vault, { path: `/record/${plan}` });
  await page.getByRole('tab', { name: /Recovery steps/ }).click();
  const line = page.getByRole('textbox', { name: 'Title of the next step' });
  await line.fill('Confirm the loss');
  await userEvent.keyboard('{Enter}');
  await expect.element(line).toHaveValue('');
  await line.fill('Open the alternate site');
  await userEvent.keyboard('{Enter}');

  const second = page.getByRole('textbox', { name: 'Steps before Open the alternate site' });
  await expect.element(second).toHaveValue('1');
  await page.getByRole('textbox', { name: 'Planned duration of Confirm the loss' }).fill('1h30');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('+1 h 30 min')).toBeVisible();

  await page.getByRole('textbox', { name: 'Steps before Confirm the loss' }).fill('2');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('That step already waits for this one.')).toBeVisible();
  const steps = vault.projection.records('planStep');
  expect(steps.map((step) => vault.projection.linksFrom(step.id, 'after').length)).toEqual([0, 1]);
  unmount();
  await vault.close();
});

test('a plan leads to a drill or invocation with itself chosen', async () => {
  const { vault, plan } = await withPlan();
  await mountApp(vault, { path: `/record/${plan}` });
  await page.getByRole('button', { name: 'Start drill or invocation' }).click();
  await expect.poll(() => location.hash).toBe(`#/respond/declare?plan=${plan}`);
  unmount();
  await vault.close();
});

test('a record moves through its life, is deleted and comes back, and its history says so', async () => {
  const { vault, plan } = await withPlan();
  await mountApp(vault, { path: `/record/${plan}` });
  await page.getByRole('button', { name: 'Move to “In review”' }).click();
  await expect.poll(() => valueOf(vault, plan, 'status')).toBe('review');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.element(page.getByText('This record has been deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect.poll(() => vault.projection.visible(plan)?.id).toBe(plan);
  await page.getByRole('tab', { name: 'Relations and history' }).click();
  const history = page.getByRole('region', { name: 'History' });
  await expect.element(history.getByText('Record restored')).toBeVisible();
  await expect.element(history.getByText('Record deleted')).toBeVisible();
  unmount();
  await vault.close();
});

test('a relation is added by typing a name and is seen from the other end', async () => {
  const { vault, plan } = await withPlan();
  const { id, edit } = newPerson(vault, 'Deng Yu');
  must(await vault.commit([edit]));
  await mountApp(vault, { path: `/record/${plan}` });
  await page.getByRole('tab', { name: 'Relations and history' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('combobox', { name: 'Relation' }).click();
  await page.getByRole('option', { name: 'May be invoked by' }).click();
  await page.getByRole('combobox', { name: 'Related record' }).fill('deng');
  await page.getByRole('option', { name: /Deng Yu/ }).click();
  await page.getByRole('textbox', { name: 'Role' }).fill('decides alone');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => vault.projection.linksTo(id, 'mayInvoke').length).toBe(1);
  await mountApp(vault, { path: `/record/${id}` });
  await expect.element(page.getByRole('group', { name: 'May invoke' })).toBeVisible();
  await expect.element(page.getByText('decides alone')).toBeVisible();
  unmount();
  await vault.close();
});
