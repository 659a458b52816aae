/** Export for enrolled devices, what a device sees of the others, and what the words say. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { enrolDevice, readRequest } from '../../../renderer/exchange/enrol';
import { readPackage } from '../../../renderer/exchange/importFile';
import { receiversOf } from '../../../renderer/exchange/receivers';
import { sortOf } from '../../../renderer/exchange/seal';
import type { Vault } from '../../../renderer/store/vault';
import { deviceOf } from '../../../shared/trust/device';
import { mountApp, unmount } from '../app/support';
import { must, newPerson } from '../store/support';
import {
  newHeadquarters,
  newLaptop,
  newStick,
  receive,
  requestOf,
  type Stick,
} from './enrolSupport';

afterEach(unmount);

const idOf = (vault: Vault): string => deviceOf(vault.device()?.replica ?? '');

/** Enrolled by its request; its first file is on the stick afterwards. */
async function join(hq: Vault, name: string): Promise<Vault> {
  const laptop = await newLaptop(name, 'Li Na');
  const request = must(await readRequest((await requestOf(laptop)).bytes));
  const grant = {
    holder: 'Li Na',
    site: 'HB',
    role: 'coordinator',
    kinds: null,
    until: null,
  } as const;
  must(await enrolDevice(hq, request, { name, ...grant }));
  await receive(laptop, await write(hq, [laptop], 'snapshot'));
  return laptop;
}

async function write(
  from: Vault,
  to: readonly Vault[],
  content: 'changes' | 'snapshot' | 'receipt' = 'changes',
  stick: Stick = newStick(),
) {
  const all = receiversOf(from, Date.now()).filter(({ device }) =>
    to.some((vault) => idOf(vault) === device),
  );
  const [one] = all;
  must(
    await exportPackage(from, stick.host, {
      peer: all.length === 1 ? one?.peer : undefined,
      ...(all.length > 1 ? { peers: all.map(({ peer }) => peer) } : {}),
      content,
      seal: { kind: 'recipients', devices: all.map(({ device }) => device) },
      filterName: 'Holdfast',
    }),
  );
  return stick.file();
}

async function three() {
  const { hq } = await newHeadquarters();
  const { edit } = newPerson(hq, 'Rob Carver');
  must(await hq.commit([edit]));
  const a = await join(hq, 'Quay laptop');
  const b = await join(hq, 'Hill laptop');
  return { hq, a, b, end: async () => void (await Promise.all([hq, a, b].map((v) => v.close()))) };
}

