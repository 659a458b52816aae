/** The review queue as a person uses it: real vaults, real files between them, real screens. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Vault } from '../../../renderer/store/vault';
import { allConflicts } from '../../../shared/review/conflict';
import { mountApp, unmount } from '../app/support';
import { freshName, must, openReady, valueOf } from '../store/support';
import { carry, laptopOf, meet } from './support';

const ended: Vault[] = [];
afterEach(async () => {
  unmount();
  for (const vault of ended.splice(0)) await vault.close();
});

interface Apart {
  readonly hq: Vault;
  readonly site: Vault;
  readonly ids: readonly string[];
}

/** Three people whom both changed: one's mobile, another's notes, the third deleted and edited. */
async function apart(): Promise<Apart> {
  const hq = await openReady(freshName());
  const ids = [hq.newId(), hq.newId(), hq.newId()];
  const [a = '', b = '', c = ''] = ids;
  const person = (id: string, name: string) =>
    ({
      do: 'create',
      kind: 'person',
      id,
      fields: { name, mobile: '+1 555 0100', notes: 'Knows the gate code.' },
    }) as const;
  must(await hq.commit([person(a, 'Ada'), person(b, 'Bo'), person(c, 'Cy')]));
  const site = await laptopOf(hq);
  ended.push(hq, site);
  const set = (id: string, fields: Record<string, string>) => ({ do: 'set', id, fields }) as const;
  must(
    await hq.commit([
      set(a, { mobile: '+1 555 0111' }),
      set(b, { notes: 'Knows the new gate code.' }),
    ]),
  );
  must(await hq.commit([{ do: 'delete', id: c }]));
  must(
    await site.commit([
      set(a, { mobile: '+1 555 0222' }),
      set(b, { notes: 'Knows the gate code. Speaks Mandarin.' }),
      set(c, { unit: 'Security' }),
    ]),
  );
  await carry(site, hq);
  return { hq, site, ids };
}

const queue = () => page.getByRole('listbox', { name: 'Conflicts' });
const conflicts = (vault: Vault) => allConflicts(vault.projection).length;

test('a conflict shows what it was, both values with who and where, and is settled by one key', async () => {
  const { hq, site, ids } = await apart();
  const [a = ''] = ids;
  await mountApp(hq, { path: `/review?record=${a}` });
  const detail = page.getByRole('region', { name: 'Mobile' });
  await expect.element(detail.getByText('+1 555 0100')).toBeVisible();
  const ours = detail.getByRole('group', { name: '+1 555 0111' });
  const theirs = detail.getByRole('group', { name: '+1 555 0222' });
  await expect.element(ours.getByText('Ours')).toBeVisible();
  await expect
    .element(ours.getByText(/Chen Wei · \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d · on HQ/))
    .toBeVisible();
  await expect.element(theirs.getByText('Theirs')).toBeVisible();
  await expect.element(theirs.getByText(/Li Na .* on Harbour/)).toBeVisible();
  const number = theirs.element().textContent?.trim().slice(0, 1) ?? '';
  await userEvent.keyboard(number);
  await expect.element(detail).not.toBeInTheDocument();
  expect(valueOf(hq, a, 'mobile')).toBe('+1 555 0222');
  expect(conflicts(hq)).toBe(2);
  await meet(hq, site);
  expect(conflicts(site)).toBe(2);
  expect(valueOf(site, a, 'mobile')).toBe('+1 555 0222');
});

test('a long text is marked word by word, and both can be kept or another one written', async () => {
  const { hq, ids } = await apart();
  const [, b = ''] = ids;
  await mountApp(hq, { path: `/review?record=${b}` });
  const detail = page.getByRole('region', { name: 'Notes' });
  await expect.element(detail.getByText('Speaks Mandarin.')).toBeVisible();
  const added = [...document.querySelectorAll('ins')].map((one) => one.textContent);
  expect(added.toSorted()).toEqual([' Speaks Mandarin.', 'new ']);
  await userEvent.keyboard('b');
  await expect.element(detail).not.toBeInTheDocument();
  const both = valueOf(hq, b, 'notes');
  expect(both).toContain('* * *');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(page.getByRole('region', { name: 'Notes' })).toBeVisible();
  expect(conflicts(hq)).toBe(3);
  await userEvent.keyboard('e');
  const input = detail.getByRole('textbox', { name: 'Notes' });
  await input.fill('Knows the new gate code and speaks Mandarin.');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(detail).not.toBeInTheDocument();
  expect(valueOf(hq, b, 'notes')).toBe('Knows the new gate code and speaks Mandarin.');
});

test('a deletion against an edit names the edit, and keeping it keeps the edit', async () => {
  const { hq, ids } = await apart();
  const [, , c = ''] = ids;
  await mountApp(hq, { path: `/review?record=${c}` });
  const detail = page.getByRole('region', { name: 'Deleted here, edited there' });
  await expect.element(detail.getByText('Security')).toBeVisible();
  await detail.getByRole('button', { name: 'Keep the record' }).click();
  await expect.element(detail).not.toBeInTheDocument();
  expect(hq.projection.visible(c)?.values.unit).toBe('Security');
});

