import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './tests/tools/chromiumOptions';

/** The program driven from outside: the portable edition in Chromium, the desktop edition in Electron. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  // A page of a busy machine takes its time to start.
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['json'], ['line']] : [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: chromiumOptions,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    // Recording a trace nearly doubles the work of a browser. `npx playwright test --trace on` has one.
    trace: 'off',
    screenshot: 'only-on-failure',
    // Nobody looks: a dialogue need not fade before the next step.
    contextOptions: { reducedMotion: 'reduce' },
  },
});
