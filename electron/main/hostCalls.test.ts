import { expect, test } from 'vitest';
import { ok } from '../../shared/result';
import { answerCall, RefusedCall, type Handlers, type Sender } from './hostCalls';

const calls: unknown[] = [];
const note = (...args: readonly unknown[]) => void calls.push(args);
const handlers = {
  info: async () => ({ edition: 'desktop', platform: 'linux', version: '1', locale: 'en' }),
  openFiles: async (options) => {
    note(options);
    return ok([]);
  },
  openFolder: async (options) => {
    note(options);
    return ok(null);
  },
  readPath: async (path) => {
    note(path);
    return ok({ name: 'a.holdfast', bytes: new Uint8Array() });
  },
  chooseSaveFolder: async () => ok(null),
  saveInFolder: async (options) => {
    note(options);
    return ok({ name: options.name });
  },
  takeGivenFiles: async () => [],
  saveFile: async (options) => {
    note(options);
    return ok({ name: options.name });
  },
  beginSave: async (options) => {
    note(options);
    return ok(null);
  },
  beginSaveInFolder: async (options) => {
    note(options);
    return ok({ id: options.folder, name: options.name });
  },
  writeSave: async (options) => {
    note(options);
    return ok(null);
  },
  endSave: async (options) => {
    note(options);
    return ok(null);
  },
  print: async () => ok(null),
  savePdf: async () => ok(null),
  setLocale: async (locale) => note(locale),
  keepExported: async (replica, sequence) => {
    note(replica, sequence);
    return ok(null);
  },
  exported: async () => 4,
} satisfies Handlers;

const page: Sender = { isMainFrame: true, url: 'app://holdfast/index.html' };
const call = answerCall(handlers, (url) => url.startsWith('app://holdfast/'));
const filters = [{ name: 'Holdfast', extensions: ['holdfast'] }];

test('a call of the page is answered', async () => {
  expect(await call(page, 'exported', ['replica'])).toBe(4);
  const bytes = new Uint8Array([1, 2]);
  expect(await call(page, 'saveFile', [{ name: 'a.holdfast', filters, bytes }])).toEqual(
    ok({ name: 'a.holdfast' }),
  );
});

test.each([
  ['nobody', undefined],
  ['a frame inside the page', { ...page, isMainFrame: false }],
  ['another page', { ...page, url: 'https://example.com/' }],
  ['an empty page', { ...page, url: 'about:blank' }],
] as const)('%s is not answered', async (_who, sender) => {
  await expect(call(sender, 'info', [])).rejects.toThrow(RefusedCall);
});

test.each([
  ['onCommand'],
  ['onOpenFiles'],
  ['constructor'],
  ['__proto__'],
  ['toString'],
  [7],
  [undefined],
])('%s is no method', async (method) => {
  await expect(call(page, method, [])).rejects.toThrow('unknown method');
});

test.each([
  ['info', ['extra']],
  ['exported', []],
  ['exported', ['']],
  ['exported', 'replica'],
  ['setLocale', ['fr']],
  ['keepExported', ['replica', -1]],
  ['keepExported', ['replica', 1.5]],
  ['keepExported', ['replica', Number.NaN]],
  ['openFiles', [{ filters, multiple: 'yes' }]],
  ['openFiles', [{ filters, multiple: true, defaultPath: '/etc' }]],
  ['openFiles', [{ filters: [{ name: 'x', extensions: ['../x'] }], multiple: true }]],
  ['openFolder', []],
  ['openFolder', [{ extensions: [] }]],
  ['openFolder', [{ extensions: ['holdfast'], path: '/etc' }]],
  ['readPath', ['']],
  ['readPath', ['x'.repeat(5000)]],
  ['readPath', [['/a.holdfast']]],
  ['saveInFolder', [{ folder: '/etc', name: 'a', bytes: new Uint8Array() }]],
  ['takeGivenFiles', ['more']],
  ['saveFile', [{ name: 'a', filters, bytes: 'text' }]],
  ['saveFile', [{ name: '', filters, bytes: new Uint8Array() }]],
  ['beginSave', [{ name: 'a', filters, path: '/etc/passwd' }]],
  ['beginSaveInFolder', [{ folder: '/etc', name: 'a' }]],
  ['writeSave', [{ id: '/etc/passwd', bytes: new Uint8Array() }]],
  ['writeSave', [{ id: crypto.randomUUID(), bytes: new Uint8Array(17 * 1024 * 1024) }]],
  ['endSave', [{ id: crypto.randomUUID() }]],
  ['savePdf', [{ name: 'x'.repeat(300) }]],
] as const)('%s refuses what the contract does not allow', async (method, args) => {
  calls.length = 0;
  await expect(call(page, method, args)).rejects.toThrow(`unexpected payload for ${method}`);
  expect(calls).toEqual([]);
});

test('a refusal does not repeat what it was given', async () => {
  const refusal = await call(page, 'savePdf', [{ name: 7, secret: 'password' }]).catch(String);
  expect(refusal).not.toContain('password');
});
