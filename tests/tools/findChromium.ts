/** A Chromium to test in: the one that is here, or one fetched now. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { inProject, tools } from './runStep.ts';

const fetchTimeoutMs = 5 * 60_000;

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of its binary. */
export function findChromium(): string | undefined {
  return present() ?? fetchFromPlaywright() ?? installFromDebian();
}

function present(): string | undefined {
  const named = process.env.HOLDFAST_CHROMIUM;
  return [...(named ? [named] : []), ...usualPlaces, chromium.executablePath()].find((path) =>
    existsSync(path),
  );
}

function fetchFromPlaywright(): string | undefined {
  console.log('No Chromium here: asking Playwright for one.');
  run(process.execPath, [inProject(tools.playwright), 'install', 'chromium']);
  return present();
}

/** The font is for Chinese text on screens and in PDFs. */
function installFromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('Asking the distribution for Chromium.');
  run('apt-get', ['update', '-q']);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
  return present();
}

/** Whether it worked shows in what is there afterwards. */
function run(program: string, args: readonly string[]): void {
  spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: fetchTimeoutMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
