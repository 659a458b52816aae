/** base64url without padding (RFC 4648, section 5): how keys and signatures are written. */

export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/**
 * Throws for what is no base64url, and for a second way to write the same bytes: the last character
 * has bits to spare, and a file in which one of them was flipped must not pass as the one that was signed.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (toBase64Url(bytes) !== text) throw new Error('not the one way to write these bytes');
  return bytes;
}
