/**
 * The main job, end to end with two laptops: from spreadsheets at headquarters to a drill at the
 * remote site, and back to headquarters with every record confirmed.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataSets, type DataSet } from './dataSets';
import { expect, test, untilOffline } from './fixtures';
import {
  applyFile,
  changeField,
  enrolLaptop,
  exportFile,
  findRecord,
  goTo,
  importSheets,
  newRecord,
  openFile,
  relate,
  setUpHq,
  setUpLaptop,
} from './steps';
import type { Page } from '@playwright/test';

const STEPS = ['Open the recovery room', 'Restore the database', 'Check one deposit'] as const;

for (const data of dataSets) {
  test(`from spreadsheets to a drill at the remote site and back, on ${data.name}`, async ({
    openProfile,
    server,
  }) => {
    test.skip(!data.folder, data.missing);
    test.setTimeout(240_000);
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-usb-'));
    const hq = await openProfile();

    await test.step('headquarters imports its spreadsheets', async () => {
      await setUpHq(hq.page, 'Head office', 'Chen Wei');
      const results = await importSheets(
        hq.page,
        data.files.map(({ file }) => join(data.folder ?? '', file)),
      );
      expect(results).toEqual(
        Object.fromEntries(
          data.files.map(({ file, rows }) => [file, { created: rows, refused: 0 }]),
        ),
      );
    });

    await test.step('headquarters writes a service and its plan', async () => {
      await newRecord(hq.page, 'service', { Name: 'Teller recycling', RTO: '2 h', MTPD: '4 h' });
      await relate(hq.page, 'Depends on', data.item);
      await writePlan(hq.page, data);
    });

    const site = await openProfile();
    await untilOffline(site.page);
    await untilOffline(hq.page);
    await server.close();
    await site.context.setOffline(true);
    await hq.context.setOffline(true);
    await site.page.reload();

    await setUpLaptop(site.page, 'Harbour laptop', 'Li Na');
    const snapshot = await test.step('headquarters enrols the laptop by file', () =>
      enrolLaptop(hq.page, site.page, folder));

    await test.step('the site starts from that one file, with the server gone', async () => {
      await openFile(site.page, snapshot);
      await expect(site.page.getByText(/makes the laptop a member of Head office/)).toBeVisible();
      await applyFile(site.page);
      await findRecord(site.page, 'hall unreach', 'Main hall unreachable');
    });

    await test.step('the site declares the loss and runs the drill to the report', async () => {
      await site.page.getByRole('button', { name: 'Start drill or invocation' }).click();
      await runDrill(site.page, data);
    });

    await test.step('the site corrects a telephone number and exports', async () => {
      await findRecord(site.page, data.person.slice(0, 6), data.person);
      await changeField(site.page, 'Mobile', '+1 555 0100');
      await expect(site.page.getByText('Not exported')).toBeVisible();
    });
    const back = await exportFile(site.page, folder);
    await findRecord(site.page, data.person.slice(0, 6), data.person);
    await expect(site.page.getByText('Exported', { exact: true })).toBeVisible();

    await test.step('headquarters sees the drill, the report and the contact', async () => {
      await openFile(hq.page, back);
      await applyFile(hq.page);
      await findRecord(hq.page, data.person.slice(0, 6), data.person);
      await expect(hq.page.getByText('+1 555 0100').first()).toBeVisible();
      await goTo(hq.page, 'Respond');
      await hq.page
        .getByRole('link', { name: /^Report/ })
        .first()
        .click();
      await expect(hq.page.getByText('2 of 2 reached')).toBeVisible();
      await expect(hq.page.getByText('Backup tape read without errors')).toBeVisible();
    });

    const receipt = await exportFile(hq.page, folder);
    await test.step('the site sees its records confirmed', async () => {
      await openFile(site.page, receipt);
      await applyFile(site.page);
      await findRecord(site.page, data.person.slice(0, 6), data.person);
      await expect(site.page.getByText('Confirmed', { exact: true })).toBeVisible();
    });

    await test.step('the same file again changes nothing', async () => {
      await openFile(site.page, snapshot);
      await expect(site.page.getByText('Everything in it is here already.')).toBeVisible();
    });
  });
}

async function writePlan(page: Page, data: DataSet): Promise<void> {
  await newRecord(page, 'plan', { Name: 'Main hall unreachable' });
  await page.getByRole('tab', { name: 'Relations and history' }).click();
  await relate(page, 'Restores', 'Teller recycling');
  await page.getByRole('tab', { name: /Recovery steps/ }).click();
  for (const title of STEPS) {
    await page.getByRole('textbox', { name: 'Title of the next step' }).fill(title);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: new RegExp(title) })).toBeVisible();
  }
  await page.getByRole('tab', { name: 'Call tree' }).click();
  for (const [role, person] of [
    ['Recovery lead', data.person],
    ['Site manager', data.second],
  ] as const) {
    await page.getByRole('textbox', { name: 'Role', exact: true }).fill(role);
    await page.getByRole('combobox', { name: 'Person', exact: true }).fill(person);
    await page.getByRole('option', { name: person }).first().click();
    await page.getByRole('button', { name: 'Add to the call tree' }).click();
    await expect(page.getByText(role).first()).toBeVisible();
  }
}

async function runDrill(page: Page, data: DataSet): Promise<void> {
  await page.getByRole('combobox', { name: '1 What is lost?' }).fill(data.site);
  await page
    .getByRole('option', { name: new RegExp(data.site) })
    .first()
    .click();
  await expect(page.getByText('Teller recycling').first()).toBeVisible();
  await page.getByRole('radio', { name: 'Drill' }).click();
  await page.getByRole('button', { name: 'Start the drill' }).click();
  await expect(page).toHaveURL(/#\/respond\/run\//);
  await expect(page.getByText('演练 DRILL').first()).toBeVisible();

  await page.getByRole('button', { name: 'Start: step 1' }).click();
  await page.getByRole('button', { name: 'Done: step 1' }).click();
  await page
    .getByRole('textbox', { name: 'Write to the log' })
    .fill('Backup tape read without errors');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Reached/ }).click();
  await expect(page.getByText('1 of 2 reached')).toBeVisible();

  // The laptop is closed in the middle and opened again: nothing is lost.
  await page.reload();
  await expect(page.getByText('1 of 3 done')).toBeVisible();
  await expect(page.getByText('Backup tape read without errors')).toBeVisible();
  await page.getByRole('button', { name: /^Reached/ }).click();
  await page.getByRole('button', { name: 'Start: step 2' }).click();
  await page.getByRole('button', { name: 'Done: step 2' }).click();
  await page.getByRole('button', { name: 'Start: step 3' }).click();
  await page.getByRole('button', { name: 'Done: step 3' }).click();
  await page.getByRole('button', { name: 'Teller recycling is back', exact: true }).click();
  await page.getByRole('button', { name: /^Stand down/ }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('The hall can be entered again.');
  await page.getByRole('button', { name: 'Stand down and report' }).click();

  await expect(page.getByRole('article').getByText('After-action report')).toBeVisible();
  await expect(page.getByText('1 of 1 services with an RTO came back in time.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Findings' }).fill('The console key was hard to find.');
  await page.getByRole('button', { name: 'Save evaluation' }).click();
  await expect(page.getByText('Evaluation saved')).toBeVisible();
}
