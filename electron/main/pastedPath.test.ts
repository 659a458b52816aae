import { expect, test } from 'vitest';
import { ok, refuse } from '../../shared/result';
import { pastedPath, type PathRules } from './pastedPath';

const linux: PathRules = { platform: 'linux', home: '/home/li' };
const windows: PathRules = { platform: 'win32', home: 'C:\\Users\\li' };

test.each([
  ['/media/usb/a.holdfast', '/media/usb/a.holdfast'],
  ['  "/media/usb/a b.holdfast"\n', '/media/usb/a b.holdfast'],
  ["'/media/usb/a.HOLDFAST'", '/media/usb/a.HOLDFAST'],
  ['“/media/usb/甲.holdfast”', '/media/usb/甲.holdfast'],
  ['file:///media/usb/a%20b.holdfast', '/media/usb/a b.holdfast'],
  ['file://localhost/media/%E7%94%B2.holdfast', '/media/甲.holdfast'],
  ['~/sticks/a.holdfast', '/home/li/sticks/a.holdfast'],
  ['/media/my\\ stick/a\\(1\\).holdfast', '/media/my stick/a(1).holdfast'],
  ['/media/usb/../disk/a.holdfast', '/media/disk/a.holdfast'],
])('%s is understood', (text, path) => {
  expect(pastedPath(text, linux)).toEqual(ok(path));
});

test.each([
  ['E:\\sticks\\a.holdfast', 'E:\\sticks\\a.holdfast'],
  ['"E:\\my sticks\\a.holdfast"', 'E:\\my sticks\\a.holdfast'],
  ['E:/sticks/a.holdfast', 'E:\\sticks\\a.holdfast'],
  ['file:///E:/my%20sticks/a.holdfast', 'E:\\my sticks\\a.holdfast'],
  ['~\\a.holdfast', 'C:\\Users\\li\\a.holdfast'],
])('%s is understood on Windows', (text, path) => {
  expect(pastedPath(text, windows)).toEqual(ok(path));
});

test.each([
  ['a.holdfast', linux, 'host.path'],
  ['a.holdfast', windows, 'host.path'],
  ['\\a.holdfast', windows, 'host.path'],
  ['E:a.holdfast', windows, 'host.path'],
  ['E:\\a.holdfast', linux, 'host.path'],
  ['/a\n/b.holdfast', linux, 'host.path'],
  ['/a\0.holdfast', linux, 'host.path'],
  ['file:///a%2Fb.holdfast', linux, 'host.path'],
  ['/etc/passwd', linux, 'host.pathEnding'],
  ['/a.holdfast/b', linux, 'host.pathEnding'],
  ['/home/li/.ssh/id_rsa', linux, 'host.pathEnding'],
  ['\\\\server\\share\\a.holdfast', windows, 'host.pathNetwork'],
  ['//server/share/a.holdfast', windows, 'host.pathNetwork'],
  ['\\\\?\\UNC\\server\\a.holdfast', windows, 'host.pathNetwork'],
  ['file://server/share/a.holdfast', windows, 'host.pathNetwork'],
  ['file://server/share/a.holdfast', linux, 'host.pathNetwork'],
  ['\\\\server\\share\\a.holdfast', linux, 'host.pathNetwork'],
] as const)('%j is refused', (text, rules, code) => {
  expect(pastedPath(text, rules)).toMatchObject({ ok: false, refusal: { code } });
});

test('a relative path starts where the command line stood', () => {
  expect(pastedPath('sub/a.holdfast', { ...linux, base: '/media/usb' })).toEqual(
    ok('/media/usb/sub/a.holdfast'),
  );
  expect(pastedPath('a.holdfast', { ...windows, base: 'E:\\sticks' })).toEqual(
    ok('E:\\sticks\\a.holdfast'),
  );
  expect(pastedPath('a.txt', linux)).toEqual(refuse('host.pathEnding', { ending: '.holdfast' }));
});
