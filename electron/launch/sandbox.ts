/** Whether Linux lets a program without privileges build the namespaces Chromium's sandbox needs. */
import { existsSync, readFileSync } from 'node:fs';

/** Settings of distributions that forbid it, with the value that does. */
const forbidding: Readonly<Record<string, string>> = {
  '/proc/sys/kernel/unprivileged_userns_clone': '0',
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1',
  '/proc/sys/user/max_user_namespaces': '0',
};

export function canSandbox(read: (path: string) => string | undefined = readSetting): boolean {
  return Object.entries(forbidding).every(([path, value]) => read(path)?.trim() !== value);
}

function readSetting(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
