/**
 * Files that never arrive, pages that die in the middle of an import, pictures that were left
 * behind: what is missing is named, and comes with a later file.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import {
  apply,
  chosen,
  dialogOf,
  exchangePart,
  expectField,
  inTab,
  ITEM,
  report,
  rewrite,
  take,
  wordsOfAll,
  writeFile,
} from './exchangeSteps';
import { test } from './organisation';
import { findRecord, goTo, importSheets, newRecord } from './steps';

/** Three browsers on one busy machine; alone they need a minute at most. */
test.describe.configure({ timeout: 240_000 });

test('a file that is lost is named by its number, and the next one closes the gap', async ({
  organisation: { hq, a, folder },
}) => {
  const cardOfA = () => hq.getByRole('article', { name: 'Device Laptop A' });

  await test.step('no. 3 is lost, no. 4 says so and carries what was in it', async () => {
    await rewrite(hq, ITEM, 'Role', 'first decision');
    await writeFile(hq, folder, { to: ['Laptop A'] });
    await rewrite(hq, ITEM, 'Rack and unit', 'R7 U2');
    const dialog = await report(a, await writeFile(hq, folder, { to: ['Laptop A'] }));
    await expect(dialog.getByText('File 4 from Harbour Logistics')).toBeVisible();
    await dialog.getByRole('tab', { name: 'Missing 1' }).click();
    await expect(
      dialog.getByText(
        'File 3 from Harbour Logistics has not come. That leaves no gap: what was not confirmed was sent again.',
      ),
    ).toBeVisible();
    await apply(dialog);
    await expectField(a, ITEM, 'first decision');
    await goTo(a, 'Exchange');
    await a.getByRole('button', { name: 'Details of Harbour Logistics' }).click();
    await expect(
      dialogOf(a, 'Harbour Logistics').getByText(/^File 3 from Harbour Logistics has not come/),
    ).toBeVisible();
    await a.keyboard.press('Escape');
  });

  await test.step('a receipt alone tells headquarters', async () => {
    await goTo(hq, 'Exchange');
    await expect(cardOfA()).toContainText('not confirmed by it');
    const receipt = await writeFile(a, folder, { to: ['Harbour'], content: 'Receipt only' });
    const dialog = await report(hq, receipt);
    await expect(dialog.getByText('Everything in it is here already.')).toBeVisible();
    await apply(dialog);
    await expect(cardOfA()).toContainText('Has confirmed everything here');
  });

  await test.step('the next file brings only what is new and nothing is missing', async () => {
    await newRecord(hq, 'ci', { Name: 'Edge router' });
    const dialog = await report(a, await writeFile(hq, folder, { to: ['Laptop A'] }));
    await expect(dialog.getByText('File 5 from Harbour Logistics')).toBeVisible();
    await expect(inTab(dialog, 'New', 1)).toBeVisible();
    await expect(inTab(dialog, 'Changed', 0)).toBeVisible();
    await expect(inTab(dialog, 'Missing', 0)).toBeVisible();
    await apply(dialog);
    await take(hq, await writeFile(a, folder, { to: ['Harbour'] }));
    expect(await wordsOfAll(a)).toEqual(await wordsOfAll(hq));
  });
});

const ROWS = 3000;

test('a page killed in the middle of an import leaves all of the file or nothing, and a retry succeeds', async ({
  organisation: { hq, a, contextOfA: context, folder },
  watch,
}) => {
  const address = a.url().split('#')[0] ?? '';
  const register = join(folder, 'register.csv');
  writeFileSync(register, registerOf(ROWS));
  expect(await importSheets(hq, [register])).toEqual({
    'register.csv': { created: ROWS, refused: 0 },
  });
  // Headquarters has all of A, so that both have the same once A has the large file.
  await take(hq, await writeFile(a, folder, { to: ['Harbour'] }));
  const large = await writeFile(hq, folder, { to: ['Laptop A'] });
  const before = await wordsOfAll(a);
  const after = await wordsOfAll(hq);
  expect(after).not.toEqual(before);
  // Killed pages say so on the console.
  watch.allow(/net::ERR_/);

  let page = a;
  const again = async (): Promise<Page> => {
    await page.close();
    const next = await context.newPage();
    await next.goto(address);
    await expect(next.getByRole('navigation').first()).toBeVisible();
    return next;
  };

  await test.step('while the file is read, or has just been', async () => {
    await goTo(page, 'Exchange');
    await page.getByRole('button', { name: 'Import file…', exact: true }).click();
    const dialog = dialogOf(page, 'Import a file');
    // Read within a blink on a fast machine: then nothing was applied yet all the same.
    const reading = dialog
      .getByRole('progressbar', { name: 'Progress' })
      .or(dialog.getByRole('button', { name: 'Apply', exact: true }))
      .first()
      .waitFor();
    await chosen(page, dialog.getByRole('button', { name: /^Drop an exchange file/ }), large);
    await reading;
    page = await again();
    expect(await wordsOfAll(page)).toEqual(before);
  });

  for (const [when, write] of [
    ['at the first write to the disk', 1],
    ['at the third write to the disk', 3],
  ] as const) {
    await test.step(when, async () => {
      const dialog = await report(page, large);
      const kill = await killer(page);
      await stopAtWrite(page, write);
      const stopped = page.waitForEvent('console', (line) => line.text() === STOPPED);
      // The page answers no more, so the click is never told to be done.
      const click = dialog
        .getByRole('button', { name: 'Apply', exact: true })
        .click()
        .catch(() => undefined);
      await stopped;
      await kill();
      page = await again();
      await click;
      expect(await wordsOfAll(page)).toEqual(before);
    });
  }

  await test.step('right after saying yes, whatever was reached', async () => {
    const dialog = await report(page, large);
    await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
    page = await again();
    expect([before, after]).toContainEqual(await wordsOfAll(page));
  });

  await test.step('the retry succeeds and every record is there', async () => {
    const dialog = await report(page, large);
    const apply = dialog.getByRole('button', { name: /^(?:Apply|Note the receipt)$/ });
    if (await apply.isVisible()) await apply.click();
    await expect(
      dialog.getByText(/The file is applied|The receipt is noted|Everything in it is here already/),
    ).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    expect(await wordsOfAll(page)).toEqual(after);
    await findRecord(page, `Host ${ROWS}`, `Host ${ROWS}`);
    await findRecord(page, ITEM, ITEM);
  });
});

