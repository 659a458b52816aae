/** Two machines with one disk, as headquarters and the copy see it on their screens. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mountApp, unmount } from '../app/support';
import { freshName, must, newPerson, open } from '../store/support';
import { copyOf, newHeadquarters, newMember, newStick, receive, send } from './enrolSupport';

afterEach(unmount);

/** A laptop and its double, with one record each that nobody else has. */
async function copied() {
  const { hq } = await newHeadquarters();
  const name = freshName();
  const laptop = await newMember(hq, 'Quay laptop', {}, name);
  await receive(hq, await send(laptop, hq));
  await laptop.close();
  const copyName = await copyOf(name);
  const [first, copy] = [await open(name), await open(copyName)];
  must(await first.commit([newPerson(first, 'Of the laptop').edit]));
  must(await copy.commit([newPerson(copy, 'Of the copy').edit]));
  return { hq, first, copy };
}

test('headquarters is shown what only the copy said, and the copy what becomes of it', async () => {
  const { hq, first, copy } = await copied();
  await receive(hq, await send(first, hq));
  await receive(hq, await send(copy, hq));

  await mountApp(hq, { path: '/exchange/attention' });
  const card = page.getByRole('article', { name: 'Held changes of Quay laptop' });
  await expect.element(card.getByText('Copied device', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'What it contains' }).click();
  await expect.element(card.getByText('Of the copy')).toBeVisible();
  unmount();

  // The copy learns that its branch was given up, and gets the other one along with that.
  const stick = newStick();
  stick.put(await send(hq, copy));
  await mountApp(copy, { path: '/exchange?import=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('button', { name: /Drop an exchange file/ }).click();
  await expect
    .element(dialog.getByText(/what was written only here stays, is written again/))
    .toBeVisible();
  await expect.element(dialog.getByText('Of the laptop')).toBeVisible();
  await Promise.all([hq.close(), first.close(), copy.close()]);
});

test('a copy whose file was lost is told that headquarters has what the other machine wrote', async () => {
  const { hq, first, copy } = await copied();
  await receive(hq, await send(first, hq));
  // Never arrives.
  await send(copy, hq);

  const stick = newStick();
  stick.put(await send(hq, copy));
  await mountApp(copy, { path: '/exchange?import=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('button', { name: /Drop an exchange file/ }).click();
  await expect
    .element(dialog.getByText(/other changes under this device’s name than this device/))
    .toBeVisible();
  await dialog.getByRole('button', { name: 'Note the receipt' }).click();
  await expect.element(dialog.getByText('The receipt is noted')).toBeVisible();
  expect(copy.exchange.undelivered()).toBeGreaterThan(0);
  await Promise.all([hq.close(), first.close(), copy.close()]);
});
