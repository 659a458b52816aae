import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noncePlaceholder } from '../serving/responseHeaders.ts';
import { findServer } from './port.ts';
import { serve } from './server.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-server-'));
  writeFileSync(join(root, 'index.html'), `<p nonce="${noncePlaceholder}">`);
  writeFileSync(join(root, 'sw.js'), '// worker');
});
afterAll(() => rmSync(root, { recursive: true }));

async function running() {
  const server = await serve(root, 0);
  if (!server) throw new Error('no free port');
  return server;
}

test('a port that was asked for and is taken is refused, never replaced', async () => {
  const first = await running();
  expect(await findServer(root, first.port)).toEqual({ kind: 'taken', port: first.port });
  await first.close();
});

test('a port is free again once its server has closed', async () => {
  const first = await running();
  await first.close();
  const again = await findServer(root, first.port);
  expect(again).toMatchObject({ kind: 'started', url: `http://localhost:${first.port}` });
  if (again.kind === 'started') await again.close();
});

test('every page has a nonce of its own that its policy names', async () => {
  const server = await running();
  const seen = new Set<string>();
  for (const path of ['/', '/index.html', '/?vault=test']) {
    const response = await fetch(server.url + path);
    const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? 'none';
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    seen.add(nonce);
  }
  expect(seen.size).toBe(3);
  await server.close();
});

test('what is not there is not found, and nothing can be written', async () => {
  const server = await running();
  expect((await fetch(`${server.url}/absent.js`)).status).toBe(404);
  expect((await fetch(`${server.url}/%2e%2e/%2e%2e/etc/passwd`)).status).toBe(404);
  expect((await fetch(server.url, { method: 'PUT', body: 'x' })).status).toBe(405);
  await server.close();
});

test('a page is only had by its whole name, a folder never', async () => {
  const server = await running();
  for (const path of ['/index', '/index.htm', '//index.html', '/assets/', '/.']) {
    const response = await fetch(server.url + path);
    expect([path, await response.text()]).not.toEqual([
      path,
      expect.stringContaining('<p nonce="__'),
    ]);
  }
  await server.close();
});

/** `fetch` does not let anybody choose the Host header, which is what an attacker's name becomes. */
async function statusFor(port: number, host: string): Promise<number | undefined> {
  const request = get({ host: '127.0.0.1', port, headers: { host } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test('a foreign name that resolves to this machine gets nothing (DNS rebinding)', async () => {
  const server = await running();
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    expect([host, await statusFor(server.port, `${host}:${server.port}`)]).toEqual([host, 200]);
  }
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
  ]) {
    expect([host, await statusFor(server.port, `${host}:${server.port}`)]).toEqual([host, 421]);
  }
  await server.close();
});

test('every answer forbids guessing its type', async () => {
  const server = await running();
  for (const path of ['/', '/sw.js', '/absent.js']) {
    const { headers } = await fetch(server.url + path);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
  }
  await server.close();
});
