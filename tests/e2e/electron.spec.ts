/**
 * The desktop edition in its own shell. Needs Electron's binary, a display, and a user whose sandbox
 * can stay on; where one is missing the suite says which and does not run. Electron is driven by the
 * path of its binary: importing the package would start a download.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { chooseEdition } from '../../electron/launch/edition';
import { installedElectron } from '../../electron/launch/electronBinary';
import { canSandbox } from '../../electron/launch/sandbox';
import type { HostBridge } from '../../shared/host';

declare global {
  interface Window {
    readonly holdfastHost?: HostBridge;
  }
}

const project = join(import.meta.dirname, '..', '..');
const binary = installedElectron(project);
const choice = await chooseEdition(
  {
    platform: process.platform,
    userId: process.geteuid?.(),
    env: process.env,
    canSandbox: canSandbox(),
  },
  false,
  async () => binary,
);
const obstacle = binary ? choice.edition === 'portable' && choice.because : 'no Electron binary';

test.skip(Boolean(obstacle), `The Electron end-to-end suite did not run: ${String(obstacle)}.`);

let folder = '';
let electron: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-electron-'));
  electron = await _electron.launch({
    executablePath: binary ?? '',
    args: [project, `--user-data-dir=${folder}`],
    cwd: project,
  });
  page = await electron.firstWindow();
});
test.afterEach(async () => {
  await electron?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the page comes from the program’s own protocol and shows', async () => {
  expect(page.url()).toMatch(/^app:\/\/holdfast\//);
  await expect(page.locator('#root')).not.toBeEmpty();
});

test('the page has the bridge and no Node', async () => {
  const found = await page.evaluate(() => ({
    bridge: Object.keys(window.holdfastHost ?? {}),
    node: 'require' in window || 'process' in window,
  }));
  expect(found).toEqual({ bridge: ['invoke', 'onCommand'], node: false });
});

test('the network is out of reach', async () => {
  const reached = await page.evaluate(async () => {
    try {
      await fetch('http://localhost:9/', { mode: 'no-cors' });
      return true;
    } catch {
      return false;
    }
  });
  expect(reached).toBe(false);
});

test('a call the contract does not know is refused', async () => {
  const refused = await page.evaluate(() =>
    window.holdfastHost
      ?.invoke(
        // A page that was taken over would not keep to the types.
        'readFile' as 'info',
        ['/etc/passwd'],
      )
      .then(
        () => 'answered',
        (error: unknown) => String(error),
      ),
  );
  expect(refused).toContain('unknown method');
});

test('no page opens another window', async () => {
  await page.evaluate(() => void window.open('https://example.com/'));
  expect(electron.windows()).toHaveLength(1);
});
