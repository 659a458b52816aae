/**
 * `npm run screenshots`: every screen in both languages and both themes, from the sample
 * organisation, into out/screenshots. For looking at, not for comparing. Ends with an error when a
 * screen could not be reached.
 * Options: --only <part of a name>, --locale en|zh-CN, --theme light|dark, --root <built files>.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { serve } from '../../electron/launch/server.ts';
import { chromiumOptions } from './chromiumOptions.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    locale: { type: 'string' },
    theme: { type: 'string' },
    root: { type: 'string', default: join('out', 'portable') },
    out: { type: 'string', default: join('out', 'screenshots') },
  },
});

const words = {
  en: {
    sample: /sample organisation/i,
    service: 'Berth',
    site: 'Pier 3',
    drill: /^Drill/,
    real: /^Real/,
    startDrill: 'Start the drill',
    startReal: 'Invoke for real',
    confirmReal: /^Yes/,
    standDown: /^Stand down/,
    stepsTab: /^Recovery steps/,
    callTreeTab: /^Call tree/,
    exportFile: /^Export file/,
    importFile: /^Import file/,
    close: 'Close',
    chooseFiles: 'Choose files',
    next: 'Continue',
    write: /^Import \d/,
    imported: / is imported$/,
  },
  'zh-CN': {
    sample: /示例/,
    service: '泊位',
    site: '三号码头',
    drill: /^演练/,
    real: /^真实启动/,
    startDrill: '开始演练',
    startReal: '真实启动',
    confirmReal: /^是，/,
    standDown: /^解除/,
    stepsTab: /^恢复步骤/,
    callTreeTab: /^呼叫树/,
    exportFile: /^导出文件/,
    importFile: /^导入文件/,
    close: '关闭',
    chooseFiles: '选择文件',
    next: '继续',
    write: /^导入 \d/,
    imported: /已导入$/,
  },
} as const;
type Locale = keyof typeof words;

/** A small register whose rows name records that are not there yet. */
const sheet = join(import.meta.dirname, '..', '..', 'resources', 'sample', 'csv', 'cis.csv');

mkdirSync(options.out, { recursive: true });
const server = await serve(options.root, 0);
if (!server) throw new Error('no free port');
const browser = await chromium.launch(chromiumOptions);
for (const locale of ['en', 'zh-CN'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    if (options.locale && options.locale !== locale) continue;
    if (options.theme && options.theme !== theme) continue;
    await shoot(server.url, locale, theme);
  }
}
await browser.close();
await server.close();

async function shoot(url: string, locale: Locale, theme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({
    locale: locale === 'en' ? 'en-GB' : 'zh-CN',
    colorScheme: theme,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const word = words[locale];
  const take = async (name: string) => {
    if (options.only && !name.includes(options.only)) return;
    await page.screenshot({
      path: join(options.out, `${name}-${locale}-${theme}.png`),
      animations: 'disabled',
    });
    console.log(`${name} ${locale} ${theme}`);
  };
  const visit = async (path: string) => {
    await page.evaluate((to) => {
      location.hash = to;
    }, path);
    await settled(page);
  };
  const part = async (name: string, steps: () => Promise<void>) => {
    try {
      await steps();
    } catch (error) {
      console.error(`${name} ${locale} ${theme}: ${String(error).split('\n', 3).join(' ')}`);
      process.exitCode = 1;
    }
  };
  page.setDefaultTimeout(8000);
  await page.goto(url);
  await page.getByRole('button', { name: word.sample }).waitFor();
  await take('00-start');
  await page.getByRole('button', { name: word.sample }).click();
  await page.getByRole('navigation').waitFor();
  await settled(page);
  await take('01-home');
  for (const place of ['plans', 'services', 'cmdb', 'contacts', 'operations', 'management']) {
    await part(place, async () => {
      await visit(`/place/${place}`);
      await take(`02-${place}`);
    });
  }
  for (const kind of ['plan', 'service', 'ci', 'person', 'site', 'drill', 'document', 'change']) {
    await part(`detail ${kind}`, async () => {
      await visit(`/kind/${kind}`);
      await page.getByRole('row').nth(1).dblclick();
      await page.waitForURL(/#\/record\//);
      await settled(page);
      await take(`03-detail-${kind}`);
    });
  }
  await part('form', async () => {
    await visit('/new/ci');
    await take('04-form');
    await page.keyboard.press('Control+s');
    await settled(page);
    await take('04-form-errors');
    await visit('/place/services');
  });
  await part('palette', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill(word.service);
    await page.getByRole('option').first().waitFor();
    await settled(page);
    await take('05-palette');
    await page.keyboard.press('Escape');
  });
  for (const [name, path] of [
    ['06-exchange', '/exchange'],
    ['06-import', '/import'],
    ['06-settings', '/settings'],
  ] as const) {
    await part(name, async () => {
      await visit(path);
      await take(name);
    });
  }
  await part('plan tabs', async () => {
    await visit('/kind/plan');
    await page.getByRole('row').nth(1).dblclick();
    await page.getByRole('tab', { name: word.stepsTab }).click();
    await take('03-plan-steps');
    await page.getByRole('tab', { name: word.callTreeTab }).click();
    await take('03-plan-calls');
  });
  await part('exchange dialogs', async () => {
    for (const [name, button] of [
      ['06-exchange-export', word.exportFile],
      ['06-exchange-import', word.importFile],
    ] as const) {
      await visit('/exchange');
      await page.getByRole('button', { name: button }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await take(name);
      await dialog.getByRole('button', { name: word.close, exact: true }).first().click();
      await dialog.waitFor({ state: 'detached' });
    }
  });
  await part('import steps', async () => {
    await visit('/import');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: word.chooseFiles }).click();
    await (await chooser).setFiles(sheet);
    const next = page.getByRole('button', { name: word.next, exact: true });
    for (const step of ['content', 'columns']) {
      await next.waitFor();
      await take(`06-import-${step}`);
      await next.click();
    }
    const write = page.getByRole('button', { name: word.write });
    await write.waitFor();
    await take('06-import-preview');
    await write.click();
    await page.getByText(word.imported).waitFor();
    await take('06-import-result');
  });
  const declare = async (mode: RegExp, name: string) => {
    await visit('/respond/declare');
    await page.getByRole('option', { name: word.site }).first().click();
    await page.getByRole('radio', { name: mode }).click();
    await take(name);
  };
  await part('drill', async () => {
    await visit('/respond/declare');
    await take('07-declare');
    await declare(word.drill, '07-declare-drill');
    await page.getByRole('button', { name: word.startDrill, exact: true }).click();
    await page.getByRole('timer').waitFor();
    for (const key of ['s', 'd', 's', '1', '2']) await page.keyboard.press(key);
    await take('08-run-drill');
    await page.getByRole('button', { name: word.standDown }).click();
    await page.getByRole('dialog').waitFor();
    await take('08-run-stand-down');
    await page.getByRole('dialog').getByRole('button', { name: word.standDown }).click();
    await page.getByRole('article').waitFor();
    await take('09-report');
  });
  await part('real', async () => {
    await declare(word.real, '07-declare-real');
    await page.getByRole('button', { name: word.startReal, exact: true }).click();
    await page.getByRole('button', { name: word.confirmReal }).waitFor();
    await take('07-declare-confirm');
    await page.getByRole('button', { name: word.confirmReal }).click();
    await page.getByRole('timer').waitFor();
    await take('08-run-real');
  });
  await context.close();
}

/** Two frames after loading marks, network and fonts are done. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('main .mantine-Loader-root'));
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => {
      requestAnimationFrame(() => requestAnimationFrame(done));
    });
  });
}
