import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = process.env.HOLDFAST_CHROMIUM ?? '/usr/bin/chromium';
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['shared/**', 'renderer/**', 'electron/**'] },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,electron,renderer,tests/meta,tests/property}/**/*.test.ts'],
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
            provider: playwright({
              launchOptions: {
                ...(existsSync(chromium) ? { executablePath: chromium } : {}),
                args: asRoot ? ['--no-sandbox'] : [],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
