/**
 * What every response of the program carries, whether it comes from the desktop edition's own
 * protocol or from the portable edition's server on localhost. The launcher runs this file without
 * a bundler, so nothing here may import.
 */

/** Stands in the built page wherever the nonce of one response belongs. */
export const noncePlaceholder = '__HOLDFAST_NONCE__';

/**
 * No inline script, no `eval`, nothing from any other origin. Styles that the component library
 * adds at run time carry the nonce. `blob:` is for pictures made from own bytes.
 */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

const unusedFeatures = [
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/** Headers of every response; a page adds its own `nonce`. */
export function responseHeaders(nonce = ''): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': unusedFeatures.map((name) => `${name}=()`).join(', '),
  };
}

/** The page with the nonce of this response in every place that needs it. */
export function withNonce(page: string, nonce: string): string {
  return page.replaceAll(noncePlaceholder, nonce);
}
