import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The portable edition: the renderer served from localhost. */
export default defineConfig({
  root: 'renderer',
  base: './',
  publicDir: '../resources/public',
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: '../out/portable', emptyOutDir: true, target: 'chrome156', minify: true },
});
