/** Choosing what a file carries in attachments, and seeing what is missing. */
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import {
  AttachmentBudget,
  usualChoice,
  type BudgetChoice,
} from '../../../renderer/attachments/AttachmentBudget';
import { MissingAttachments } from '../../../renderer/attachments/MissingAttachments';
import { VaultContext } from '../../../renderer/app/vaultContext';
import type { Vault } from '../../../renderer/store/vault';
import { chooseWithin, type Candidate } from '../../../shared/attachments/budget';
import { mount, unmount } from '../app/support';
import { freshName, must, newPerson, openReady } from '../store/support';

afterEach(unmount);

const MB = 1024 * 1024;
let chosen: BudgetChoice = usualChoice;

function Form({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const [value, setValue] = useState(usualChoice);
  return (
    <AttachmentBudget
      candidates={candidates}
      value={value}
      onChange={(next) => {
        chosen = next;
        setValue(next);
      }}
    />
  );
}

async function withTwoPeople(): Promise<{ vault: Vault; li: string; deng: string }> {
  const vault = await openReady(freshName());
  const li = newPerson(vault, 'Li Na');
  const deng = newPerson(vault, 'Deng Yu');
  must(await vault.commit([li.edit, deng.edit]));
  return { vault, li: li.id, deng: deng.id };
}

const candidate = (n: number, size: number, part: Partial<Candidate>): Candidate => ({
  sha256: String(n).repeat(64),
  size,
  name: `${n}.jpg`,
  group: 'picture',
  record: '',
  kind: 'person',
  at: Date.now(),
  wanted: false,
  ...part,
});

const names = (candidates: readonly Candidate[]) =>
  chooseWithin(candidates, chosen.budget, chosen.leaveOut)
    .go.map(({ name }) => name)
    .toSorted();

test('the budget, types, age and single records decide what goes, and the rest is told', async () => {
  const { vault, li, deng } = await withTwoPeople();
  const all = [
    candidate(1, 10 * MB, { record: li }),
    candidate(2, 30 * MB, { record: deng, wanted: true, at: 0 }),
    candidate(3, 40 * MB, { record: deng, group: 'other', name: 'film.mp4' }),
  ];
  await mount(
    <VaultContext value={vault}>
      <Form candidates={all} />
    </VaultContext>,
  );
  const group = page.getByRole('group', { name: 'Attachments in the file' });
  await expect.element(group.getByText('2 of 3 go, 40 MB of at most 64 MB')).toBeVisible();
  await expect.element(group.getByText(/^1 stays here for now \(40 MB\)/)).toBeVisible();
  await group.getByRole('button', { name: 'Choose what goes…' }).click();
  await group.getByRole('textbox', { name: 'At most' }).fill('100');
  await expect.element(group.getByText('3 of 3 go, 80 MB of at most 100 MB')).toBeVisible();

  await group.getByRole('checkbox', { name: 'Other files: 1 (40 MB)' }).click();
  expect(names(all)).toEqual(['1.jpg', '2.jpg']);
  await expect.element(group.getByText('film.mp4 (left out by type)')).toBeVisible();
  await group.getByRole('checkbox', { name: 'Li Na' }).click();
  expect(names(all)).toEqual(['2.jpg']);
  await group.getByRole('combobox', { name: 'Added' }).click();
  await page.getByRole('option', { name: 'in the last 30 days' }).click();
  expect(names(all)).toEqual([]);
  await expect.element(group.getByText('2.jpg (asked for, left out by age)')).toBeVisible();
  await expect.element(group.getByText(/1 of them was asked for/)).toBeVisible();
  unmount();
  await vault.close();
});

test('nothing to send shows nothing', async () => {
  const { vault } = await withTwoPeople();
  await mount(
    <VaultContext value={vault}>
      <p>before</p>
      <Form candidates={[]} />
    </VaultContext>,
  );
  await expect.element(page.getByText('before')).toBeVisible();
  expect(page.getByRole('group').elements()).toEqual([]);
  unmount();
  await vault.close();
});

test('what is missing is listed with its record, in both languages', async () => {
  const { vault, li } = await withTwoPeople();
  const fields = { of: li, name: 'pass.jpg', type: 'image/jpeg', size: 2 * MB };
  must(
    await vault.commit([
      {
        do: 'create',
        kind: 'attachment',
        id: vault.newId(),
        fields: { ...fields, sha256: 'b'.repeat(64) },
      },
    ]),
  );
  await mount(
    <VaultContext value={vault}>
      <MissingAttachments />
    </VaultContext>,
  );
  const table = page.getByRole('table', { name: 'Attachments not here yet' });
  await expect.element(table.getByRole('link', { name: 'Li Na' })).toBeVisible();
  await expect.element(table.getByText('pass.jpg')).toBeVisible();
  await mount(
    <VaultContext value={vault}>
      <MissingAttachments />
    </VaultContext>,
    { locale: 'zh-CN' },
  );
  await expect.element(page.getByRole('table', { name: '尚未到达的附件' })).toBeVisible();
  unmount();
  await vault.close();
});
