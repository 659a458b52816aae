/** Runs the programs that check the project, and tells in one line each how it went. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../..', import.meta.url));

/** The arguments that make Node run an installed tool. */
export const tools = {
  oxfmt: ['node_modules/oxfmt/bin/oxfmt'],
  oxlint: ['node_modules/oxlint/bin/oxlint'],
  tsc: ['node_modules/typescript/bin/tsc'],
  vite: ['node_modules/vite/bin/vite.js'],
  electronVite: ['node_modules/electron-vite/bin/electron-vite.js'],
  vitest: ['node_modules/vitest/vitest.mjs'],
  playwright: ['node_modules/@playwright/test/cli.js'],
};

export const checks = [
  { name: 'format', args: [...tools.oxfmt, '--check'] },
  { name: 'lint', args: [...tools.oxlint, '--type-aware'] },
  { name: 'types', args: [...tools.tsc, '-b'] },
];

/**
 * Runs Node with these arguments. Its output is shown as it comes, or only when it fails.
 * @param {{ name: string, args: readonly string[], env?: NodeJS.ProcessEnv }} step
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<boolean>} whether it ended with 0
 */
export async function runStep({ name, args, env = {} }, { quiet = false } = {}) {
  const begun = performance.now();
  const { code, output } = await runNode(args, env, quiet);
  if (quiet && code !== 0) process.stdout.write(output);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  return code === 0;
}

function runNode(args, env, quiet) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const parts = [];
    child.stdout?.on('data', (part) => parts.push(part));
    child.stderr?.on('data', (part) => parts.push(part));
    child.once('error', (error) => resolve({ code: 1, output: `${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts) }));
  });
}

export const inProject = (...parts) => join(project, ...parts);
