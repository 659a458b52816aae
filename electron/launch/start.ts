/**
 * Starts Holdfast: the desktop edition where it can run with its sandbox on, the portable edition
 * everywhere else. Imports carry their extension because Node runs these files without a bundler.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseEdition } from './edition.ts';
import { findElectron } from './electronBinary.ts';
import { openBrowser } from './openBrowser.ts';
import { parseOptions, usage } from './options.ts';
import { findServer } from './port.ts';
import { run } from './run.ts';
import { canSandbox } from './sandbox.ts';
import { isStale } from './staleBuild.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const say = (line: string) => console.log(line);

export async function start(args: readonly string[]): Promise<void> {
  const parsed = parseOptions(args, process.env);
  if (!parsed.ok) return fail(`${parsed.problem}\n\n${usage}`);
  const { options } = parsed;
  if (options.help) return say(usage);

  const machine = {
    platform: process.platform,
    userId: process.geteuid?.(),
    env: process.env,
    canSandbox: canSandbox(),
  };
  const choice = await chooseEdition(machine, options.portable, () => findElectron(project, say));
  if (choice.edition === 'desktop' && (await startDesktop(choice.binary))) return;
  const because = choice.edition === 'portable' ? choice.because : 'Electron could not start here';
  say(`Starting the portable edition, because ${because}.`);
  await startPortable(options.port, options.open);
}

/** An Electron that gives up within this time could not start. */
const giveUpMs = 5_000;

async function startDesktop(binary: string): Promise<boolean> {
  if (isStale(project, 'out/main/index.js') && !(await build('build:desktop'))) return true;
  const begun = performance.now();
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const code = await run(binary, [project], { cwd: project, env });
  if (code !== 0 && performance.now() - begun < giveUpMs) return false;
  process.exitCode = code;
  return true;
}

async function startPortable(port: number | undefined, open: boolean): Promise<void> {
  const root = join(project, 'out', 'portable');
  const stale = isStale(project, 'out/portable/index.html');
  if (stale && !(await build('build:portable'))) return;
  const found = await findServer(root, port);
  if (found.kind === 'taken') {
    return fail(`Port ${found.port} is taken. Choose another with --port, or leave it out.`);
  }
  if (found.kind === 'moved') {
    say(
      `Port ${found.from} is taken by another program. Records entered under one address are not shown under another.`,
    );
  }
  if (found.kind === 'running') say('It is running already.');
  say(`Holdfast is running at ${found.url}`);
  if (open) openBrowser(found.url, () => say('Open this address in a browser.'));
  if (found.kind !== 'running') stopOnSignal(found.close);
}

function stopOnSignal(close: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stop(close));
  }
  if (process.env.npm_lifecycle_event) stopWithParent(close);
}

/** npm does not pass on every signal that ends it; its server must not stay behind on the port. */
function stopWithParent(close: () => Promise<void>): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    void stop(close);
  }, 500);
}

async function stop(close: () => Promise<void>): Promise<void> {
  await close();
  process.exit(0);
}

async function build(script: 'build:portable' | 'build:desktop'): Promise<boolean> {
  say('Building, for half a minute or so...');
  const tools = join(project, 'node_modules');
  const [tool, args] =
    script === 'build:portable'
      ? [join(tools, 'vite', 'bin', 'vite.js'), ['build', '--logLevel', 'warn']]
      : [join(tools, 'electron-vite', 'bin', 'electron-vite.js'), ['build', '--logLevel', 'warn']];
  const code = await run(process.execPath, [tool, ...args], { cwd: project, env: process.env });
  if (code !== 0) fail('The build failed; what went wrong is above.');
  return code === 0;
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}
