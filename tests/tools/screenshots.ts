/**
 * `npm run screenshots`: every screen in both languages and both themes, from the sample
 * organisation, into out/screenshots. For looking at, not for comparing.
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
    drill: /^Drill/,
    start: /Start now/i,
    confirm: /^(Start|Begin)/,
    service: 'Berth',
    standDown: /Stand down/i,
  },
  'zh-CN': {
    sample: /示例/,
    drill: /^演练/,
    start: /立即开始|现在开始|立即启动/,
    confirm: /^(开始|启动)/,
    service: '泊位',
    standDown: /解除/,
  },
} as const;
type Locale = keyof typeof words;

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
    await page.keyboard.type(word.service);
    await settled(page);
    await take('05-palette');
    await page.keyboard.press('Escape');
  });
  for (const [name, path] of [
    ['06-exchange', '/exchange'],
    ['06-import', '/import'],
    ['06-settings', '/settings'],
    ['07-declare', '/respond/declare'],
  ] as const) {
    await part(name, async () => {
      await visit(path);
      await take(name);
    });
  }
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
