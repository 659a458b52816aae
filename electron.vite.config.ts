import { defineConfig } from 'electron-vite';
import { renderer } from './vite.config.ts';

/** The desktop edition: main as ESM, the preload as CommonJS (its sandbox knows nothing else). */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24.18',
      externalizeDeps: false,
      rollupOptions: { input: { index: 'electron/main/index.ts' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node24.18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    ...renderer,
    build: {
      ...renderer.build,
      outDir: 'out/renderer',
      rollupOptions: { input: { index: 'renderer/index.html' } },
    },
  },
});
