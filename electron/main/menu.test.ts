import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { hostCommands, type HostCommand } from '../../shared/host';
import { menuTemplate, type MenuOptions } from './menu';

const options: MenuOptions = {
  locale: 'en',
  platform: 'linux',
  development: false,
  send: () => undefined,
};

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? items(item.submenu) : []),
  ]);
}

test('every command of the contract is in the menu and reaches the page', () => {
  const sent: HostCommand[] = [];
  const template = menuTemplate({ ...options, send: (command) => sent.push(command) });
  const nobody = {} as never;
  for (const item of items(template)) item.click?.(nobody, undefined, nobody);
  expect(new Set(sent)).toEqual(new Set(hostCommands));
});

test.each(['en', 'zh-CN'] as const)('every item has a label in %s, on every platform', (locale) => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    for (const item of items(menuTemplate({ ...options, locale, platform, development: true }))) {
      if (item.type !== 'separator') expect(item.label).toBeTruthy();
    }
  }
});

test('developer tools are for development', () => {
  const has = (development: boolean) =>
    items(menuTemplate({ ...options, development })).some((item) => item.role === 'toggleDevTools');
  expect([has(false), has(true)]).toEqual([false, true]);
});

test('keys that the page handles itself are shown but not taken from it', () => {
  for (const item of items(menuTemplate(options))) {
    if (item.accelerator === 'CmdOrCtrl+Z' || item.accelerator === 'CmdOrCtrl+K') {
      expect(item.registerAccelerator).toBe(false);
    }
  }
});
