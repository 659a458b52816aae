import { defineConfig } from 'vite';

/** The bench page, built as the application is, and never part of it. */
export default defineConfig({
  root: 'tests/bench/page',
  base: './',
  worker: { format: 'es' },
  build: { outDir: '../../../out/bench', emptyOutDir: true, target: 'chrome156', minify: true },
  // An isolated page has a clock of 5 microseconds instead of 100.
  preview: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
  logLevel: 'warn',
});
