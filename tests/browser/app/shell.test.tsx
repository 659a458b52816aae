/** What every screen has around it. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ErrorBoundary } from '../../../renderer/app/ErrorBoundary';
import { BrokenPage } from '../../../renderer/app/pages/BrokenPage';
import { printInLight } from '../../../renderer/app/printLight';
import { useCommit } from '../../../renderer/app/useCommit';
import { VaultContext } from '../../../renderer/app/vaultContext';
import type { Vault } from '../../../renderer/store/vault';
import { freshName, must, newPerson, open, openReady } from '../store/support';
import { mount, mountApp, unmount } from './support';

afterEach(unmount);

async function withRecords(): Promise<{ readonly vault: Vault; readonly person: string }> {
  const vault = await openReady(freshName());
  const { id, edit } = newPerson(vault, '赵敏 Zhao Min');
  must(await vault.commit([edit]));
  return { vault, person: id };
}

test('the palette finds a record in Chinese and opens it by keyboard alone', async () => {
  const { vault, person } = await withRecords();
  await mountApp(vault, { path: '/settings' });
  await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = page.getByRole('combobox', { name: 'Search everything' });
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('赵敏');
  await expect.element(page.getByRole('option', { name: /赵敏 Zhao Min/ })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => location.hash).toBe(`#/record/${person}`);
  await expect.element(field).not.toBeInTheDocument();
  await vault.close();
});

test('the palette runs commands, by their name in the other language too', async () => {
  const { vault } = await withRecords();
  await mountApp(vault, { path: '/settings' });
  await page.getByRole('button', { name: /Search everything/ }).click();
  await userEvent.keyboard('zzz qqq');
  await expect.element(page.getByText('Nothing found for “zzz qqq”')).toBeVisible();
  await page.getByRole('combobox').fill('简体中文');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: '设置' })).toBeVisible();
  await expect.poll(() => document.title).toBe('设置 · 守望 Holdfast');
  await vault.close();
});

test('what was done can be taken back from its toast', async () => {
  const vault = await openReady(freshName());
  const ids = [newPerson(vault, 'Wang Jun'), newPerson(vault, 'Li Na')];
  await mount(
    <VaultContext value={vault}>
      <Writer edits={ids.map(({ edit }) => edit)} done="Two people added" />
    </VaultContext>,
  );
  await page.getByRole('button', { name: 'Write' }).click();
  await expect.element(page.getByText('Two people added')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => vault.projection.records('person').length).toBe(0);
  await vault.close();
});

test('Ctrl Z takes back the last step, but not while somebody types', async () => {
  const { vault, person } = await withRecords();
  await mountApp(vault, { path: '/settings' });
  const undo = page.getByRole('button', { name: /^Undo: / });
  await expect.element(undo).toBeVisible();
  await page.getByRole('button', { name: /Search everything/ }).click();
  await userEvent.keyboard('abc{Control>}z{/Control}');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('combobox')).not.toBeInTheDocument();
  expect(vault.projection.visible(person)).toBeDefined();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(page.getByRole('button', { name: 'Nothing to undo' })).toBeVisible();
  expect(vault.projection.visible(person)).toBeUndefined();
  await vault.close();
});

test('a refusal is shown in words', async () => {
  const vault = await openReady(freshName());
  await mount(
    <VaultContext value={vault}>
      <Writer edits={[{ do: 'create', kind: 'person', id: vault.newId(), fields: {} }]} />
    </VaultContext>,
  );
  await page.getByRole('button', { name: 'Write' }).click();
  const alert = page.getByRole('alert');
  await expect.element(alert).toBeVisible();
  expect(alert.element().textContent).not.toMatch(/field\.|commit\./);
  await vault.close();
});

test('a running drill is named on every screen and leads to its run; a real one comes first', async () => {
  const { vault } = await withRecords();
  const [drill, real] = [vault.newId(), vault.newId()];
  const run = (id: string, mode: string, name: string) =>
    ({ do: 'create', kind: 'drill', id, fields: { name, mode, status: 'running' } }) as const;
  must(await vault.commit([run(drill, 'drill', 'Harbour loss')]));
  await mountApp(vault, { path: '/settings' });
  const badge = page.getByRole('link', { name: '演练 DRILL: Harbour loss' });
  await expect.element(badge).toHaveAttribute('href', `#/respond/run/${drill}`);
  must(await vault.commit([run(real, 'real', 'Fire in hall 2')]));
  await expect
    .element(page.getByRole('link', { name: '启动 REAL: Fire in hall 2' }))
    .toHaveAttribute('href', `#/respond/run/${real}`);
  await vault.close();
});

test('a second window says that it can only read', async () => {
  const name = freshName();
  const first = await openReady(name);
  const second = await open(name);
  await mountApp(second, { path: '/settings' });
  await expect.element(page.getByText('This window can only read')).toBeVisible();
  await second.close();
  await first.close();
});

test('another person can take over, by name', async () => {
  const { vault } = await withRecords();
  await mountApp(vault, { path: '/settings' });
  await page.getByRole('button', { name: /Chen Wei at HQ/ }).click();
  await page.getByRole('menuitem', { name: 'Switch person…' }).click();
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect.element(page.getByText('Enter the person’s name.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Name' }).fill('Hu Bo');
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect.poll(() => vault.device()?.person).toBe('Hu Bo');
  await vault.close();
});

test('an unknown address says so and leads back', async () => {
  const { vault } = await withRecords();
  await mountApp(vault, { path: '/nowhere/at/all' });
  await expect.element(page.getByText('There is nothing at this address')).toBeVisible();
  await expect.element(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  await vault.close();
});

test('paper is white: what is printed in the dark is printed in light colours', () => {
  const root = document.documentElement;
  printInLight();
  root.setAttribute('data-mantine-color-scheme', 'dark');
  dispatchEvent(new Event('beforeprint'));
  expect(root.getAttribute('data-mantine-color-scheme')).toBe('light');
  dispatchEvent(new Event('afterprint'));
  expect(root.getAttribute('data-mantine-color-scheme')).toBe('dark');
});

test('a screen that fails is replaced by a way back and can be tried again', async () => {
  let broken = true;
  function Fragile() {
    if (broken) throw new Error('not today');
    return <p>works</p>;
  }
  await mount(
    <ErrorBoundary renderFallback={(error, reset) => <BrokenPage error={error} onRetry={reset} />}>
      <Fragile />
    </ErrorBoundary>,
  );
  await expect.element(page.getByText('not today')).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('works')).toBeVisible();
});

interface WriterProps {
  readonly edits: Parameters<ReturnType<typeof useCommit>>[0];
  readonly done?: string;
}

function Writer({ edits, done }: WriterProps) {
  const commit = useCommit();
  return (
    <button type="button" onClick={() => void commit(edits, undefined, done)}>
      Write
    </button>
  );
}
