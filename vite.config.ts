import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { noncePlaceholder } from './electron/serving/responseHeaders.ts';

/** What both editions build from the renderer; they differ in where it goes and the worker. */
export const renderer = {
  root: 'renderer',
  base: './',
  publicDir: '../resources/public',
  plugins: [react()],
  worker: { format: 'es' },
  html: { cspNonce: noncePlaceholder },
  build: { emptyOutDir: true, target: 'chrome156', minify: true, assetsInlineLimit: 0 },
} satisfies UserConfig;

/** The portable edition: the renderer served from localhost, kept by a service worker. */
export default defineConfig({
  ...renderer,
  plugins: [
    ...renderer.plugins,
    VitePWA({
      // The host registers it and decides when a new version takes over (renderer/host).
      injectRegister: null,
      registerType: 'prompt',
      manifest: {
        id: './',
        name: 'Holdfast',
        short_name: 'Holdfast',
        description: 'IT service continuity in your hand when the main site is gone.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f5f7fa',
        theme_color: '#0b5a8a',
        // Installed, the program opens exchange files from the file manager, in the window there is.
        file_handlers: [{ action: './', accept: { 'application/x-holdfast': ['.holdfast'] } }],
        launch_handler: { client_mode: 'focus-existing' },
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*'],
        maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
        navigateFallback: 'index.html',
        // `?vault=` chooses a database; the page is the same.
        ignoreURLParametersMatching: [/.*/],
        dontCacheBustURLsMatching: /^assets\//,
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: false,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  build: { ...renderer.build, outDir: '../out/portable' },
});
