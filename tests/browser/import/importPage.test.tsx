/** The import screen over a real vault, from dropping files to taking the import back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { useImporter } from '../../../renderer/places/importer/importerStore';
import { mountApp, unmount } from '../app/support';
import { freshName, openReady } from '../store/support';

beforeEach(() => useImporter.getState().reset());
afterEach(unmount);

function drop(files: readonly { readonly name: string; readonly text: string }[]): void {
  const data = new DataTransfer();
  for (const { name, text } of files) data.items.add(new File([text], name));
  const target = page.getByText('Drop files here').element();
  target.dispatchEvent(
    new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }),
  );
}

/** For a register this size on a busy machine. */
const SLOW = { timeout: 90_000 };

const button = (name: string | RegExp) => page.getByRole('button', { name });

async function openImport() {
  const vault = await openReady(freshName());
  await mountApp(vault, { path: '/import' });
  await expect.element(page.getByRole('heading', { name: 'Import spreadsheet' })).toBeVisible();
  return vault;
}

test('a file is recognised, previewed, imported and taken back by one undo', async () => {
  const vault = await openImport();
  const text =
    'name,phone,email,verified\nInes,555-0101,ines@x.example,2026-11-02\nTom,555-0102,,3/4/2026\n';
  drop([{ name: 'contacts.csv', text }]);
  await expect.element(page.getByText('2 rows · 4 columns')).toBeVisible();
  await expect
    .element(page.getByRole('combobox', { name: 'Kind of record' }))
    .toHaveValue('Person');
  await button('Continue').click();
  await expect
    .element(page.getByRole('combobox', { name: 'Field for column phone' }))
    .toHaveValue('Work phone');
  await button('Continue').click();
  await expect.element(page.getByRole('radio', { name: 'New: 1' })).toBeInTheDocument();
  await expect.element(page.getByRole('radio', { name: 'Refused: 1' })).toBeInTheDocument();
  await expect.element(page.getByText(/verified: This is not a date/)).toBeVisible();
  expect(vault.projection.records('person')).toHaveLength(0);

  await button('Import 1 row').click();
  await expect.element(page.getByText('contacts.csv is imported')).toBeVisible();
  await expect.element(button('Save 1 refused row')).toBeVisible();
  expect(vault.projection.records('person').map((person) => person.values.name)).toEqual(['Ines']);

  await button('Undo this import').click();
  await expect.element(page.getByText('The import of contacts.csv was taken back.')).toBeVisible();
  expect(vault.projection.records('person')).toHaveLength(0);
  await vault.close();
});

test('several files are taken one after the other, and the mapping of each is remembered', async () => {
  const vault = await openImport();
  const sites = { name: 'sites.csv', text: 'name,code,Colour\nMain,M,red\n' };
  drop([sites, { name: 'cis.csv', text: 'id,name,site\nc1,Router,Main\n' }]);
  await button('Continue').click();
  await page.getByRole('combobox', { name: 'Field for column Colour' }).click();
  await page.getByRole('option', { name: 'Region' }).click();
  await button('Continue').click();
  await button('Import 1 row').click();
  await button('Next file: cis.csv').click();
  await button('Continue').click();
  await button('Continue').click();
  await button('Import 1 row').click();
  await button('Import another file').click();
  const [ci] = vault.projection.records('ci');
  const [site] = vault.projection.records('site');
  expect(site?.values.region).toBe('red');
  expect(ci?.values.site).toBe(site?.id);

  drop([sites]);
  await expect.element(page.getByText(/Mapped as the last time/)).toBeVisible();
  await button('Continue').click();
  await button('Continue').click();
  await expect.element(page.getByText(/Nothing would change/)).toBeVisible();
  await vault.close();
});

test('unknown values are given a meaning, and unknown names a policy', async () => {
  const vault = await openImport();
  const text = 'id,name,status,supplier\nc1,Router,Humming,Harbour Telecom\n';
  drop([{ name: 'cis.csv', text }]);
  await button('Continue').click();
  await button('1 value is unknown').click();
  await page.getByRole('combobox', { name: 'Meaning of Humming' }).click();
  await page.getByRole('option', { name: 'In use' }).click();
  await page.getByRole('dialog').getByRole('button').click();
  await expect.element(button('1 value assigned')).toBeVisible();
  await page.getByRole('combobox', { name: 'When supplier names something unknown' }).click();
  await page.getByRole('option', { name: 'Leave empty, with a warning' }).click();
  await button('Continue').click();
  await expect.element(page.getByRole('radio', { name: 'With warnings: 1' })).toBeInTheDocument();
  await button('Import 1 row').click();
  await expect.element(page.getByText('cis.csv is imported')).toBeVisible();
  const [ci] = vault.projection.records('ci');
  expect(ci?.values).toMatchObject({ status: 'inUse', name: 'Router' });
  expect(vault.projection.records('organisation')).toHaveLength(0);
  await vault.close();
});

test('a file that cannot be read is refused in words and leaves the screen ready for another', async () => {
  const vault = await openImport();
  drop([{ name: 'broken.xlsx', text: 'PK\u0003\u0004 nothing more' }]);
  await expect.element(page.getByRole('alert').getByText(/The workbook is damaged/)).toBeVisible();
  drop([{ name: 'sites.csv', text: 'name\nMain\n' }]);
  await expect.element(page.getByText('1 row · 1 column')).toBeVisible();
  await vault.close();
});

test(
  'a register of 100,000 rows is planned in slices and can be called off',
  async () => {
    const vault = await openImport();
    const rows = Array.from({ length: 100_000 }, (_, i) => `c${i},Server ${i},Hall ${i % 40}`);
    drop([{ name: 'cis.csv', text: ['id,name,site', ...rows].join('\n') }]);
    await expect.element(page.getByText('100,000 rows · 3 columns'), SLOW).toBeVisible();
    await button('Continue').click();
    const seen = new Set<number>();
    const unsubscribe = useImporter.subscribe(({ progress }) => seen.add(progress));
    await button('Continue').click();
    await expect
      .element(page.getByRole('radio', { name: 'New: 100,000' }), SLOW)
      .toBeInTheDocument();
    unsubscribe();
    expect(seen.size).toBeGreaterThan(10);

    const planning = useImporter.getState().planRows(vault);
    useImporter.getState().callOff();
    await planning;
    expect(useImporter.getState()).toMatchObject({ step: 'columns', plan: undefined });
    expect(vault.projection.records('ci')).toHaveLength(0);
    await vault.close();
  },
  SLOW.timeout,
);

test('records that change between preview and import are compared again before anything is written', async () => {
  const vault = await openImport();
  drop([{ name: 'sites.csv', text: 'name,region\nMain,West\n' }]);
  await button('Continue').click();
  await button('Continue').click();
  await expect.element(page.getByRole('radio', { name: 'New: 1' })).toBeInTheDocument();
  const fields = { name: 'Main', region: 'West' };
  await vault.commit([{ do: 'create', kind: 'site', id: vault.newId(), fields }]);
  await button('Import 1 row').click();
  await expect.element(page.getByText(/compared again/)).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'Unchanged: 1' })).toBeInTheDocument();
  expect(vault.projection.records('site')).toHaveLength(1);
  await vault.close();
});
