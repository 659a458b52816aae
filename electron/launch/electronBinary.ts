/** The Electron binary: already installed, or fetched within a bounded time. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const fetchTimeoutMs = 60_000;

/** The path `electron` itself would start, without importing it: importing starts a download. */
export function installedElectron(project: string): string | undefined {
  const folder = join(project, 'node_modules', 'electron');
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const binary = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

export async function findElectron(
  project: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  const installed = installedElectron(project);
  if (installed) return installed;
  say('Fetching the Electron binary, for a minute at most...');
  await fetchElectron(project);
  return installedElectron(project);
}

/** Resolves when the installer has ended or its time is up; what matters is what it left behind. */
function fetchElectron(project: string): Promise<void> {
  return new Promise((resolve) => {
    const installer = join(project, 'node_modules', 'electron', 'install.js');
    const child = spawn(process.execPath, [installer], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), fetchTimeoutMs);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    child.once('error', end);
    child.once('exit', end);
  });
}
