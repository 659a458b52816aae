/** Answers the program's own protocol from the built renderer, and from nowhere else. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { responseHeaders, withNonce } from '../serving/responseHeaders.ts';
import { host } from './ownAddress';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** A handler for `protocol.handle`. `root` is the folder of the built renderer. */
export function servePages(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = fileOf(root, request.url);
    if (!path || request.method !== 'GET') return empty(404);
    const bytes = await bytesOf(path);
    if (!bytes) return empty(404);
    const type = types[extname(path)] ?? 'application/octet-stream';
    if (extname(path) !== '.html') {
      return new Response(bytes, { headers: { ...responseHeaders(), 'Content-Type': type } });
    }
    const nonce = randomBytes(16).toString('base64');
    return new Response(withNonce(new TextDecoder().decode(bytes), nonce), {
      headers: { ...responseHeaders(nonce), 'Content-Type': type },
    });
  };
}

/** The file an address stands for, or undefined when it would lie outside the folder. */
export function fileOf(root: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || url.host !== host) return undefined;
  const path = decoded(url.pathname === '/' ? '/index.html' : url.pathname);
  if (path === undefined || path.includes('\0')) return undefined;
  const base = resolve(root);
  const file = resolve(join(base, path));
  return file.startsWith(base + sep) ? file : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // A malformed escape names no file.
  }
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function empty(status: number): Response {
  return new Response(null, { status, headers: responseHeaders() });
}
