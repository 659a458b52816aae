/**
 * What end-to-end tests stand on: the built portable edition behind its own server, one browser
 * profile per laptop, and a watch that fails a test when a page reaches for the network, breaks the
 * content policy or writes an error to the console.
 */
import { mkdtemp, rm } from 'node:fs/promises';
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

const portable = join(import.meta.dirname, '..', '..', 'out', 'portable');

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
  /** Takes a context under watch. */
  add(context: BrowserContext): void;
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

  watch: async ({ server }, use) => {
    const watch = createWatch(new URL(server.url).origin);
    await use(watch);
    expect(watch.foreign, 'requests that left the program').toEqual([]);
    expect(watch.problems, 'errors in the page').toEqual([]);
  },

  openProfile: async ({ server, watch }, use, info) => {
    const opened: { readonly context: BrowserContext; readonly folder: string }[] = [];
    await use(async ({ locale = 'en-GB', colorScheme = 'light' } = {}) => {
      const folder = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
      const context = await chromium.launchPersistentContext(folder, {
        ...chromiumOptions,
        locale,
        colorScheme,
        viewport: { width: 1280, height: 800 },
        acceptDownloads: true,
      });
      context.setDefaultTimeout(ACTION_MS);
      opened.push({ context, folder });
      watch.add(context);
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(server.url);
      return { context, page };
    });
    for (const { context, folder } of opened) {
      if (info.status !== info.expectedStatus) await attachPages(context, info);
      await context.close();
      await rm(folder, { recursive: true, force: true });
    }
  },

  context: async ({ context, watch }, use) => {
    watch.add(context);
    await use(context);
  },

  page: async ({ page, server }, use) => {
    await page.goto(server.url);
    await use(page);
  },
});

export { expect };

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

function createWatch(origin: string): Watch {
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
    add(context) {
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
