/**
 * What people do to join an organisation and to carry files between its devices, in the words of
 * the screens (English).
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { untilOffline, type PortableServer, type Profile } from './fixtures';
import { changeField, findRecord, goTo, newRecord } from './steps';

/** A stick, a disk, a drawer: where files lie on their way. */
export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-usb-'));

export const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name });

/** Working a passphrase into a key takes seconds on purpose, and longer on a busy machine. */
export const SLOW = { timeout: 60_000 };

/** The file a control saves. */
export async function saved(page: Page, control: Locator, folder: string): Promise<string> {
  const started = page.waitForEvent('download', SLOW);
  await control.click();
  const download = await started;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

export async function chosen(page: Page, control: Locator, ...paths: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await control.click();
  await (await chooser).setFiles(paths);
}

/** The part of the exchange place with that name. */
export async function exchangePart(page: Page, part: string): Promise<void> {
  await goTo(page, 'Exchange');
  await page
    .getByRole('navigation', { name: 'Parts of the exchange' })
    .getByRole('link', { name: new RegExp(`^${part}`) })
    .click();
}

/** Words and numbers as somebody reads them out; the list has to have been worked out. */
export async function spoken(list: Locator): Promise<readonly string[]> {
  let words: readonly string[] = [];
  await expect(async () => {
    words = await list.getByRole('listitem').allInnerTexts();
    expect(words).not.toEqual([]);
  }).toPass({ timeout: 20_000 });
  return words;
}

// Beginning

async function fillStart(
  page: Page,
  name: RegExp,
  values: { name: string; person: string; site: string },
): Promise<void> {
  await page.getByRole('textbox', { name }).fill(values.name);
  await page.getByRole('textbox', { name: /Your name/ }).fill(values.person);
  await page.getByRole('textbox', { name: /Site code/ }).fill(values.site);
}

/** Up to the page with the recovery key, which is given back. */
export async function beginHq(page: Page, name: string, person: string): Promise<string> {
  await page.getByRole('button', { name: /Headquarters: start/ }).click();
  await fillStart(page, /Organisation or headquarters/, { name, person, site: 'HQ' });
  await page.getByRole('button', { name: 'Start the organisation' }).click();
  await expect(page.getByRole('heading', { name: 'Recovery key', exact: true })).toBeVisible();
  return page.getByRole('main').getByLabel('Recovery key', { exact: true }).first().innerText();
}

export async function putKeyAway(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'It is printed and locked away' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** Up to the page that asks for enrolment. */
export async function beginLaptop(page: Page, name: string, person: string): Promise<void> {
  await page.getByRole('button', { name: /A laptop: join/ }).click();
  const site = name.replaceAll(/[^A-Z]/g, '').slice(-2);
  await fillStart(page, /Name of this laptop/, { name, person, site });
  await page.getByRole('button', { name: 'Continue to the request' }).click();
  await expect(page.getByRole('heading', { name: 'Ask to be enrolled' })).toBeVisible();
}

// Enrolment

export interface Asked {
  readonly path: string;
  /** As the laptop shows them. */
  readonly words: readonly string[];
}

export async function askToJoin(page: Page, folder: string): Promise<Asked> {
  const path = await saved(
    page,
    page.getByRole('button', { name: 'Save the request file' }),
    folder,
  );
  return { path, words: await spoken(page.getByRole('list', { name: 'Words of this device' })) };
}

export interface Answer {
  readonly path: string;
  /** Of the organisation, as headquarters shows them. */
  readonly words: readonly string[];
}

/** Headquarters opens a request, finds the same six words, enrols, and writes the answer. */
export async function answer(page: Page, asked: Asked, folder: string): Promise<Answer> {
  await exchangePart(page, 'Devices');
  await chosen(page, page.getByRole('button', { name: 'Open a request…' }), asked.path);
  const dialog = dialogOf(page, 'Enrol a device');
  const words = await spoken(dialog.getByRole('list', { name: 'Words of this device' }));
  expect(words).toHaveLength(6);
  expect(words).toEqual(asked.words);
  await expect(dialog.getByRole('button', { name: 'Enrol', exact: true })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^I compared them/ }).check();
  await dialog.getByRole('button', { name: 'Enrol', exact: true }).click();
  const path = await saved(page, dialog.getByRole('button', { name: 'Write its file' }), folder);
  const own = await spoken(dialog.getByRole('list', { name: 'Words of the organisation' }));
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  return { path, words: own };
}

/** The laptop opens the answer, finds the organisation's words, and joins. */
export async function joinWith(page: Page, given: Answer): Promise<void> {
  await page.getByRole('button', { name: 'I have the answer: open it' }).click();
  const dialog = dialogOf(page, 'Import a file');
  await chooseIn(dialog, given.path);
  const words = await spoken(dialog.getByRole('list', { name: 'Words of the organisation' }));
  expect(words).toEqual(given.words);
  await dialog.getByRole('button', { name: 'Join the organisation and apply' }).click();
  await finish(dialog);
}

// Files

export interface Written {
  /** How the names of the receivers begin. The only device there is, is chosen already. */
  readonly to?: readonly string[];
  readonly content?: 'Everything' | 'Receipt only';
  /** What else is chosen in the form. */
  readonly before?: (dialog: Locator) => Promise<void>;
}

/** Writes a file sealed for devices of the organisation. */
export async function writeFile(
  page: Page,
  folder: string,
  { to = [], content, before }: Written = {},
): Promise<string> {
  await goTo(page, 'Exchange');
  await page.getByRole('button', { name: 'Export file…', exact: true }).click();
  const dialog = dialogOf(page, 'Export a file');
  const receivers = dialog.getByRole('combobox', { name: 'For', exact: true });
  for (const name of to) {
    await receivers.click();
    await page.getByRole('option', { name: new RegExp(`^${name}\\b`) }).click();
  }
  if (to.length > 0) await receivers.blur();
  if (content) await dialog.getByText(content, { exact: true }).click();
  await before?.(dialog);
  const path = await saved(page, dialog.getByRole('button', { name: 'Write file' }), folder);
  await expect(dialog.getByText('The file is written')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  return path;
}

const chooseIn = (dialog: Locator, path: string): Promise<void> =>
  chosen(dialog.page(), dialog.getByRole('button', { name: /^Drop an exchange file here/ }), path);

/** Chooses a file to import, whatever comes of it. */
export async function chooseForImport(page: Page, path: string): Promise<Locator> {
  await goTo(page, 'Exchange');
  await page.getByRole('button', { name: 'Import file…', exact: true }).click();
  const dialog = dialogOf(page, 'Import a file');
  await chooseIn(dialog, path);
  return dialog;
}

/** Opens a file up to its report. */
export async function report(page: Page, path: string): Promise<Locator> {
  const dialog = await chooseForImport(page, path);
  await expect(dialog.getByText(/^File (\d+ )?from /)).toBeVisible();
  return dialog;
}

/** How many of a tab of the report, such as "New". */
export const inTab = (dialog: Locator, tab: string, count: number): Locator =>
  dialog.getByRole('tab', { name: `${tab} ${count}`, exact: true });

export async function close(dialog: Locator): Promise<void> {
  await dialog
    .getByRole('button', { name: /^(?:Close|Do not apply)$/ })
    .last()
    .click();
  await expect(dialog).toBeHidden();
}

async function finish(dialog: Locator): Promise<void> {
  await expect(
    dialog.getByText(/^(?:The file is applied|The receipt is noted|The file is kept and waits)$/),
  ).toBeVisible();
  await close(dialog);
}

/** Says yes to a report. */
export async function apply(dialog: Locator): Promise<void> {
  await dialog
    .getByRole('button', {
      name: /^(?:Apply|Note the receipt|Keep until the gap closes|Take it in)$/,
    })
    .click();
  await finish(dialog);
}

export async function take(page: Page, path: string): Promise<void> {
  await apply(await report(page, path));
}

// Looking

/** The four words that say what a device has. They need another device to be compared with. */
export async function wordsOfAll(page: Page): Promise<readonly string[]> {
  await goTo(page, 'Exchange');
  await page.getByRole('button', { name: 'Compare over the telephone…' }).click();
  const dialog = dialogOf(page, 'Compare over the telephone');
  const words = await spoken(dialog.getByRole('list', { name: 'What this device has' }));
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  return words;
}

/** Types in what the other side reads out; the dialogue stays open. */
export async function compare(page: Page, words: readonly string[]): Promise<Locator> {
  await goTo(page, 'Exchange');
  await page.getByRole('button', { name: 'Compare over the telephone…' }).click();
  const dialog = dialogOf(page, 'Compare over the telephone');
  // Each entry is a number and its word: the numbers are enough.
  const numbers = words.map((entry) => entry.slice(0, 4)).join(' ');
  await dialog
    .getByRole('textbox', { name: 'The words or numbers of the other side' })
    .fill(numbers);
  return dialog;
}

/** Writes a text field of a record that is found by name. */
export async function rewrite(
  page: Page,
  record: string,
  field: string,
  value: string,
): Promise<void> {
  await findRecord(page, record, record);
  await changeField(page, field, value);
}

export async function expectField(page: Page, record: string, value: string): Promise<void> {
  await findRecord(page, record, record);
  await expect(page.getByText(value, { exact: true }).first()).toBeVisible();
}

// Whole organisations

export const ITEM = 'Core switch';

/** Headquarters with one configuration item, and two laptops, enrolled by file. */
export async function enrolTwo(hq: Page, a: Page, b: Page): Promise<void> {
  const folder = aFolder();
  await beginHq(hq, 'Harbour Logistics', 'Chen Wei');
  await putKeyAway(hq);
  await newRecord(hq, 'ci', { Name: ITEM, Role: 'as delivered' });
  await beginLaptop(a, 'Laptop A', 'Li Na');
  await joinWith(a, await answer(hq, await askToJoin(a, folder), folder));
  await beginLaptop(b, 'Laptop B', 'Omar Haddad');
  await joinWith(b, await answer(hq, await askToJoin(b, folder), folder));
  // A was there first, and hears of B with the next file.
  await take(a, await writeFile(hq, folder, { to: ['Laptop A'] }));
}

/** Everybody has the program; then its server is gone and no network is left. */
export async function cutOff(
  server: PortableServer,
  ...profiles: readonly Profile[]
): Promise<void> {
  for (const { page } of profiles) await untilOffline(page);
  await server.close();
  for (const { context } of profiles) await context.setOffline(true);
}
