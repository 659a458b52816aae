import { defineConfig } from 'vite';

/** The bench page, built as the application is, and never part of it. */
export default defineConfig({
  root: 'tests/bench/page',
  base: './',
  worker: { format: 'es' },
  // RxDB brings a Dexie of its own, and a page can hold only one; PouchDB expects Node's events.
  resolve: { dedupe: ['dexie'], alias: { events: 'events/events.js' } },
  build: {
    outDir: '../../../out/bench',
    emptyOutDir: true,
    target: 'chrome156',
    minify: true,
    // The peers that are compiled to WebAssembly are large.
    chunkSizeWarningLimit: 10_000,
  },
  // An isolated page has a clock of 5 microseconds instead of 100.
  preview: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
  logLevel: 'warn',
});
