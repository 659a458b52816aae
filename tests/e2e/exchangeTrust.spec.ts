/**
 * Who is believed: a laptop that was revoked, a file in the wrong hands, an extract for somebody
 * outside.
 */
import { expect } from './fixtures';
import {
  apply,
  beginLaptop,
  chooseForImport,
  chosen,
  close,
  cutOff,
  dialogOf,
  exchangePart,
  expectField,
  inTab,
  ITEM,
  report,
  rewrite,
  saved,
  SLOW,
  take,
  wordsOfAll,
  writeFile,
} from './exchangeSteps';
import { test } from './organisation';
import { findRecord, goTo } from './steps';

const SEALED_FOR_OTHERS = /^This file is sealed for other devices, and no key on this one opens it/;

/** Three browsers on one busy machine; alone they need a minute at most. */
test.describe.configure({ timeout: 240_000 });

test('what a revoked laptop wrote afterwards is held by everybody until headquarters accepts it', async ({
  organisation: { hq, a, b, folder },
}) => {
  await rewrite(b, ITEM, 'Role', 'feeds the gate');
  await take(hq, await writeFile(b, folder, { to: ['Harbour'] }));

  await test.step('headquarters revokes B up to what has come', async () => {
    await exchangePart(hq, 'Devices');
    await hq.getByRole('button', { name: 'Laptop B', exact: true }).click();
    await dialogOf(hq, 'Laptop B').getByRole('button', { name: 'Revoke', exact: true }).click();
    const dialog = dialogOf(hq, 'Revoke Laptop B');
    await expect(dialog.getByText('2 are here')).toBeVisible();
    await expect(dialog.getByRole('textbox', { name: 'Last accepted change' })).toHaveValue('2');
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(dialog.getByText('Laptop B is revoked')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await hq.keyboard.press('Escape');
    await expect(hq.getByRole('row', { name: /Laptop B/ })).toContainText('Revoked');
    await take(a, await writeFile(hq, folder));
    await expectField(a, ITEM, 'feeds the gate');
  });

  await rewrite(b, ITEM, 'Rack and unit', 'R1 U1');
  const late = await writeFile(b, folder, { to: ['Harbour', 'Laptop A'] });
  for (const [who, page] of [
    ['headquarters', hq],
    ['A', a],
  ] as const) {
    await test.step(`${who} holds what B wrote later, and says why`, async () => {
      const dialog = await report(page, late);
      await expect(dialog.getByText('sender revoked')).toBeVisible();
      await expect(inTab(dialog, 'Held', 1)).toBeVisible();
      await expect(inTab(dialog, 'Changed', 0)).toBeVisible();
      await apply(dialog);
      await exchangePart(page, 'Needs attention');
      const held = page.getByRole('article', { name: 'Held changes of Laptop B' });
      await expect(held).toContainText('Revoked');
      await expect(held).toContainText('these changes lie after the last one that was accepted');
      await held.getByRole('button', { name: 'What it contains' }).click();
      await expect(held).toContainText('R1 U1');
      await expect(held.getByRole('button', { name: 'Accept for everybody' })).toHaveCount(
        page === hq ? 1 : 0,
      );
      await findRecord(page, ITEM, ITEM);
      await expect(page.getByText('R1 U1')).toBeHidden();
    });
  }

  await test.step('headquarters accepts it for everybody, and A has it with the next file', async () => {
    await exchangePart(hq, 'Needs attention');
    await hq.getByRole('button', { name: 'Accept for everybody' }).click();
    await expect(hq.getByText('Nothing needs attention.')).toBeVisible();
    await expectField(hq, ITEM, 'R1 U1');
    await take(a, await writeFile(hq, folder));
    await expectField(a, ITEM, 'R1 U1');
    await exchangePart(a, 'Needs attention');
    await expect(a.getByText('Nothing needs attention.')).toBeVisible();
  });
});

test('a file in the wrong hands stays shut, and changes nothing', async ({
  openProfile,
  organisation: { hq, b, folder },
  server,
}) => {
  const stranger = await openProfile();
  await cutOff(server, stranger);
  await rewrite(hq, ITEM, 'Role', 'for A alone');
  const forA = await writeFile(hq, folder, { to: ['Laptop A'] });

  await test.step('on a laptop of the organisation that it was not meant for', async () => {
    const before = await wordsOfAll(b);
    const dialog = await chooseForImport(b, forA);
    await expect(dialog.getByRole('alert')).toHaveText(SEALED_FOR_OTHERS);
    await close(dialog);
    expect(await wordsOfAll(b)).toEqual(before);
    await exchangePart(b, 'Files');
    await expect(b.getByText('holdfast-', { exact: false })).toHaveCount(1);
  });

  await test.step('on a machine that belongs to nobody', async () => {
    await stranger.page.getByRole('button', { name: 'Open a package you were given' }).click();
    await chosen(
      stranger.page,
      stranger.page.getByRole('button', { name: 'Choose the file…' }),
      forA,
    );
    await expect(stranger.page.getByRole('alert')).toHaveText(/^This is not an extract\./);
    await stranger.page.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('on a laptop that asks but was never enrolled', async () => {
    await beginLaptop(stranger.page, 'Laptop X', 'Nobody');
    await stranger.page.getByRole('button', { name: 'I have the answer: open it' }).click();
    const dialog = dialogOf(stranger.page, 'Import a file');
    await chosen(
      stranger.page,
      dialog.getByRole('button', { name: /^Drop an exchange file here/ }),
      forA,
    );
    await expect(dialog.getByRole('alert')).toHaveText(SEALED_FOR_OTHERS);
    await close(dialog);
    await exchangePart(stranger.page, 'Files');
    await expect(stranger.page.getByText('No file has come or gone.')).toBeVisible();
  });
});

test('an extract for somebody outside is read there, and taken in nowhere', async ({
  openProfile,
  organisation: { hq, a, folder },
  server,
}) => {
  const passphrase = 'anchor lantern gravel seven';
  const { page: outside, ...rest } = await openProfile();
  await cutOff(server, { page: outside, ...rest });
  const extract = await test.step('headquarters writes it', async () => {
    await goTo(hq, 'Exchange');
    await hq.getByRole('button', { name: 'Export file…', exact: true }).click();
    const dialog = dialogOf(hq, 'Export a file');
    await dialog.getByText('Somebody outside', { exact: true }).click();
    await dialog.getByRole('checkbox', { name: 'Configuration items', exact: true }).check();
    await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await dialog.getByLabel('Passphrase again').fill(passphrase);
    const path = await saved(hq, dialog.getByRole('button', { name: 'Write file' }), folder);
    await expect(dialog.getByText('The file is written')).toBeVisible();
    await close(dialog);
    return path;
  });

  await test.step('a member does not take it in', async () => {
    const before = await wordsOfAll(a);
    const dialog = await chooseForImport(a, extract);
    await dialog.getByLabel('Passphrase').fill(passphrase);
    await dialog.getByRole('button', { name: 'Open and check' }).click();
    await expect(dialog.getByRole('alert')).toHaveText(
      /^This is an extract made for somebody outside/,
      SLOW,
    );
    await close(dialog);
    expect(await wordsOfAll(a)).toEqual(before);
  });

  await test.step('outside it is shown under its banner, to read only', async () => {
    await outside.getByRole('button', { name: 'Open a package you were given' }).click();
    await chosen(outside, outside.getByRole('button', { name: 'Choose the file…' }), extract);
    await outside.getByLabel('Passphrase').fill(passphrase);
    await outside.getByRole('button', { name: 'Open and check' }).click();
    await outside.getByRole('button', { name: 'Show it on this device' }).click(SLOW);
    const banner = outside.getByRole('status').filter({ hasText: 'Extract of Harbour Logistics' });
    await expect(banner).toContainText('It is not everything, and it does not change any more.');
    await findRecord(outside, ITEM, ITEM);
    await expect(banner).toBeVisible();
    await expect(outside.getByText('as delivered').first()).toBeVisible();
    await expect(outside.getByRole('button', { name: 'Edit', exact: true })).toBeDisabled();
    await goTo(outside, 'Exchange');
    await expect(outside.getByRole('button', { name: 'Import file…' })).toBeHidden();
    await expect(outside.getByRole('button', { name: 'Export file…' })).toBeHidden();
    await outside.reload();
    await expect(banner).toBeVisible();
  });
});
