/** What a person does, in the words of the screens (English). Tests are written in these steps. */
import { expect, type Download, type Locator, type Page } from '@playwright/test';

/** Presses of Tab after which a control counts as out of reach. */
const MOST_TABS = 150;

export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place }).click();
}

/** `shown`: while the recovery key is on the screen. */
export async function setUpHq(
  page: Page,
  name: string,
  person: string,
  shown?: () => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: /Headquarters: start/ }).click();
  await page.getByRole('textbox', { name: /Organisation or headquarters/ }).fill(name);
  await page.getByRole('textbox', { name: /Your name/ }).fill(person);
  await page.getByRole('textbox', { name: /Site code/ }).fill('HQ');
  await page.getByRole('button', { name: 'Start the organisation' }).click();
  await expect(page.getByText(/^AGE-SECRET-KEY-1/).first()).toBeVisible();
  await shown?.();
  await page.getByRole('checkbox', { name: 'It is printed and locked away' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
}

/** The made-up port operator: this device is its headquarters, with Helen Marsh at it. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /sample organisation/i }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
}

export async function setUpLaptop(page: Page, name: string, person: string): Promise<void> {
  await page.getByRole('button', { name: /A laptop: join/ }).click();
  await page.getByRole('textbox', { name: /Name of this laptop/ }).fill(name);
  await page.getByRole('textbox', { name: /Your name/ }).fill(person);
  await page.getByRole('textbox', { name: /Site code/ }).fill('HB');
  await page.getByRole('button', { name: 'Continue to the request' }).click();
  await expect(page.getByRole('heading', { name: 'Ask to be enrolled' })).toBeVisible();
}

async function saved(page: Page, press: () => Promise<void>, folder: string): Promise<string> {
  const started = page.waitForEvent('download');
  await press();
  const download: Download = await started;
  const path = `${folder}/${download.suggestedFilename()}`;
  await download.saveAs(path);
  return path;
}

const shownWords = async (within: Page | Locator): Promise<string> => {
  const list = within.getByRole('list', { name: 'Words of this device' });
  await expect(list.getByRole('listitem')).toHaveCount(6);
  return list.innerText();
};

/**
 * A laptop that was just set up asks, headquarters compares the words and enrols: the path of the
 * one file that headquarters gives back. `asked`: while the request is on the screen.
 */
export async function enrolLaptop(
  hq: Page,
  laptop: Page,
  folder: string,
  asked?: () => Promise<void>,
): Promise<string> {
  const ask = laptop.getByRole('button', { name: 'Save the request file' });
  const request = await saved(laptop, () => ask.click(), folder);
  const words = await shownWords(laptop);
  await goTo(hq, 'Exchange');
  await hq.getByRole('link', { name: 'Devices' }).first().click();
  await chooseFiles(hq, 'Open a request…', [request]);
  const dialog = hq.getByRole('dialog', { name: 'Enrol a device' });
  expect(await shownWords(dialog)).toBe(words);
  await asked?.();
  await dialog.getByRole('checkbox', { name: /^I compared them with/ }).click();
  await dialog.getByRole('button', { name: 'Enrol', exact: true }).click();
  const write = dialog.getByRole('button', { name: 'Write its file' });
  const answer = await saved(hq, () => write.click(), folder);
  await expect(dialog.getByText('The file is written')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  return answer;
}

async function chooseFiles(
  page: Page,
  button: string | RegExp,
  files: readonly string[],
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles([...files]);
}

export interface Imported {
  readonly created: number;
  readonly refused: number;
}

/** Takes files through the wizard with what it guesses by itself; results by file name. */
export async function importSheets(
  page: Page,
  files: readonly string[],
): Promise<Readonly<Record<string, Imported>>> {
  await page.getByRole('link', { name: 'Import spreadsheet' }).click();
  await chooseFiles(page, 'Choose files', files);
  const results: Record<string, Imported> = {};
  for (let at = 0; at < files.length; at++) {
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    const write = page.getByRole('button', { name: /^Import \d|^Finish without/ });
    await expect(write).toBeVisible();
    const counts = {
      created: await countOf(page, 'New'),
      refused: await countOf(page, 'Refused'),
    };
    await write.click();
    const done = page.getByText(/ is imported$| held nothing new$/);
    await expect(done).toBeVisible();
    results[(await done.innerText()).split(' ')[0] ?? ''] = counts;
    const next = page.getByRole('button', { name: /^Next file/ });
    if (at < files.length - 1) await next.click();
  }
  return results;
}

async function countOf(page: Page, outcome: string): Promise<number> {
  const text = await page.getByText(new RegExp(`^${outcome}: [\\d,]+$`)).innerText();
  return Number(text.replace(/\D/g, ''));
}

export async function newRecord(
  page: Page,
  kind: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#/new/${kind}`);
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(value);
  }
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page).toHaveURL(/#\/record\//);
}

/** From an open record: adds a relation to another one, found by part of its name. */
export async function relate(page: Page, relation: string, to: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'Relations' });
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await panel.getByRole('combobox', { name: 'Relation', exact: true }).click();
  await page.getByRole('option', { name: relation, exact: true }).click();
  await panel.getByRole('combobox', { name: 'Related record' }).fill(to);
  await page.getByRole('option', { name: to }).first().click();
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(panel.getByRole('link', { name: to })).toBeVisible();
  await panel.getByRole('button', { name: 'Close', exact: true }).click();
}

/** For the one other device there is, by the keys of both: no passphrase. */
export async function exportFile(page: Page, folder: string): Promise<string> {
  await goTo(page, 'Exchange');
  await page.getByRole('button', { name: 'Export file…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export a file' });
  const write = dialog.getByRole('button', { name: 'Write file' });
  const path = await saved(page, () => write.click(), folder);
  await expect(dialog.getByText('The file is written')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  return path;
}

/** Chooses a file, another one where one is chosen, and tries to open it. */
export async function tryFile(page: Page, path: string): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  if (!(await dialog.isVisible())) {
    await goTo(page, 'Exchange');
    await page.getByRole('button', { name: 'Import file…' }).first().click();
  }
  await chooseFiles(page, /^Drop an exchange file here|^Another file/, [path]);
  return dialog;
}

/** Opens a file up to the dry-run report. */
export async function openFile(page: Page, path: string): Promise<Locator> {
  const dialog = await tryFile(page, path);
  await expect(dialog.getByText(/^File (\d+ )?from /)).toBeVisible();
  return dialog;
}

export async function applyFile(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog
    .getByRole('button', { name: /^Apply$|^Note the receipt$|^Join the organisation and apply$/ })
    .click();
  await expect(dialog.getByText(/The file is applied|The receipt is noted/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
}

/** From an open record: puts another value into one of its text fields. */
export async function changeField(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: label, exact: true }).fill(value);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
}

/** Moves the focus to a control with the Tab key alone, as somebody without a mouse does. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the Tab key does not reach ${String(control)}`);
}

/** Finds a record in the palette by part of its name and opens it. */
export async function findRecord(page: Page, typed: string, title: string): Promise<void> {
  // A page that was opened a moment ago does not hear keys yet.
  await expect(page.getByRole('button', { name: 'Search everything' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search everything' });
  await palette.getByRole('combobox').fill(typed);
  await palette.getByRole('option', { name: title }).first().click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
}