const registerOf = (rows: number): string =>
  [
    'id,name,serial,role',
    ...Array.from({ length: rows }, (_, i) => `c${i + 1},Host ${i + 1},SN-${i + 1},test`),
  ].join('\n');

/** Ends the page's process, which may not be able to answer any more. */
async function killer(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return async () => {
    const crashed = page.waitForEvent('crash');
    // Whom it ends cannot answer it.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  };
}

const STOPPED = 'stopped in the middle of a write';

/** The page never gets past its n-th write to the database from now on. */
async function stopAtWrite(page: Page, nth: number): Promise<void> {
  await page.evaluate(
    ({ at, text }) => {
      let writes = 0;
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function stopping(...args) {
        const request = put.apply(this, args);
        writes++;
        if (writes === at) {
          // The only word that gets out of a page that never rests again.
          // oxlint-disable-next-line no-console
          console.info(text);
          for (;;);
        }
        return request;
      };
    },
    { at: nth, text: STOPPED },
  );
}

/** A picture of one pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a photo that did not fit is a name at first, is asked for, and comes', async ({
  organisation: { hq, a, folder },
}) => {
  const photo = join(folder, 'rack.png');
  writeFileSync(photo, PHOTO);
  const atHq = hq
    .getByRole('region', { name: 'Attachments' })
    .getByRole('listitem', { name: 'rack.png' });

  await test.step('A attaches it, and leaves it out of the first file', async () => {
    await findRecord(a, ITEM, ITEM);
    const section = a.getByRole('region', { name: 'Attachments' });
    await chosen(a, section.getByRole('button', { name: 'Attach files' }), photo);
    await dialogOf(a, 'Attach 1 file').getByRole('button', { name: 'Attach 1 file' }).click();
    await expect(section.getByRole('button', { name: 'Open rack.png' })).toBeEnabled();
    const first = await writeFile(a, folder, {
      to: ['Harbour'],
      before: async (dialog) => {
        const budget = dialog.getByRole('group', { name: 'Attachments in the file' });
        await expect(budget.getByRole('status')).toContainText('1 of 1 go');
        await budget.getByRole('button', { name: 'Choose what goes…' }).click();
        await budget.getByRole('checkbox', { name: /^Pictures: 1/ }).uncheck();
        await expect(budget.getByRole('status')).toContainText('0 of 1 go');
      },
    });
    await take(hq, first);
  });

  await test.step('headquarters sees its name, and that it is not here yet', async () => {
    await findRecord(hq, ITEM, ITEM);
    await expect(atHq).toContainText('Not here yet');
    await exchangePart(hq, 'Needs attention');
    await expect(hq.getByRole('heading', { name: '1 attachment is not here yet' })).toBeVisible();
    await expect(
      hq
        .getByRole('table', { name: 'Attachments not here yet' })
        .getByRole('row', { name: /rack/ }),
    ).toBeVisible();
  });

  await test.step('its next file asks, A’s next file brings it', async () => {
    await take(a, await writeFile(hq, folder, { to: ['Laptop A'] }));
    const second = await writeFile(a, folder, {
      to: ['Harbour'],
      before: async (dialog) => {
        const budget = dialog.getByRole('group', { name: 'Attachments in the file' });
        await expect(budget.getByRole('status')).toContainText('1 of 1 go');
      },
    });
    await take(hq, second);
    await findRecord(hq, ITEM, ITEM);
    await expect(atHq).not.toContainText('Not here yet');
    await atHq.getByRole('button', { name: 'Open rack.png' }).click();
    await expect(hq.getByRole('dialog').getByRole('img', { name: 'rack.png' })).toBeVisible();
  });
});
