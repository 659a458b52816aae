/** What people do on an ordinary day, and what they get wrong on it, on the sample organisation. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type Profile, type ProfileOptions } from './fixtures';
import {
  applyFile,
  changeField,
  enrolLaptop,
  exportFile,
  findRecord,
  goTo,
  openFile,
  openSample,
  setUpLaptop,
  tabTo,
  tryFile,
} from './steps';

const PERSON = 'David Okoye';

const usbStick = () => mkdtempSync(join(tmpdir(), 'holdfast-usb-'));

const fieldIn = (page: Page, group: string, label: string): Locator =>
  page
    .getByRole('region', { name: group })
    .locator('dt', { hasText: new RegExp(`^${label}$`) })
    .locator('xpath=following-sibling::dd[1]');

const historyOf = (page: Page): Locator => page.getByRole('region', { name: 'History' });

test('two sites change one number, and headquarters settles it for both', async ({
  openProfile,
}) => {
  test.setTimeout(240_000);
  const stick = usbStick();
  const { hq, site } = await twoLaptops(openProfile, stick);
  await findRecord(hq.page, PERSON, PERSON);
  await changeField(hq.page, 'Mobile', '+1 555 0111');
  await findRecord(site.page, PERSON, PERSON);
  await changeField(site.page, 'Mobile', '+1 555 0222');
  const back = await exportFile(site.page, stick);

  await test.step('the dry run tells of the conflict before anything is applied', async () => {
    const dialog = await openFile(hq.page, back);
    await expect(dialog.getByRole('tab', { name: 'In conflict' })).toHaveText(/1$/);
    const row = dialog.getByRole('row', { name: new RegExp(PERSON) });
    await expect(row.getByText('+1 555 0111').last()).toBeVisible();
    await expect(row.getByText('+1 555 0222')).toBeVisible();
    await applyFile(hq.page);
  });

  await test.step('the record shows both values with who and when, until one is kept', async () => {
    await findRecord(hq.page, PERSON, PERSON);
    const { page } = hq;
    await expect(page.getByText('1 field was changed on two devices at once')).toBeVisible();
    const choice = page.getByRole('group', { name: 'Mobile' });
    const own = choice.getByRole('group', { name: '+1 555 0111' });
    const theirs = choice.getByRole('group', { name: '+1 555 0222' });
    await expect(own).toContainText(/Helen Marsh · \d{4}-\d\d-\d\d \d\d:\d\d/);
    await expect(theirs).toContainText(/Li Na · \d{4}-\d\d-\d\d \d\d:\d\d/);
    await expect(theirs).toContainText('on Harbour laptop');
    await theirs.getByRole('button', { name: 'Keep this value' }).click();
    await expect(choice).toBeHidden();
    await expect(fieldIn(page, 'How to reach', 'Mobile')).toHaveText('+1 555 0222');
    await expect(historyOf(page).getByText('Conflict resolved')).toBeVisible();
  });

  const answer = await exportFile(hq.page, stick);
  await test.step('the laptop takes the decision over without a conflict of its own', async () => {
    const dialog = await openFile(site.page, answer);
    await expect(dialog.getByRole('tab', { name: 'In conflict' })).toHaveText(/0$/);
    await applyFile(site.page);
    await findRecord(site.page, PERSON, PERSON);
    await expect(site.page.getByText('In conflict')).toBeHidden();
    await expect(fieldIn(site.page, 'How to reach', 'Mobile')).toHaveText('+1 555 0222');
    await expect(site.page.getByText('Confirmed', { exact: true })).toBeVisible();
  });
});

test('a record is deleted, brought back, changed and undone, and its history tells it all', async ({
  openProfile,
}) => {
  const { page } = await openProfile();
  await openSample(page);
  await findRecord(page, PERSON, PERSON);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('This record has been deleted')).toBeVisible();

  await goTo(page, 'Contacts');
  await expect(page.getByRole('row', { name: new RegExp(PERSON) })).toBeHidden();
  await page.getByRole('switch', { name: 'Deleted' }).click();
  await page.getByRole('row', { name: new RegExp(PERSON) }).click();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('This record has been deleted')).toBeHidden();

  const mobile = fieldIn(page, 'How to reach', 'Mobile');
  const before = await mobile.innerText();
  await changeField(page, 'Mobile', '+1 555 0333');
  await expect(mobile).toHaveText('+1 555 0333');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Taken back: edit')).toBeVisible();
  await expect(mobile).toHaveText(before);

  const entries = historyOf(page).getByRole('article');
  await expect(entries.nth(0)).toContainText('Undone');
  await expect(entries.nth(0)).toContainText(`+1 555 0333 → ${before}`);
  await expect(entries.nth(1)).toContainText('Helen Marsh');
  await expect(entries.nth(1)).toContainText(`${before} → +1 555 0333`);
  await expect(entries.nth(2)).toContainText('Record restored');
  await expect(entries.nth(3)).toContainText('Record deleted');
});

test('a drill from Respond to its report without touching the mouse', async ({ openProfile }) => {
  const { page } = await openProfile();
  await openSample(page);
  const { keyboard } = page;
  await tabTo(page, page.getByRole('link', { name: 'Declare a loss or start a drill' }));
  await keyboard.press('Enter');

  await test.step('declares the loss of all power', async () => {
    const search = page.getByRole('combobox', { name: '1 What is lost?' });
    await expect(search).toBeFocused();
    for (const item of ['Power feed A', 'Power feed B', 'Generator']) {
      await keyboard.type(item);
      await expect(page.getByRole('option', { name: new RegExp(item) }).first()).toBeVisible();
      await keyboard.press('Enter');
      await keyboard.press('Control+a');
    }
    await expect(page.getByRole('radio', { name: /Loss of mains power/ })).toBeChecked();
    await tabTo(page, page.getByRole('radio', { name: 'Drill' }));
    await keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Start the drill' }));
    await keyboard.press('Enter');
    await expect(page.getByRole('timer')).toBeVisible();
  });

  const call = page.getByRole('group', { name: 'Call now' });
  await test.step('starts and ends a step, and rings the deputy when nobody answers', async () => {
    await keyboard.press('s');
    await expect(page.getByRole('button', { name: 'Done: step 1' })).toBeVisible();
    await keyboard.press('d');
    await expect(page.getByText('1 of 9 done')).toBeVisible();
    await expect(call).toContainText('Rob Carver');
    await keyboard.press('2');
    await expect(call).toContainText('Sofia Marino');
    await expect(call).toContainText('for Rob Carver');
    await keyboard.press('1');
    await expect(page.getByText('1 of 5 reached')).toBeVisible();
  });

  await test.step('writes a line into the log', async () => {
    await tabTo(page, page.getByRole('textbox', { name: 'Write to the log' }));
    await keyboard.type('Generator room is under water');
    await keyboard.press('Enter');
    const log = page.getByRole('list', { name: 'Log' });
    await expect(log.getByText('Generator room is under water')).toBeVisible();
    await expect(log.getByText('Rob Carver: no answer (Leads the response)')).toBeVisible();
    await expect(
      log.getByText('Sofia Marino reached (Leads the response), as deputy'),
    ).toBeVisible();
  });

  await test.step('marks a service as back and stands down', async () => {
    await tabTo(page, page.getByRole('button', { name: / is back$/ }).first());
    await keyboard.press('Enter');
    await expect(page.getByRole('button', { name: / is lost again$/ })).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: /^Stand down/ }));
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'End the drill' });
    await expect(dialog.getByRole('textbox')).toBeFocused();
    await keyboard.type('Mains power is back.');
    await tabTo(page, dialog.getByRole('button', { name: 'Stand down and report' }));
    await keyboard.press('Enter');
  });

  const report = page.getByRole('article');
  await expect(report.getByText('After-action report')).toBeVisible();
  await expect(
    report.getByText(/^1 of \d+ services with an RTO came back in time\./),
  ).toBeVisible();
  await expect(report.getByText(/^1 done, 0 skipped, 8 not finished\./)).toBeVisible();
  await expect(
    report.getByText(/^1 of 5 reached \(20 %\) with 2 calls\. 1 through the deputy\./),
  ).toBeVisible();
  await expect(report.getByText('Generator room is under water')).toBeVisible();
});

test('files that cannot be opened say why and change nothing, nor does one that came before', async ({
  openProfile,
}) => {
  test.setTimeout(240_000);
  const stick = usbStick();
  const hq = await openProfile();
  await openSample(hq.page);
  const first = await openProfile();
  await setUpLaptop(first.page, 'Pier laptop', 'Ana Torres');
  const elsewhere = await enrolLaptop(hq.page, first.page, stick);
  const { page } = await openProfile();
  await setUpLaptop(page, 'Harbour laptop', 'Li Na');
  const file = await enrolLaptop(hq.page, page, stick);
  const bytes = readFileSync(file);
  const short = join(stick, 'short.holdfast');
  writeFileSync(short, bytes.subarray(0, Math.floor(bytes.length / 2)));
  const other = join(stick, 'other.holdfast');
  writeFileSync(other, Buffer.from('Minutes of the meeting: everything is fine.'));

  const refusals = [
    [elsewhere, 'sealed for other devices'],
    [short, 'The file is not complete'],
    [other, 'This is not a Holdfast exchange file.'],
  ] as const;
  for (const [path, sentence] of refusals) {
    const dialog = await tryFile(page, path);
    await expect(dialog.getByRole('alert')).toContainText(sentence);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nothing has come from headquarters yet')).toBeVisible();
  await page.getByRole('link', { name: 'Files', exact: true }).click();
  await expect(page.getByText('No file has come or gone.')).toBeVisible();

  await openFile(page, file);
  await applyFile(page);
  const places = page.getByRole('navigation', { name: 'Places' });
  const counts = await places.innerText();
  const dialog = await openFile(page, file);
  await expect(dialog.getByText('Everything in it is here already.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeHidden();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  expect(await places.innerText()).toBe(counts);
});

test('a table keeps its view over a reload, and one undo takes back a change of three', async ({
  openProfile,
}) => {
  const { page } = await openProfile();
  await openSample(page);
  await goTo(page, 'CMDB');
  const table = page.getByRole('grid', { name: 'Configuration items' });
  const nameHead = table.getByRole('columnheader', { name: 'Name', exact: true });
  const rows = table.getByRole('row').filter({ has: page.getByRole('gridcell') });

  await test.step('sorted and filtered, kept under a name', async () => {
    await table.getByTitle('Sort by Name.').click();
    await table.getByTitle('Sort by Name.').click();
    await expect(nameHead).toHaveAttribute('aria-sort', 'descending');
    await page.getByRole('button', { name: 'Filter Name' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Pier 3');
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('status')).toHaveText('8 of 60');
    await expect(rows.first()).toContainText('UPS B, Pier 3');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('The pier');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'The pier', exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page.getByRole('status')).toHaveText('60 records');
  });

  await test.step('the view is there after a reload', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'The pier', exact: true }).click();
    await expect(page.getByRole('status')).toHaveText('8 of 60');
    await expect(nameHead).toHaveAttribute('aria-sort', 'descending');
  });

  await test.step('three items are changed at once, and back with one undo', async () => {
    const names = ['UPS B, Pier 3', 'UPS A, Pier 3', 'Power feed B, Pier 3'];
    for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}` }).click();
    await page.getByRole('button', { name: 'Set a field' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set one field of 3 records' });
    await dialog.getByRole('combobox', { name: 'Field' }).fill('Model');
    await page.getByRole('option', { name: 'Model', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Model' }).fill('Z-900');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('Model set in 3 records')).toBeVisible();
    const changed = rows.filter({ hasText: 'Z-900' });
    await expect(changed).toHaveCount(3);
    await page.keyboard.press('Control+z');
    await expect(changed).toHaveCount(0);
    await expect(page.getByText(/^Taken back: /)).toBeVisible();
    await expect(rows.filter({ hasText: 'U60' })).toHaveCount(2);
  });
});

test('a half-filled form survives the closing of its tab', async ({ openProfile, server }) => {
  const { context, page } = await openProfile();
  await openSample(page);
  await page.goto(`${server.url}#/new/person`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nils Aaker');
  await page.getByRole('textbox', { name: 'Mobile', exact: true }).fill('+1 555 0444');
  const next = await context.newPage();
  await page.close({ runBeforeUnload: true });

  await next.goto(`${server.url}#/new/person`);
  await next.getByRole('button', { name: 'Continue the draft' }).click();
  await expect(next.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Nils Aaker');
  await expect(next.getByRole('textbox', { name: 'Mobile', exact: true })).toHaveValue(
    '+1 555 0444',
  );
  await next.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(next.getByRole('heading', { name: 'Nils Aaker' })).toBeVisible();
  await next.goto(`${server.url}#/new/person`);
  await expect(next.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('');
  await expect(next.getByText('There is an unfinished draft')).toBeHidden();
});

test('of two windows one writes; the other follows, and takes over when it closes', async ({
  openProfile,
  server,
}) => {
  const { context, page: first } = await openProfile();
  await openSample(first);
  const second = await context.newPage();
  await second.goto(server.url);
  const readsOnly = second.getByText('This window can only read');
  await expect(readsOnly).toBeVisible();
  await findRecord(second, PERSON, PERSON);
  for (const name of ['Edit', 'Delete']) {
    await expect(second.getByRole('button', { name, exact: true })).toBeDisabled();
  }

  await findRecord(first, PERSON, PERSON);
  await changeField(first, 'Mobile', '+1 555 0555');
  const mobile = fieldIn(second, 'How to reach', 'Mobile');
  await expect(mobile).toHaveText('+1 555 0555');

  await first.close();
  await expect(readsOnly).toBeHidden();
  await changeField(second, 'Mobile', '+1 555 0666');
  await expect(mobile).toHaveText('+1 555 0666');
});

/** Headquarters with the sample organisation, and a laptop that has all of it from a file. */
async function twoLaptops(
  openProfile: (options?: ProfileOptions) => Promise<Profile>,
  folder: string,
): Promise<{ readonly hq: Profile; readonly site: Profile }> {
  const hq = await openProfile();
  await openSample(hq.page);
  const site = await openProfile();
  await setUpLaptop(site.page, 'Harbour laptop', 'Li Na');
  await openFile(site.page, await enrolLaptop(hq.page, site.page, folder));
  await applyFile(site.page);
  return { hq, site };
}
