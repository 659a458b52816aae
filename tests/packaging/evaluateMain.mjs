// Evaluates the built main process with a fake Electron and prints what it asked for.
import { registerHooks } from 'node:module';
import { read } from './fakeElectron.mjs';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./fakeElectron.mjs', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

await import('../../out/main/index.js');
// `whenReady` has resolved by now: what follows it runs before a timer does.
setTimeout(() => process.stdout.write(JSON.stringify(read())), 0);
