/**
 * An organisation for tests about its files. It is enrolled through the screens once in a worker, and
 * every test gets copies of its three browsers: databases, keys that cannot be read, and the program
 * as its service worker keeps it. The server is gone and the network off from the beginning.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { serve } from '../../electron/launch/server';
import { aFolder, enrolTwo } from './exchangeSteps';
import {
  createWatch,
  expectNothing,
  launchProfile,
  portable,
  test as base,
  untilOffline,
  type KeptProfile,
} from './fixtures';

export interface Organisation {
  readonly hq: Page;
  readonly a: Page;
  readonly b: Page;
  /** Of laptop A, whose page a test may have to close. */
  readonly contextOfA: BrowserContext;
  /** Where files lie on their way. */
  readonly folder: string;
}

type Three<Each> = readonly [hq: Each, a: Each, b: Each];

const eachOf = async <From, To>(
  [hq, a, b]: Three<From>,
  work: (from: From) => Promise<To>,
): Promise<Three<To>> => [await work(hq), await work(a), await work(b)];

export const test = base.extend<
  { readonly organisation: Organisation },
  { readonly enrolled: Three<KeptProfile> }
>({
  enrolled: [
    // Playwright reads the fixtures a fixture needs from this pattern, even when there are none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'holdfast-organisation-'));
      const kept = await enrol(folder);
      await use(kept);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  organisation: async ({ enrolled, openProfile }, use) => {
    const [hq, a, b] = await eachOf(enrolled, (copyOf) => openProfile({ copyOf }));
    const folder = aFolder();
    await use({ hq: hq.page, a: a.page, b: b.page, contextOfA: a.context, folder });
    await rm(folder, { recursive: true });
  },
});

async function enrol(folder: string): Promise<Three<KeptProfile>> {
  const server = await serve(portable, 0);
  if (!server) throw new Error('no free port');
  const { url } = server;
  const watch = createWatch();
  const opened = await eachOf(['hq', 'a', 'b'], async (name) => {
    const kept = { folder: join(folder, name), url };
    const context = await launchProfile(kept.folder);
    watch.add(context, url);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    await untilOffline(page);
    return { kept, context, page };
  });
  await server.close();
  const [hq, a, b] = await eachOf(opened, async ({ context, page }) => {
    await context.setOffline(true);
    return page;
  });
  await enrolTwo(hq, a, b);
  expectNothing(watch);
  // Only at rest a profile is whole on the disk.
  return eachOf(opened, async ({ context, kept }) => {
    await context.close();
    return kept;
  });
}
