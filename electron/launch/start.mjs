// `npm start`. Checks what it stands on, so that a wrong Node or a missing install gets a sentence
// instead of a stack trace; the launcher itself is TypeScript, which Node runs as it is.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major = 0] = process.versions.node.split('.').map(Number);
const installed = fileURLToPath(new URL('../../node_modules/sirv', import.meta.url));

if (!existsSync(installed)) {
  console.error('Holdfast is not installed yet: run `npm ci` first.');
  process.exitCode = 1;
} else if (major < 24) {
  console.error('Start Holdfast with `npm start`, which brings its own Node 24.');
  process.exitCode = 1;
} else {
  const { start } = await import('./start.ts');
  await start(process.argv.slice(2));
}
