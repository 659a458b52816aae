import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumOptions } from './tests/tools/chromiumOptions.ts';

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
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          testTimeout,
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
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
