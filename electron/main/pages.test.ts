import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noncePlaceholder } from '../serving/responseHeaders.ts';
import { fileOf, servePages } from './pages';

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'holdfast-pages-'));
  mkdirSync(join(base, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(base, 'renderer', 'index.html'), `<meta nonce="${noncePlaceholder}">`);
  writeFileSync(join(base, 'renderer', 'assets', 'a.js'), 'export {};');
  writeFileSync(join(base, 'secret.txt'), 'secret');
});
afterAll(() => rmSync(base, { recursive: true }));

const get = (address: string, method = 'GET') =>
  servePages(join(base, 'renderer'))(new Request(address, { method }));

test('pages carry a nonce that their policy names', async () => {
  const response = await get('app://holdfast/index.html');
  const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1];
  expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  expect(response.headers.get('content-type')).toContain('text/html');
});

test('scripts are served as scripts', async () => {
  const response = await get('app://holdfast/assets/a.js');
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  'app://holdfast/..%2fsecret.txt',
  'app://holdfast/%2e%2e%2fsecret.txt',
  'app://holdfast/assets/..%2f..%2fsecret.txt',
  'app://holdfast/..%5c..%5csecret.txt',
  'app://holdfast/%2fetc%2fpasswd',
  'app://holdfast/%00',
  'app://holdfast/%E0%A4%A',
  'app://other/index.html',
])('%s leads nowhere', async (address) => {
  expect((await get(address)).status).toBe(404);
});

test('no address names a file outside the folder', () => {
  expect(fileOf('/srv/renderer', 'app://holdfast/..%2frenderer-other%2fx')).toBeUndefined();
  expect(fileOf('/srv/renderer', 'app://holdfast/')).toBe(join('/srv/renderer', 'index.html'));
});

test('nothing but reading is answered', async () => {
  expect((await get('app://holdfast/index.html', 'POST')).status).toBe(404);
});
