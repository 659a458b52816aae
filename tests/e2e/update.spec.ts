/** A new version of the portable edition: fetched while the old one runs, used at the next start. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serve, type RunningServer } from '../../electron/launch/server';
import { expect, test as base, untilOffline } from './fixtures';

const portable = join(import.meta.dirname, '..', '..', 'out', 'portable');

/** A server whose build can be replaced by a newer one, at the same address. */
interface Versions {
  readonly url: string;
  release(version: string): Promise<void>;
}

const test = base.extend<{ readonly versions: Versions }>({
  // Playwright reads the fixtures a fixture needs from this pattern, even when there are none.
  // oxlint-disable-next-line no-empty-pattern
  versions: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-versions-'));
    let server: RunningServer | undefined;
    const release = async (version: string) => {
      const root = join(folder, version);
      await cp(portable, root, { recursive: true });
      await edit(join(root, 'index.html'), (page) =>
        page.replace('<title>', `<meta name="build" content="${version}"><title>`),
      );
      await edit(join(root, 'sw.js'), (worker) =>
        worker.replace(/(url:"index\.html",revision:")[^"]+/, `$1${version}`),
      );
      const port = server?.port ?? 0;
      await server?.close();
      server = await serve(root, port);
    };
    await release('one');
    await use({ url: server?.url ?? '', release });
    await server?.close();
    await rm(folder, { recursive: true });
  },
  server: async ({ versions }, use) => {
    await use({ url: versions.url, close: async () => undefined });
  },
});

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing to change in ${path}`);
  await writeFile(path, after);
}

const build = (page: Page) => page.locator('meta[name=build]');

/** Until the worker of the new version has all its files and waits for its turn. */
async function untilWaiting(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const coming = registration.installing;
    if (registration.waiting || !coming) return;
    await new Promise((resolve) => {
      coming.addEventListener('statechange', () => {
        if (coming.state === 'installed') resolve(undefined);
      });
    });
  });
}

/**
 * The browser gives the page to the new worker once it has noticed that no other one uses the old one: the
 * page that is being left may still count, and then the start after this one has it.
 */
const startsWith = (page: Page, version: string): Promise<void> =>
  expect(async () => {
    await page.reload();
    await expect(build(page)).toHaveAttribute('content', version, { timeout: 1000 });
  }).toPass({ timeout: 20_000 });

test('a new version waits while the old one runs and is used at the next start', async ({
  context,
  versions,
}) => {
  const page = await context.newPage();
  await page.goto(versions.url);
  await untilOffline(page);
  await versions.release('two');
  await untilWaiting(page);
  await expect(build(page)).toHaveAttribute('content', 'one');
  await startsWith(page, 'two');
});

test('no new version takes over while another window runs the old one', async ({
  context,
  versions,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    await page.goto(versions.url);
    await untilOffline(page);
  }
  await versions.release('two');
  await untilWaiting(first);
  await first.reload();
  await expect(first.locator('#root')).not.toBeEmpty();
  await expect(build(first)).toHaveAttribute('content', 'one');
  await second.close();
  await startsWith(first, 'two');
});