test('one rule settles all that is ticked or filtered, and one undo brings every value back', async () => {
  const { hq, site } = await apart();
  await mountApp(hq, { path: '/review' });
  await expect.element(queue().getByRole('option').nth(2)).toBeVisible();
  await page.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('option', { name: 'Li Na' }).click();
  await page.getByRole('button', { name: 'Decide all 3…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Decide 3 conflicts at once' });
  await expect.element(dialog.getByText('Settles 3 conflicts.')).toBeVisible();
  await dialog.getByRole('radio', { name: 'What headquarters wrote' }).click();
  await expect.element(dialog.getByText(/Deletes 1 record/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Decide 3', exact: true }).click();
  await expect.element(page.getByText('No conflicts')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.element(queue().getByRole('option').nth(2)).toBeVisible();
  // Who had written what is known as before.
  await expect.element(page.getByText('3 of 3')).toBeVisible();
  await meet(hq, site);
  expect(conflicts(site)).toBe(3);
});

test('records with one name from two devices are merged by a person, or found to differ', async () => {
  const hq = await openReady(freshName());
  const site = await laptopOf(hq);
  ended.push(hq, site);
  const make = async (vault: Vault, names: readonly string[], region: string) => {
    const ids = names.map(() => vault.newId());
    must(
      await vault.commit(
        names.map((name, i) => ({
          do: 'create',
          kind: 'site',
          id: ids[i] ?? '',
          fields: { name, region, number: vault.nextNumber('site') },
        })),
      ),
    );
    return ids;
  };
  const [pier = ''] = await make(hq, ['Pier 3', 'Depot'], 'North');
  const [twin = ''] = await make(site, ['pier  3', 'Depot'], 'Harbour');
  const guard = site.newId();
  must(
    await site.commit([
      { do: 'create', kind: 'person', id: guard, fields: { name: 'Guard', site: twin } },
      { do: 'link', from: twin, rel: 'hasContact', to: guard, fields: { role: 'Gate' } },
    ]),
  );
  await carry(site, hq);
  await mountApp(hq, { path: '/review/duplicates' });
  const list = page.getByRole('listbox', { name: 'Suggested duplicates' });
  await expect.element(list.getByRole('option').nth(1)).toBeVisible();
  await list.getByRole('option', { name: /pier +3/i }).click();
  const panel = page.getByRole('region', { name: 'Merge this site?' });
  const number = valueOf(hq, pier, 'number') as string;
  await panel.getByRole('radio', { name: `${number} stays` }).click();
  await expect.element(panel.getByText(/^1 relation moves over/)).toBeVisible();
  await panel
    .getByRole('radio', { name: `Region of ${valueOf(hq, twin, 'number') as string}` })
    .click();
  await userEvent.keyboard('m');
  await expect.element(list.getByRole('option', { name: /pier/i })).not.toBeInTheDocument();
  expect(hq.projection.visible(twin)).toBeUndefined();
  expect(valueOf(hq, pier, 'region')).toBe('Harbour');
  expect(valueOf(hq, guard, 'site')).toBe(pier);
  expect(hq.projection.linksFrom(pier)[0]?.values).toMatchObject({ to: guard, role: 'Gate' });
  await userEvent.keyboard('n');
  await expect.element(page.getByText('No suggested duplicates')).toBeVisible();
  await meet(hq, site);
  unmount();
  await mountApp(site, { path: '/review/duplicates' });
  await expect.element(page.getByText('No suggested duplicates')).toBeVisible();
  await page.getByRole('button', { name: 'Found to be different: 1' }).click();
  await page.getByRole('button', { name: 'Suggest again' }).click();
  await expect
    .element(page.getByRole('listbox').getByRole('option', { name: /Depot/ }))
    .toBeVisible();
});

test('an approved plan says what changed since, here and elsewhere, until it is approved again', async () => {
  const hq = await openReady(freshName());
  const [plan, section] = [hq.newId(), hq.newId()];
  must(
    await hq.commit([
      { do: 'create', kind: 'plan', id: plan, fields: { name: 'Loss of pier', status: 'review' } },
      {
        do: 'create',
        kind: 'planSection',
        id: section,
        fields: { plan, title: 'Assembly', body: 'Meet at the gate.' },
      },
    ]),
  );
  const site = await laptopOf(hq);
  ended.push(hq, site);
  must(await site.commit([{ do: 'set', id: section, fields: { body: 'Meet at the car park.' } }]));
  await mountApp(hq, { path: `/record/${plan}` });
  await page.getByRole('button', { name: 'Change status' }).click();
  await page.getByRole('menuitem', { name: 'Approved' }).click();
  await expect.element(page.getByText(/Approved by Chen Wei/)).toBeVisible();
  expect(valueOf(hq, plan, 'approvedBy')).toBe('Chen Wei');
  await meet(hq, site);
  await expect.element(page.getByText('Changed since approval: 1 change')).toBeVisible();
  await expect.element(page.getByText('car park')).toBeVisible();
  await expect.element(page.getByText(/Li Na .* on Harbour/).first()).toBeVisible();
  unmount();
  await mountApp(site, { path: '/kind/plan' });
  await expect.element(page.getByRole('img', { name: 'Changed since approval' })).toBeVisible();
  unmount();
  await mountApp(site, { path: '/review/approvals' });
  await page.getByRole('button', { name: 'Approve again' }).click();
  await expect.element(page.getByText('Every approved text is as it was approved')).toBeVisible();
  await carry(site, hq);
  expect(hq.projection.records('approval')).toHaveLength(2);
});
