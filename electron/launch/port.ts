/**
 * Which address serves the portable edition. A browser keeps records per address, port included, so
 * the port stays the same from start to start unless another program sits on it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, type RunningServer } from './server.ts';

export const defaultPort = 4870;
/** Tried in order, so that a second choice is the same second choice next time. */
const alternatives = 20;

export type Found =
  | ({ readonly kind: 'started' } & RunningServer)
  | ({ readonly kind: 'moved'; readonly from: number } & RunningServer)
  | { readonly kind: 'running'; readonly url: string }
  | { readonly kind: 'taken'; readonly port: number };

export async function findServer(root: string, asked: number | undefined): Promise<Found> {
  if (asked !== undefined) {
    const server = await serve(root, asked);
    return server ? { kind: 'started', ...server } : { kind: 'taken', port: asked };
  }
  const first = await serve(root, defaultPort);
  if (first) return { kind: 'started', ...first };
  const url = `http://localhost:${defaultPort}`;
  if (await servesSame(root, url)) return { kind: 'running', url };
  for (let port = defaultPort + 1; port <= defaultPort + alternatives; port += 1) {
    const server = await serve(root, port);
    if (server) return { kind: 'moved', from: defaultPort, ...server };
  }
  return { kind: 'taken', port: defaultPort };
}

/** The service worker lists every file with its hash: the same worker is the same build. */
async function servesSame(root: string, url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/sw.js`, { signal: AbortSignal.timeout(2_000) });
    return (await response.text()) === readFileSync(join(root, 'sw.js'), 'utf8');
  } catch {
    return false; // Another program that does not speak HTTP, or does not answer.
  }
}
