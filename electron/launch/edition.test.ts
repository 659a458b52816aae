import { expect, test } from 'vitest';
import { chooseEdition, type Machine } from './edition.ts';
import { canSandbox } from './sandbox.ts';

const desk: Machine = {
  platform: 'linux',
  userId: 1000,
  env: { DISPLAY: ':0' },
  canSandbox: true,
};
const found = async () => '/electron';

test('the desktop edition runs where there are a binary, a display and a sandbox', async () => {
  const desktop = { edition: 'desktop', binary: '/electron' };
  expect(await chooseEdition(desk, false, found)).toEqual(desktop);
  const wayland = { ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } };
  expect(await chooseEdition(wayland, false, found)).toEqual(desktop);
  const windows: Machine = { platform: 'win32', userId: undefined, env: {}, canSandbox: true };
  expect(await chooseEdition(windows, false, found)).toEqual(desktop);
});

test.each([
  ['there is no display', { ...desk, env: {} }],
  ['Electron cannot keep its sandbox on when it is run by root', { ...desk, userId: 0 }],
  ['this system does not let Electron keep its sandbox on', { ...desk, canSandbox: false }],
] as const)(
  'the portable edition runs because %s, and nothing is fetched',
  async (because, machine) => {
    const fetching = async () => {
      throw new Error('asked for the binary');
    };
    expect(await chooseEdition(machine, false, fetching)).toEqual({ edition: 'portable', because });
  },
);

test('asking for the portable edition is enough', async () => {
  expect(await chooseEdition(desk, true, found)).toMatchObject({ edition: 'portable' });
});

test('without a binary the portable edition runs and says so', async () => {
  const choice = await chooseEdition(desk, false, async () => undefined);
  expect(choice).toEqual({
    edition: 'portable',
    because: 'the Electron binary is not here and could not be fetched',
  });
});

test('a kernel that forbids user namespaces cannot sandbox', () => {
  expect(canSandbox(() => undefined)).toBe(true);
  const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  expect(canSandbox((path) => (path === restricted ? '1\n' : undefined))).toBe(false);
  expect(canSandbox((path) => (path === restricted ? '0\n' : undefined))).toBe(true);
});
