/** The form of any kind: refusals beside fields, drafts, and writing only what was changed. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { freshName, must, newPerson, open, openReady, valueOf } from '../store/support';
import { mountApp, unmount } from '../app/support';

afterEach(unmount);

test('refusals stand beside their fields in words, and the first one has the focus', async () => {
  const vault = await openReady(freshName());
  await mountApp(vault, { path: '/new/service' });
  await page.getByRole('textbox', { name: 'RTO' }).fill('soon');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect.element(page.getByText('This field is required.')).toBeVisible();
  await expect.element(page.getByText(/This is not a duration/)).toBeVisible();
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect.element(name).toHaveFocus();
  await expect.element(name).toHaveAttribute('aria-invalid', 'true');
  expect(vault.projection.records('service')).toEqual([]);
  unmount();
  await vault.close();
});

test('a record is created by keyboard with its number, its state and readable durations', async () => {
  const vault = await openReady(freshName());
  await mountApp(vault, { path: '/new/service' });
  await page.getByRole('textbox', { name: 'Name' }).fill(' Ferry booking ');
  const rto = page.getByRole('textbox', { name: 'RTO' });
  await rto.fill('1h30');
  await userEvent.tab();
  await expect.element(rto).toHaveValue('1 h 30 min');
  await userEvent.keyboard('{Control>}s{/Control}');
  await expect.poll(() => vault.projection.records('service').length).toBe(1);
  const [service] = vault.projection.records('service');
  expect(service?.values).toMatchObject({ name: 'Ferry booking', rto: 90, status: 'live' });
  expect(service?.values.number).toMatch(/-SVC-0001$/);
  await expect.poll(() => location.hash).toBe(`#/record/${service?.id}`);
  unmount();
  await vault.close();
});

test('what was typed survives closing the window and is offered again', async () => {
  const database = freshName();
  const vault = await openReady(database);
  await mountApp(vault, { path: '/new/person' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Wang Jun');
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  await expect.poll(() => vault.draft('new.person')).toMatchObject({ name: 'Wang Jun' });
  unmount();
  await vault.close();

  const again = await open(database);
  await mountApp(again, { path: '/new/person' });
  await page.getByRole('button', { name: 'Continue the draft' }).click();
  await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Wang Jun');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect.poll(() => again.projection.records('person').length).toBe(1);
  expect(await again.draft('new.person')).toBeUndefined();
  unmount();
  await again.close();
});

test('a change made meanwhile to another field is not written over', async () => {
  const vault = await openReady(freshName());
  const { id, edit } = newPerson(vault, 'Li Na');
  must(await vault.commit([edit]));
  await mountApp(vault, { path: `/record/${id}/edit` });
  await page.getByRole('textbox', { name: 'Job title' }).fill('Duty manager');
  must(await vault.commit([{ do: 'set', id, fields: { name: 'Li Na-Marie' } }]));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => valueOf(vault, id, 'jobTitle')).toBe('Duty manager');
  expect(valueOf(vault, id, 'name')).toBe('Li Na-Marie');
  unmount();
  await vault.close();
});

test('a record with the same name is pointed out but not refused', async () => {
  const vault = await openReady(freshName());
  must(await vault.commit([newPerson(vault, 'Zhao Min').edit]));
  await mountApp(vault, { path: '/new/person' });
  await page.getByRole('textbox', { name: 'Name' }).fill('zhao min');
  await expect.element(page.getByText(/already a record with this value/)).toBeVisible();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect.poll(() => vault.projection.records('person').length).toBe(2);
  unmount();
  await vault.close();
});

test('a missing person is created without leaving the form that needs one', async () => {
  const vault = await openReady(freshName());
  await mountApp(vault, { path: '/new/service' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Ferry booking');
  await page.getByRole('combobox', { name: 'Service owner' }).fill('Hu Bo');
  await page.getByRole('option', { name: /Create/ }).click();
  const dialogue = page.getByRole('dialog');
  await expect.element(dialogue.getByRole('textbox', { name: 'Name' })).toHaveValue('Hu Bo');
  await dialogue.getByRole('button', { name: 'Create' }).click();
  await expect.element(dialogue).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect.poll(() => vault.projection.records('service').length).toBe(1);
  const [person] = vault.projection.records('person');
  expect(vault.projection.records('service')[0]?.values.owner).toBe(person?.id);
  unmount();
  await vault.close();
});
