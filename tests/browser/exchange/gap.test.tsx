/** A file that comes before what it builds on, seen and healed on the screen. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { OpenedFile } from '../../../shared/host';
import type { Vault } from '../../../renderer/store/vault';
import { mountApp, unmount } from '../app/support';
import { must, newPerson, valueOf } from '../store/support';
import { newHeadquarters, newMember, newStick, receive, send } from './enrolSupport';

let ended: readonly Vault[] = [];
afterEach(async () => {
  unmount();
  for (const vault of ended) await vault.close();
  ended = [];
});

const CLEAR = { kind: 'clear' } as const;

/**
 * A drill: what the Quay laptop writes for headquarters is not encrypted, and passes through the
 * Yard laptop. Headquarters confirmed the earlier file, so the later one builds on it.
 */
async function outOfOrder() {
  const { hq } = await newHeadquarters();
  const quay = await newMember(hq, 'Quay laptop');
  const yard = await newMember(hq, 'Yard laptop', { site: 'YD', holder: 'Wu Jun' });
  ended = [hq, quay, yard];
  await receive(yard, await send(hq, yard));
  const { id, edit } = newPerson(quay, 'Ada Byron');
  must(await quay.commit([edit]));
  const earlier = await send(quay, hq, CLEAR);
  await receive(hq, earlier);
  await receive(quay, await send(hq, quay));
  must(await quay.commit([{ do: 'set', id, fields: { name: 'Ada Lovelace' } }]));
  const later = await send(quay, hq, CLEAR);
  return { yard, id, earlier, later };
}

const dialog = page.getByRole('dialog', { name: 'Import a file' });

async function choose(stick: ReturnType<typeof newStick>, file: OpenedFile): Promise<void> {
  stick.put(file);
  await page.getByRole('button', { name: 'Import file…' }).first().click();
  await dialog.getByRole('button', { name: /Drop an exchange file/ }).click();
}

async function close(): Promise<void> {
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
}

test('a file that comes before what it builds on waits, says for what, and is applied when that comes', async () => {
  const { yard, id, earlier, later } = await outOfOrder();
  const stick = newStick();
  await mountApp(yard, { path: '/exchange', host: stick.host });

  await choose(stick, later);
  await expect.element(dialog.getByText(/^\d+ changes? from Quay laptop waits?:/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep until the gap closes' }).click();
  await expect.element(dialog.getByText('The file is kept and waits')).toBeVisible();
  await close();
  expect(yard.projection.get(id)).toBeUndefined();

  // Whoever looks at the place reads that something waits, and at the device what is missing of it.
  await expect
    .element(page.getByRole('link', { name: '1 gap: changes wait for a file that has not come' }))
    .toBeVisible();
  const card = page.getByRole('article', { name: 'Device Quay laptop' });
  await expect.element(card.getByText(/changes? it had (?:is|are) missing here/)).toBeVisible();
  await card.getByRole('button', { name: /^Details/ }).click();
  const details = page.getByRole('dialog', { name: 'Quay laptop' });
  await expect.element(details.getByText(/of Quay laptop: no\. 1/)).toBeVisible();
  await expect.element(details.getByText(/^Ask Quay laptop for a file/)).toBeVisible();
  await details.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('link', { name: /^1 gap/ }).click();
  const waiting = page.getByRole('region', { name: 'Waiting' });
  await expect.element(waiting.getByText(later.name, { exact: false })).toBeVisible();

  await choose(stick, earlier);
  await expect.element(dialog.getByText(/waiting changes? can now be applied too/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.element(dialog.getByText('The file is applied')).toBeVisible();
  await close();
  await expect.element(page.getByText('Nothing needs attention.')).toBeVisible();
  expect(valueOf(yard, id, 'name')).toBe('Ada Lovelace');
  expect(yard.exchange.waiting()).toEqual([]);
});
