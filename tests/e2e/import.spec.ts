/** Spreadsheets into the program, in the built portable edition under its content policy. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import writeWorkbook from 'write-excel-file/node';
import { dataSets } from './dataSets';
import { expect, test } from './fixtures';
import { importSheets, setUpHq } from './steps';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'sample', 'csv');
/** For registers of a hundred thousand rows on a busy machine. */
const SLOW = { timeout: 120_000 };

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const chip = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });

async function place(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'holdfast-import-')), name);
  await writeFile(path, content);
  return path;
}

async function choose(page: Page, ...files: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Import spreadsheet' }).click();
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Choose files').click();
  await (await chooser).setFiles([...files]);
}

/** From the content over the columns to the preview, with what is guessed. */
async function toPreview(page: Page): Promise<void> {
  await button(page, 'Continue').click();
  await button(page, 'Continue').click();
  await expect(page.getByRole('table', { name: /^Rows of the file/ })).toBeVisible();
}

test.beforeEach(({ page }) => setUpHq(page, 'Head office', 'Chen Wei'));

test('an XLSX workbook comes in with its days and numbers, and the errors of its formulas are told', async ({
  page,
}) => {
  const head = ['id', 'name', 'class', 'serial', 'installed', 'description'];
  const path = await place(
    'assets.xlsx',
    await writeWorkbook([
      { sheet: 'Notes', data: [[{ value: 'Register of the north site' }]] },
      {
        sheet: 'Assets',
        data: [
          head.map((value) => ({ value })),
          [
            { value: 'c1' },
            { value: 'Core router' },
            { value: 'router' },
            { value: 4_096_000_123 },
            { value: new Date(Date.UTC(2026, 1, 28)), format: 'yyyy-mm-dd' },
            { value: '#N/A' },
          ],
        ],
      },
    ]).toBuffer(),
  );
  await choose(page, path);
  await page.getByRole('combobox', { name: 'Sheet' }).click();
  await page.getByRole('option', { name: 'Assets' }).click();
  await expect(page.getByText('1 row · 6 columns')).toBeVisible();
  await expect(page.getByRole('cell', { name: '2026-02-28' })).toBeVisible();
  await toPreview(page);
  await expect(chip(page, 'With warnings: 1')).toBeEnabled();
  await expect(page.getByText(/description: The cell holds #N\/A/)).toBeVisible();
  await button(page, 'Import 1 row').click();
  await expect(page.getByText('assets.xlsx is imported')).toBeVisible();
  await page.getByRole('link', { name: /^Show / }).click();
  await expect(page.getByText('Core router')).toBeVisible();
});

test('a Chinese register in GB18030 is read without being told its encoding', async ({ page }) => {
  await choose(page, join(sample, 'contacts-gb18030.csv'));
  await expect(page.getByRole('combobox', { name: 'Text encoding' })).toHaveValue(/GB18030/);
  const text = new TextDecoder('gb18030').decode(
    readFileSync(join(sample, 'contacts-gb18030.csv')),
  );
  const name = text.split(/\r?\n/u)[1]?.split(';')[0] ?? '';
  expect(name).toMatch(/\p{Script=Han}/u);
  await expect(page.getByRole('cell', { name, exact: true })).toBeVisible();
  await toPreview(page);
  await button(page, 'Import 3 rows').click();
  await page.getByRole('link', { name: /^Show / }).click();
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
});

test('refused rows are saved with their reasons, repaired and imported, and one undo takes a file back', async ({
  page,
}) => {
  const text = 'name;email;verified\nInes;ines@x.example;2026-11-02\n"Tom; night";;3/4/2026\n';
  await choose(page, await place('people.csv', text));
  await toPreview(page);
  await button(page, 'Import 1 row').click();
  const started = page.waitForEvent('download');
  await button(page, 'Save 1 refused row').click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('people - refused rows.csv');
  const saved = readFileSync(await download.path(), 'utf8');
  expect(saved).toMatch(/^\uFEFFname;email;verified;Reason\r\n"Tom; night";;3\/4\/2026;.+\r\n$/u);

  await button(page, 'Import another file').click();
  await choose(page, await place('repaired.csv', saved.replace('3/4/2026', '2026-04-03')));
  await toPreview(page);
  await expect(chip(page, 'New: 1')).toBeEnabled();
  await button(page, 'Import 1 row').click();
  await expect(page.getByText('repaired.csv is imported')).toBeVisible();
  await button(page, 'Undo this import').click();
  await expect(page.getByText('The import of repaired.csv was taken back.')).toBeVisible();
  await page.goto(`${page.url().split('#')[0]}#/kind/person`);
  await expect(page.getByText('Ines', { exact: true })).toBeVisible();
  await expect(page.getByText('Tom; night')).toBeHidden();
});

test('a name that several records share is told before, and listed with links after', async ({
  page,
}) => {
  await importSheets(page, [
    await place('cis.csv', 'id,name,class\nd1,Panel,panel\nd2,Panel,panel\nd3,Router,router\n'),
  ]);
  await button(page, 'Import another file').click();
  await choose(page, await place('relations.csv', 'from,relation,to\nRouter,powered by,Panel\n'));
  await toPreview(page);
  await expect(page.getByRole('alert').getByText(/^One name is shared .*Panel/)).toBeVisible();
  await button(page, 'Import 1 row').click();
  const list = page.getByRole('region', { name: 'Duplicates to review' });
  await expect(list.getByRole('link')).toHaveCount(2);
  await list.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Panel' })).toBeVisible();
});

/** Presses the button in the moment it comes up, before what it calls off can be over. */
async function pressWhenShown(page: Page, name: string, begin: () => Promise<void>): Promise<void> {
  const handle = await page.evaluateHandle((text) => {
    const find = () => [...document.querySelectorAll('button')].find((b) => b.innerText === text);
    const whenPressed = new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        const found = find();
        if (!found) return;
        watch.disconnect();
        found.click();
        resolve();
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    return { whenPressed };
  }, name);
  await begin();
  await handle.evaluate(({ whenPressed }) => whenPressed);
}

test('a hundred thousand rows can be called off at every step, and leave nothing behind', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const rows = Array.from({ length: 100_000 }, (_, i) => `c${i},Server ${i},Hall ${i % 40}`);
  const register = await place('cis.csv', ['id,name,site', ...rows].join('\r\n'));
  const cmdb = page.getByRole('link', { name: /^CMDB/ });
  const before = await cmdb.textContent();
  expect(before).toMatch(/\d/u);

  await pressWhenShown(page, 'Cancel', () => choose(page, register));
  await expect(button(page, 'Choose files')).toBeVisible();

  await choose(page, register);
  await expect(page.getByText('100,000 rows · 3 columns')).toBeVisible(SLOW);
  await button(page, 'Continue').click();
  await pressWhenShown(page, 'Cancel', () => button(page, 'Continue').click());
  await expect(page.getByRole('combobox', { name: 'Field for column name' })).toBeVisible();

  await button(page, 'Continue').click();
  await expect(chip(page, 'New: 100,000')).toBeEnabled(SLOW);
  await pressWhenShown(page, 'Cancel', () => button(page, 'Import 100,000 rows').click());
  await expect(button(page, 'Import 100,000 rows')).toBeVisible();
  await expect(cmdb).toHaveText(before ?? '');
  await page.reload();
  await expect(cmdb).toHaveText(before ?? '');
});

for (const data of dataSets) {
  test(`importing the same files again changes nothing, on ${data.name}`, async ({ page }) => {
    test.skip(!data.folder, data.missing);
    test.setTimeout(240_000);
    const files = data.files.map(({ file }) => join(data.folder ?? '', file));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const first = await importSheets(page, files);
    for (const { file, rows } of data.files) {
      expect(first[file]).toEqual({ created: rows, refused: 0 });
    }
    await button(page, 'Import another file').click();
    for (const result of Object.values(await importSheets(page, files))) {
      expect(result).toEqual({ created: 0, refused: 0 });
    }
    await expect(page.getByText(/ held nothing new$/)).toBeVisible();
  });
}
