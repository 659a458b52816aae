import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumOptions } from './tests/tools/chromiumOptions.ts';
import { LongestFirst } from './tests/tools/longestFirst.ts';

const prebundled = [
  '@mantine/core',
  '@mantine/dates',
  '@mantine/hooks',
  '@mantine/modals',
  '@mantine/notifications',
  '@noble/hashes/sha2.js',
  '@tabler/icons-react',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  'age-encryption',
  'csv-parse/browser/esm/sync',
  'csv-stringify/browser/esm/sync',
  'dayjs/locale/zh-cn',
  'dexie',
  'diff',
  'fast-check',
  'fflate',
  'get-nonce',
  'i18next',
  'react',
  'react-dom',
  'react-dom/client',
  'react-hook-form',
  'react-i18next',
  'react/jsx-dev-runtime',
  'read-excel-file/universal',
  'wouter',
  'zod',
  'zustand',
] as const;

/** A limit for tests that hang, not for slow machines: property tests take seconds on a busy one. */
const testTimeout = 60_000;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          testTimeout,
          // Loading modules anew for each file costs as much as the tests themselves.
          isolate: false,
          maxWorkers: availableParallelism(),
          include: [
            '{shared,electron,renderer,tests/meta,tests/property,tests/hostile,tests/simulator,tests/tools}/**/*.test.ts',
          ],
        },
      },
      {
        // Looks at what the builds made, so it runs after them.
        test: {
          name: 'packaging',
          environment: 'node',
          include: ['tests/packaging/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        plugins: [react()],
        // Found only while tests run, a library makes the page reload in the middle of a test.
        optimizeDeps: { include: [...prebundled] },
        test: {
          name: 'browser',
          testTimeout,
          isolate: false,
          // A page of a busy machine takes its time.
          expect: { poll: { timeout: 10_000 } },
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: chromiumOptions,
              // Nobody looks: a dialogue need not fade before the next step.
              contextOptions: { reducedMotion: 'reduce' },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
