import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
