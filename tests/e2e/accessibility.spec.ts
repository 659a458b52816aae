/** The main screens, with the sample organisation, hold to WCAG 2.2 A and AA in both themes. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { enrolLaptop, setUpHq, setUpLaptop } from './steps';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const screens: readonly string[] = [
  '/respond',
  '/place/plans',
  '/place/services',
  '/place/cmdb',
  '/place/contacts',
  '/place/operations',
  '/place/management',
  '/new/ci',
  '/exchange',
  '/exchange/attention',
  '/exchange/sites',
  '/exchange/devices',
  '/exchange/files',
  '/review',
  '/review/duplicates',
  '/review/approvals',
  '/import',
  '/settings',
];

const recordKinds: readonly string[] = ['plan', 'service', 'ci', 'person', 'site', 'drill'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no serious obstacle on any main screen, ${colorScheme}`, async ({ openProfile }) => {
    test.setTimeout(240_000);
    const { page } = await openProfile({ colorScheme });
    await expectAccessible(page, 'start');
    await page.getByRole('button', { name: /sample organisation/i }).click();
    await expect(page.getByRole('navigation')).toBeVisible();
    for (const path of screens) {
      await visit(page, path);
      await expectAccessible(page, path);
    }
    for (const kind of recordKinds) {
      await visit(page, `/kind/${kind}`);
      await page.getByRole('row').nth(1).dblclick();
      await expect(page).toHaveURL(/#\/record\//);
      await settled(page);
      await expectAccessible(page, `record of ${kind}`);
    }
    await startDrill(page);
    await expectAccessible(page, 'run');
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nor where an organisation begins and laptops join it, ${colorScheme}`, async ({
    openProfile,
  }) => {
    test.setTimeout(180_000);
    const hq = await openProfile({ colorScheme });
    await setUpHq(hq.page, 'Head office', 'Chen Wei', async () => {
      await settled(hq.page);
      await expectAccessible(hq.page, 'recovery key');
    });
    const laptop = await openProfile({ colorScheme });
    await setUpLaptop(laptop.page, 'Harbour laptop', 'Li Na');
    await settled(laptop.page);
    await expectAccessible(laptop.page, 'request');
    await enrolLaptop(hq.page, laptop.page, mkdtempSync(join(tmpdir(), 'holdfast-usb-')), () =>
      expectAccessible(hq.page, 'enrol'),
    );
    await hq.page.getByRole('button', { name: 'Harbour laptop' }).click();
    await expect(hq.page.getByRole('dialog', { name: 'Harbour laptop' })).toBeVisible();
    await settled(hq.page);
    await expectAccessible(hq.page, 'device');
    await hq.page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(hq.page.getByRole('dialog', { name: 'Revoke Harbour laptop' })).toBeVisible();
    await settled(hq.page);
    await expectAccessible(hq.page, 'revoke');
  });
}

async function startDrill(page: Page): Promise<void> {
  await visit(page, '/respond/declare');
  await page.getByRole('combobox', { name: '1 What is lost?' }).fill('Pier 3');
  await page
    .getByRole('option', { name: /Pier 3/ })
    .first()
    .click();
  await expectAccessible(page, 'declare');
  await page.getByRole('radio', { name: 'Drill' }).click();
  await page.getByRole('button', { name: 'Start the drill' }).click();
  await expect(page).toHaveURL(/#\/respond\/run\//);
  await settled(page);
}

async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, path);
  await settled(page);
}

/** The screen is there, and nothing on it is fading in any more: half a fade has half a contrast. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector('main');
    return main?.hasChildNodes() && !main.querySelector('.mantine-Loader-root');
  });
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        (each) => each.effect?.getTiming().iterations === Infinity || each.playState !== 'running',
      ),
  );
}

async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Nothing is in frames, and what holds is not asked for: both would take most of the time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    .setLegacyMode()
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect.soft(serious, screen).toEqual([]);
}
