import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64';

test('bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }),
  );
});

test('the same bytes are written in one way only', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      fc.nat(),
      fc.nat({ max: 6 }),
      (bytes, n, bit) => {
        const text = toBase64Url(bytes);
        const at = n % text.length;
        const other = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        let read: Uint8Array | undefined;
        try {
          read = fromBase64Url(changed);
        } catch {
          read = undefined;
        }
        expect(read).not.toEqual(bytes);
      },
    ),
  );
});

test.each(['aWiiCo', 'ab=', 'a b', 'a+b/', 'a'])('%s is refused', (text) => {
  expect(() => fromBase64Url(text)).toThrow();
});
