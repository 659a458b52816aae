import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumOptions } from './tests/tools/chromiumOptions.ts';

export default defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['shared/**', 'renderer/**', 'electron/**'] },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{shared,electron,renderer,tests/meta,tests/property,tests/tools}/**/*.test.ts',
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
        optimizeDeps: { include: ['dexie', 'react', 'react-dom', 'react/jsx-dev-runtime'] },
        test: {
          name: 'browser',
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
