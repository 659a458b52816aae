/** What the desktop build made: read as files, and evaluated as far as it goes without Electron. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
const preloadPath = join(project, 'out', 'preload', 'index.cjs');

test('the preload is small, CommonJS, and needs nothing but Electron', () => {
  const source = readFileSync(preloadPath, 'utf8');
  expect(statSync(preloadPath).size).toBeLessThan(4_000);
  expect(source).not.toMatch(/^\s*(?:import|export)\b/m);
  const required = [...source.matchAll(/require\((["'])(.+?)\1\)/g)].map((match) => match[2]);
  expect(required).toEqual(['electron']);
});

test('the preload exposes one generic door and no part of Electron', async () => {
  const exposed = new Map<string, Record<string, (...args: unknown[]) => unknown>>();
  const sent: unknown[] = [];
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const electron = {
    contextBridge: { exposeInMainWorld: exposed.set.bind(exposed) },
    ipcRenderer: {
      invoke: async (...args: unknown[]) => void sent.push(args),
      on: listeners.set.bind(listeners),
      off: (channel: string) => listeners.delete(channel),
    },
  };
  runInNewContext(readFileSync(preloadPath, 'utf8'), { require: () => electron, module: {} });
  expect([...exposed.keys()]).toEqual(['holdfastHost']);
  const bridge = exposed.get('holdfastHost') ?? {};
  expect(Object.keys(bridge)).toEqual(['invoke', 'on']);

  await bridge.invoke?.('exported', ['replica']);
  expect(sent).toEqual([['holdfast:call', 'exported', ['replica']]]);

  const heard: unknown[] = [];
  const stop = bridge.on?.('command', (...args: unknown[]) => heard.push(args)) as () => void;
  listeners.get('holdfast:event')?.({ sender: 'event' }, 'filesGiven', null);
  listeners.get('holdfast:event')?.({ sender: 'event' }, 'command', 'search');
  expect(heard).toEqual([['search']]);
  stop();
  expect(listeners.size).toBe(0);
});

test('the main process starts locked: sandbox, own protocol, no permission, no network', () => {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, 'evaluateMain.mjs')], {
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toMatchObject({
    enableSandbox: true,
    schemes: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
    protocol: 'app',
    loadURL: 'app://holdfast/index.html',
    permissionRequest: true,
    permissionCheck: true,
    devicePermission: true,
    webRequest: true,
    handle: 'holdfast:call',
    // Files from the file manager: of a second start, and as macOS hands them over.
    'on second-instance': true,
    'on open-file': true,
    window: {
      title: 'Holdfast',
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        devTools: false,
        spellcheck: false,
      },
    },
    menu: ['文件(&F)', '编辑(&E)', '视图(&V)', '窗口(&W)'],
  });
});

test('the main process finds the preload and the pages where the builds put them', () => {
  const main = readFileSync(join(project, 'out', 'main', 'index.js'), 'utf8');
  for (const path of ['../preload/index.cjs', '../renderer']) {
    expect(main).toContain(path);
    expect(existsSync(join(project, 'out', 'main', path)), path).toBe(true);
  }
});

test.each(['renderer', 'portable'])('the %s build keeps the places of its nonce', (folder) => {
  const page = readFileSync(join(project, 'out', folder, 'index.html'), 'utf8');
  expect(page).toContain('<meta property="csp-nonce" nonce="__HOLDFAST_NONCE__">');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page).not.toMatch(/https?:/);
});
