/** Whether a build is older than what it was made from. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'renderer',
  'shared',
  'resources',
  'electron',
  'vite.config.ts',
  'electron.vite.config.ts',
  'package-lock.json',
];

/** True when `product` is missing or anything it is built from has changed since. */
export function isStale(project: string, product: string): boolean {
  const built = statSync(join(project, product), { throwIfNoEntry: false });
  if (!built) return true;
  return sources.some((source) => changedSince(join(project, source), built.mtimeMs));
}

/** Folders count too: their own time tells of files that were removed. */
function changedSince(path: string, time: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || path.endsWith('.tsbuildinfo')) return false;
  if (found.isDirectory()) {
    const isNewer = found.mtimeMs > time;
    return isNewer || readdirSync(path).some((name) => changedSince(join(path, name), time));
  }
  return found.mtimeMs > time && !/\.test\.tsx?$/.test(path);
}
