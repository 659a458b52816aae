/**
 * What belongs to the program. The desktop edition's pages come from its own protocol; in
 * development they come from the dev server on this machine.
 */
export const scheme = 'app';
export const host = 'holdfast';
export const startPage = `${scheme}://${host}/index.html`;

/** True for the program's own pages. `dev` is the address of the dev server, if there is one. */
export function isOwnPage(address: string, dev: string | undefined): boolean {
  const url = parse(address);
  if (!url) return false;
  if (url.protocol === `${scheme}:`) return url.host === host;
  return dev !== undefined && url.origin === parse(dev)?.origin;
}

/** True for what a page of the program may load: its own files and bytes it made itself. */
export function isOwnRequest(address: string, dev: string | undefined): boolean {
  const url = parse(address);
  if (!url) return false;
  if (url.protocol === 'blob:' || url.protocol === 'data:') return true;
  if (dev !== undefined && isDevelopment(url, dev)) return true;
  return isOwnPage(address, dev);
}

/** The dev server's socket for hot reload, and the developer tools. */
function isDevelopment(url: URL, dev: string): boolean {
  if (url.protocol === 'devtools:') return true;
  return url.protocol === 'ws:' && url.host === parse(dev)?.host;
}

function parse(address: string): URL | undefined {
  return URL.parse(address) ?? undefined;
}
