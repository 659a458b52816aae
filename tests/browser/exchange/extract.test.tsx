/** An extract for somebody outside, from choosing the records to forgetting them. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { exportExtract, openExtract, readExtract } from '../../../renderer/exchange/extractFile';
import { readPackage } from '../../../renderer/exchange/importFile';
import type { Vault } from '../../../renderer/store/vault';
import type { Scope } from '../../../shared/exchange/manifest';
import { mountApp, unmount } from '../app/support';
import { freshName, must, open } from '../store/support';
import { newHeadquarters, newStick, type Stick } from './enrolSupport';

const PASSPHRASE = 'harbour lamp seven ropes';
const SCOPE: Scope = { kinds: ['plan', 'person'], sites: null, withoutPrivate: true };

afterEach(unmount);

async function organisation(): Promise<Vault> {
  const { hq } = await newHeadquarters();
  const [plan, node, anna, ci] = [hq.newId(), hq.newId(), hq.newId(), hq.newId()];
  const create = (kind: string, id: string, fields: Readonly<Record<string, string>>) =>
    ({ do: 'create', kind, id, fields }) as const;
  must(
    await hq.commit([
      create('plan', plan, { name: 'Loss of the harbour' }),
      create('person', anna, {
        name: 'Anna Quist',
        mobile: '+1 555 0100',
        homePhone: '+1 555 0199',
      }),
      create('callNode', node, { plan, person: anna, role: 'Lead' }),
      create('ci', ci, { name: 'Core switch' }),
    ]),
  );
  return hq;
}

async function extractOf(hq: Vault, stick: Stick, scope = SCOPE, now = Date.now) {
  const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 6 } as const;
  must(
    await exportExtract(hq, stick.host, {
      scope,
      passphrase,
      budget: 0,
      filterName: 'Holdfast',
      now,
    }),
  );
  return stick.file();
}

const show = async (vault: Vault, file: ReturnType<Stick['file']>) =>
  openExtract(vault, must(await readExtract({ file, passphrase: PASSPHRASE })));

const names = (vault: Vault, kind: string) =>
  vault.projection.records(kind).map(({ values }) => values.name);

test('an extract is chosen with a count of what goes, and its file says what it is', async () => {
  const hq = await organisation();
  const stick = newStick();
  await mountApp(hq, { path: '/exchange?export=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Export a file' });
  await dialog.getByText('Somebody outside').click();
  await expect.element(dialog.getByText(/It would hold: .*Continuity plans 1/)).toBeVisible();
  await expect.element(dialog.getByText(/People 1/)).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'People' }).click();
  await expect.element(dialog.getByText(/People 1/)).not.toBeInTheDocument();
  await dialog.getByRole('checkbox', { name: 'People' }).click();
  await dialog.getByRole('button', { name: 'Suggest one' }).click();
  await dialog.getByRole('button', { name: 'Write file' }).click();
  await expect.element(dialog.getByText('The file is written')).toBeVisible();
  await expect.element(dialog.getByText(/Open a package you were given/)).toBeVisible();
  expect(stick.file().name).toMatch(/^holdfast-HQ\w\w-extract-\d{4}-\d\d-\d\d\.holdfast$/);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('link', { name: 'Files' }).click();
  const row = page.getByRole('row', { name: /Extract/ });
  await expect.element(row.getByText('somebody outside')).toBeVisible();
  await hq.close();
});

test('a new device shows the extract to read only, says so on every screen, and may forget it', async () => {
  const hq = await organisation();
  const stick = newStick();
  await extractOf(hq, stick);
  const name = freshName();
  const vault = await open(name);
  await mountApp(vault, { host: stick.host });
  await page.getByRole('button', { name: 'Open a package you were given' }).click();
  await page.getByRole('button', { name: 'Choose the file…' }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('another one');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/does not open this file/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/Extract of Harbour Logistics as of/)).toBeVisible();
  expect(vault.device()).toBeUndefined();
  await page.getByRole('button', { name: 'Show it on this device' }).click();

  const banner = page.getByRole('status').filter({ hasText: 'Extract of Harbour Logistics' });
  await expect
    .element(banner.getByText(/Only these kinds: Continuity plans, People/))
    .toBeVisible();
  await expect.element(banner.getByText(/It is not everything/)).toBeVisible();
  expect(vault.trust.standing()).toBe('outsider');
  expect(names(vault, 'plan')).toEqual(['Loss of the harbour']);
  expect(vault.projection.records('callNode')).toHaveLength(1);
  expect(vault.projection.records('ci')).toEqual([]);
  const [anna] = vault.projection.records('person');
  expect(anna?.values).toMatchObject({ mobile: '+1 555 0100' });
  expect(anna?.values).not.toHaveProperty('homePhone');

  const id = anna?.id ?? '';
  const refused = await vault.commit([{ do: 'set', id, fields: { name: 'Other' } }]);
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'commit.outsider' } });
  expect(vault.isWriter()).toBe(false);
  expect(vault.trust.keys()).toBeUndefined();
  await vault.close();

  // The same after a restart; then nothing is left.
  const again = await open(name);
  expect(again.extract.about()?.organisation).toBe('Harbour Logistics');
  expect(names(again, 'plan')).toEqual(['Loss of the harbour']);
  must(await again.extract.forget());
  expect(again.replaced()).toBe(true);
  await again.close();
  const empty = await open(name);
  expect([empty.device(), empty.extract.about(), empty.projection.size()]).toEqual([
    undefined,
    undefined,
    0,
  ]);
  await Promise.all([empty.close(), hq.close()]);
});

test('a later extract takes the place of the one before, whole', async () => {
  const hq = await organisation();
  const stick = newStick();
  const first = await extractOf(hq, stick);
  const [plan] = hq.projection.records('plan');
  must(await hq.commit([{ do: 'delete', id: plan?.id ?? '' }]));
  const later = await extractOf(hq, stick, { ...SCOPE, kinds: ['plan', 'ci'] });
  const name = freshName();
  const vault = await open(name);
  must(await show(vault, first));
  must(await show(vault, later));
  expect(vault.replaced()).toBe(true);
  await vault.close();
  const reopened = await open(name);
  expect(names(reopened, 'plan')).toEqual([]);
  expect(names(reopened, 'ci')).toEqual(['Core switch']);
  expect(names(reopened, 'person')).toEqual([]);
  expect(reopened.extract.about()?.scope.kinds).toEqual(['plan', 'ci']);
  await Promise.all([reopened.close(), hq.close()]);
});

test('a device of the organisation takes no extract, and a new device takes nothing else', async () => {
  const hq = await organisation();
  const stick = newStick();
  const file = await extractOf(hq, stick);
  const before = hq.projection.version();
  const imported = await readPackage(hq, { file, passphrase: PASSPHRASE });
  expect(imported).toMatchObject({ ok: false, refusal: { code: 'exchange.extractHere' } });
  expect(await show(hq, file)).toMatchObject({
    ok: false,
    refusal: { code: 'exchange.extractHere' },
  });
  expect(hq.projection.version()).toBe(before);
  await hq.close();
});
