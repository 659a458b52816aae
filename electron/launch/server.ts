/**
 * The portable edition's server: the built files, to this machine only, under a strict policy.
 * It listens on both loopback addresses, because `localhost` may mean either.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { responseHeaders, withNonce } from '../serving/responseHeaders.ts';

export interface RunningServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** `port` 0 lets the system choose. Undefined when the port is taken. */
export async function serve(root: string, port: number): Promise<RunningServer | undefined> {
  const handler = createHandler(root);
  const first = await listen(handler, port, '127.0.0.1');
  if (!first || first === 'unavailable') return undefined;
  const chosen = portOf(first);
  const second = await listen(handler, chosen, '::1');
  if (!second) {
    await close(first);
    // A port the system chose for one address may be taken on the other: ask again.
    return port === 0 ? serve(root, 0) : undefined;
  }
  return {
    port: chosen,
    url: `http://localhost:${chosen}`,
    close: async () => {
      await close(first);
      if (second !== 'unavailable') await close(second);
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function createHandler(root: string): Handler {
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  const files = sirv(root, {
    etag: true,
    ignores: false,
    // Only whole names: `/index` would be the page without its nonce.
    extensions: [],
    setHeaders: (response, path) => {
      // Names under assets/ carry a hash of their content.
      response.setHeader(
        'Cache-Control',
        path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response) => {
    if (!isOwnAddress(request)) return end(response, 421);
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    const path = request.url?.split('?')[0];
    if (path === '/' || path === '/index.html') return sendPage(page, request, response);
    setHeaders(response, responseHeaders());
    files(request, response, () => end(response, 404));
  };
}

/** A foreign name that resolves here (DNS rebinding) must not reach the program. */
function isOwnAddress(request: IncomingMessage): boolean {
  const host = request.headers.host?.replace(/:\d+$/, '');
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

/** The nonce is new for each response; the service worker keeps the page with its own header. */
function sendPage(page: string, request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64');
  setHeaders(response, responseHeaders(nonce));
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Content-Type', 'text/html;charset=utf-8');
  response.end(request.method === 'HEAD' ? undefined : withNonce(page, nonce));
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

/** Undefined when the port is taken, `unavailable` when the machine has no such address. */
function listen(
  handler: Handler,
  port: number,
  address: string,
): Promise<Server | 'unavailable' | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
        resolve('unavailable');
      else reject(error);
    });
    server.listen(port, address, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
