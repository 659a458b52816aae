/**
 * What end-to-end tests stand on: the built portable edition behind its own server, one browser
 * profile per laptop, and a watch that fails a test when a page reaches for the network, breaks the
 * content policy or writes an error to the console.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  expect,
  test as base,
  type BrowserContext,
  type ConsoleMessage,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { serve, type RunningServer } from '../../electron/launch/server';
import { chromiumOptions } from '../tools/chromiumOptions';

export const portable = join(import.meta.dirname, '..', '..', 'out', 'portable');

/** A control that does not answer for so long is broken, however busy the machine. */
const ACTION_MS = 15_000;

export interface PortableServer {
  readonly url: string;
  /** Stops it in the middle of a test, as when the laptop's launcher is gone. */
  close(): Promise<void>;
}

export interface ProfileOptions {
  /** Language of the browser. */
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** A laptop that is on its way already: a copy of it is opened, without any network. */
  readonly copyOf?: KeptProfile;
}

/** A profile at rest, and the address where its program is: all it keeps hangs on that. */
export interface KeptProfile {
  readonly folder: string;
  readonly url: string;
}

/** One laptop: a browser with its own data, and its page on the program. */
export interface Profile {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** What must not happen in any page of any profile. */
export interface Watch {
  /** Requests to anything but the program's own server. */
  readonly foreign: readonly string[];
  /** Errors on the console, uncaught exceptions and violations of the content policy. */
  readonly problems: readonly string[];
  /** Takes a context under watch. What is not at this address is foreign to it. */
  add(context: BrowserContext, url: string): void;
  /** Console errors that match are part of this test. */
  allow(pattern: RegExp): void;
}

interface Fixtures {
  readonly server: PortableServer;
  readonly watch: Watch;
  /** Opens the program as another laptop would: own cookies, own database, own service worker. */
  readonly openProfile: (options?: ProfileOptions) => Promise<Profile>;
}

export const test = base.extend<Fixtures>({
  // Playwright reads the fixtures a fixture needs from this pattern, even when there are none.
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const running = await serve(portable, 0);
    if (!running) throw new Error('no free port');
    const server = closeable(running);
    await use(server);
    await server.close();
  },

  // oxlint-disable-next-line no-empty-pattern
  watch: async ({}, use) => {
    const watch = createWatch();
    await use(watch);
    expectNothing(watch);
  },

  openProfile: async ({ server, watch }, use, info) => {
    const opened: { readonly context: BrowserContext; readonly folder: string }[] = [];
    await use(async ({ copyOf, ...options } = {}) => {
      const folder = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
      if (copyOf) await cp(copyOf.folder, folder, { recursive: true });
      const context = await launchProfile(folder, options);
      opened.push({ context, folder });
      const { url } = copyOf ?? server;
      watch.add(context, url);
      if (copyOf) await context.setOffline(true);
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(url);
      return { context, page };
    });
    for (const { context, folder } of opened) {
      if (info.status !== info.expectedStatus) await attachPages(context, info);
      await context.close();
      await rm(folder, { recursive: true, force: true });
    }
  },

  context: async ({ context, server, watch }, use) => {
    watch.add(context, server.url);
    await use(context);
  },

  page: async ({ page, server }, use) => {
    await page.goto(server.url);
    await use(page);
  },
});

export { expect };

/** A browser with the data in a folder. */
export async function launchProfile(
  folder: string,
  { locale = 'en-GB', colorScheme = 'light' }: Omit<ProfileOptions, 'copyOf'> = {},
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, {
    ...chromiumOptions,
    locale,
    colorScheme,
    // Nobody looks: a dialogue need not fade before the next step.
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
  });
  context.setDefaultTimeout(ACTION_MS);
  return context;
}

/** What each laptop showed when a test failed. */
async function attachPages(context: BrowserContext, info: TestInfo): Promise<void> {
  for (const page of context.pages()) {
    const path = info.outputPath(`${info.attachments.length}.png`);
    await page.screenshot({ path });
    await info.attach(page.url(), { path });
  }
}

/** Waits until the page could be loaded again with the server gone. */
export async function untilOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
  });
}

function closeable(running: RunningServer): PortableServer {
  let open = true;
  return {
    url: running.url,
    close: async () => {
      if (!open) return;
      open = false;
      await running.close();
    },
  };
}

/** What the watch must have seen in the end. */
export function expectNothing({ foreign, problems }: Watch): void {
  expect(foreign, 'requests that left the program').toEqual([]);
  expect(problems, 'errors in the page').toEqual([]);
}

export function createWatch(): Watch {
  const foreign: string[] = [];
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const note = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) problems.push(text);
  };
  const onConsole = (message: ConsoleMessage) => {
    // The policy reports its violations as console errors.
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
  };
  return {
    foreign,
    problems,
    add(context, url) {
      const { origin } = new URL(url);
      context.on('request', (request) => {
        if (!isOwn(request.url(), origin)) foreign.push(request.url());
      });
      context.on('console', onConsole);
      context.on('weberror', (error) => note(String(error.error())));
    },
    allow: (pattern) => void allowed.push(pattern),
  };
}

function isOwn(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || /^(?:blob|data|about|chrome):/.test(url);
}