test('one file for everyone active opens on each device without a passphrase and takes no number', async () => {
  const { hq, a, b, end } = await three();
  await receive(hq, await write(a, [hq]));
  must(await hq.commit([newPerson(hq, 'Chen Wei').edit]));
  const stick = newStick();
  await mountApp(hq, { path: '/exchange', host: stick.host });
  await page.getByRole('button', { name: 'Export file…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export a file' });
  await dialog.getByRole('button', { name: 'Write file' }).click();
  await expect.element(dialog.getByText('Choose at least one device.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Everyone active (2)' }).click();
  await expect.element(dialog.getByText(/One file for 2 devices/)).toBeVisible();
  await expect.element(dialog.getByText(/recovery key can always open it too/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Write file' }).click();
  await expect.element(dialog.getByText('The file is written')).toBeVisible();
  await expect.element(dialog.getByText('none: it stands in no chain of files')).toBeVisible();
  expect(stick.file().name).toMatch(/^holdfast-HQ\w\w-to-2-devices-\d{4}-\d\d-\d\d\.holdfast$/);
  expect(sortOf(stick.file().bytes)).toBe('recipients');
  for (const laptop of [a, b]) {
    const plan = await receive(laptop, stick.file());
    expect(plan.sender).toBe('proven');
    expect(plan.elsewhere).toBe(false);
    expect(laptop.projection.have()).toMatchObject({
      [hq.device()?.replica ?? '']: hq.projection.have()[hq.device()?.replica ?? ''],
    });
  }
  // The chain of each goes on from its own last number.
  const next = must(await readPackage(a, { file: await write(hq, [a]) }));
  expect(next.plan.manifest.chain.number).toBe(2);
  expect(next.plan.missingFiles).toBeUndefined();
  await end();
});

test('a receipt brings nothing, confirms everything, and leaves nothing marked as sent', async () => {
  const { hq, a, end } = await three();
  const { id, edit } = newPerson(a, 'Ada Byron');
  must(await a.commit([edit]));
  await receive(hq, await write(a, [hq]));
  expect(a.exchange.delivery(id)).toBe('exported');
  const mine = newPerson(hq, 'Lone Ranger');
  must(await hq.commit([mine.edit]));
  const receipt = await write(hq, [a], 'receipt');
  expect(hq.exchange.delivery(mine.id)).toBe('notExported');
  const plan = await receive(a, receipt);
  expect([plan.manifest.type, plan.changes.length]).toEqual(['receipt', 0]);
  expect(a.exchange.delivery(id)).toBe('confirmed');
  await end();
});

test('a file that is not encrypted says so before it is written and when it is read', async () => {
  const { hq, a, end } = await three();
  const stick = newStick();
  await mountApp(hq, { path: '/exchange?export=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Export a file' });
  const receivers = dialog.getByRole('combobox', { name: 'For' });
  await receivers.fill('Quay');
  await page.getByRole('option', { name: /Quay laptop/ }).click();
  await dialog.getByRole('switch', { name: /Do not encrypt/ }).click();
  await expect.element(dialog.getByText(/Anybody who finds this file/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Write file' }).click();
  await expect.element(dialog.getByText('nothing: it is not encrypted')).toBeVisible();
  expect(sortOf(stick.file().bytes)).toBe('clear');

  await mountApp(a, { path: '/exchange?import=1', host: stick.host });
  const reading = page.getByRole('dialog', { name: 'Import a file' });
  await reading.getByRole('button', { name: /Drop an exchange file/ }).click();
  await expect.element(reading.getByText('not encrypted')).toBeVisible();
  await expect.element(reading.getByText('sender proven by signature')).toBeVisible();
  await end();
});

test('a file sealed for another device is refused, and opens with the recovery key', async () => {
  const { hq, recoveryKey } = await newHeadquarters();
  const a = await join(hq, 'Quay laptop');
  const b = await join(hq, 'Hill laptop');
  const stick = newStick();
  stick.put(await write(hq, [a], 'snapshot'));
  await mountApp(b, { path: '/exchange?import=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('button', { name: /Drop an exchange file/ }).click();
  await expect.element(dialog.getByText(/sealed for other devices/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Open it with the recovery key…' }).click();
  const key = dialog.getByRole('textbox', { name: 'Recovery key' });
  await key.fill('AGE-SECRET-KEY-1NOTAKEY');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByRole('alert')).toBeVisible();
  await key.fill(recoveryKey.toLowerCase());
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByText(/The file was meant for Quay laptop/)).toBeVisible();
  await Promise.all([hq.close(), a.close(), b.close()]);
});

test('the words agree when nothing is missing, and a difference is found author by author', async () => {
  const { hq, a, end } = await three();
  await receive(hq, await write(a, [hq]));
  await receive(a, await write(hq, [a]));
  const wordsOn = async (vault: Vault): Promise<string> => {
    await mountApp(vault, { path: '/exchange' });
    await page.getByRole('button', { name: 'Compare over the telephone…' }).click();
    const list = page.getByRole('list', { name: 'What this device has' });
    await expect.poll(() => list.element().textContent.length).toBeGreaterThan(20);
    return [...list.element().querySelectorAll('[lang=en]')]
      .map((each) => each.textContent)
      .join(' ');
  };
  const words = await wordsOn(hq);
  expect(await wordsOn(a)).toBe(words);
  const dialog = page.getByRole('dialog', { name: 'Compare over the telephone' });
  const typed = dialog.getByRole('textbox', { name: /words or numbers of the other side/ });
  await typed.fill(words.toUpperCase());
  await expect.element(dialog.getByText(/Nothing is missing/)).toBeVisible();

  must(await hq.commit([newPerson(hq, 'Late Comer').edit]));
  const later = await wordsOn(hq);
  expect(later).not.toBe(words);
  await typed.fill(words);
  await expect.element(dialog.getByText(/^Different/)).toBeVisible();
  const replica = hq.device()?.replica ?? '';
  const there = (a.projection.have()[replica] ?? 0).toString();
  await dialog
    .getByRole('textbox', { name: 'Changes of Head office at the other side' })
    .fill(there);
  await expect.element(dialog.getByText('1 missing there')).toBeVisible();
  await end();
});

test('the details of a device name what it has not confirmed by kind, and what is missing of whom', async () => {
  const { hq, a, b, end } = await three();
  await receive(hq, await write(b, [hq]));
  const { edit } = newPerson(b, 'Ada Byron');
  must(await b.commit([edit]));
  // By way of the other laptop: its receipt says that it has what headquarters lacks.
  await receive(a, await write(b, [a]));
  must(await hq.commit([newPerson(hq, 'Chen Wei').edit]));
  await receive(hq, await write(a, [hq], 'receipt'));
  await mountApp(hq, { path: '/exchange' });
  await page.getByRole('button', { name: 'Details of Quay laptop' }).click();
  const panel = page.getByRole('dialog', { name: 'Quay laptop' });
  await expect.element(panel.getByText(/of Hill laptop: no\. \d+$/)).toBeVisible();
  await panel.getByRole('button', { name: 'By kind' }).click();
  await expect.element(panel.getByText(/^People · 1$/)).toBeVisible();
  await end();
});
