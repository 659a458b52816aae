/** How every test starts Chromium: the one this machine has, with its sandbox unless run by root. */
import { existsSync } from 'node:fs';

const executable = process.env.HOLDFAST_CHROMIUM ?? '/usr/bin/chromium';

export const chromiumOptions = {
  ...(existsSync(executable) ? { executablePath: executable } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
};
