/** Runs the programs that check the project, and tells in one line each how it went. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Step {
  readonly name: string;
  /** Arguments that make Node run it. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const project = fileURLToPath(new URL('../..', import.meta.url));
export const inProject = (...parts: readonly string[]) => join(project, ...parts);

/** The scripts of installed tools, relative to the project. */
export const tools = {
  oxfmt: 'node_modules/oxfmt/bin/oxfmt',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  electronVite: 'node_modules/electron-vite/bin/electron-vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
} as const;

export const checks: readonly Step[] = [
  { name: 'format', args: [tools.oxfmt, '--check'] },
  { name: 'lint', args: [tools.oxlint, '--type-aware'] },
  { name: 'types', args: [tools.tsc, '-b'] },
];

/** True when it ended with 0. A quiet step shows its output only when it failed. */
export async function runStep(step: Step, quiet = false): Promise<boolean> {
  const begun = performance.now();
  const { code, output } = await runNode(step, quiet);
  if (code !== 0) process.stdout.write(output);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`);
  return code === 0;
}

interface Ended {
  readonly code: number;
  readonly output: string | Buffer;
}

function runNode({ args, env = {} }: Step, quiet: boolean): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const parts: Buffer[] = [];
    child.stdout?.on('data', (part: Buffer) => parts.push(part));
    child.stderr?.on('data', (part: Buffer) => parts.push(part));
    child.once('error', (error) => resolve({ code: 1, output: `${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts) }));
  });
}
