import { expect, test } from 'vitest';
import { passphraseStrength, suggestPassphrase } from './passphrase';

test.each([
  ['', 'tooShort'],
  ['Ab3$xyz', 'tooShort'],
  ['password', 'weak'],
  ['Password12', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['123456789012345', 'weak'],
  ['lamp lamp lamp lamp lamp lamp', 'weak'],
  ['harbour lamp seven ropes', 'fair'],
  ['harbour lamp seven ropes anchor tide', 'good'],
  ['x7#Kp2!vQ9', 'good'],
  ['海港灯塔七条缆绳', 'good'],
])('%j is %s', (text, strength) => {
  expect(passphraseStrength(text)).toBe(strength);
});

test('a suggested passphrase is good, readable and uses every random byte fairly', () => {
  let calls = 0;
  const text = suggestPassphrase((count) => {
    calls++;
    // 255 lies beyond the last full turn of the alphabet and must be thrown away.
    return Uint8Array.from({ length: count }, (_, i) => (i % 2 ? 255 : i * 5));
  });
  expect(text).toMatch(/^([a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}$/);
  expect(calls).toBe(2);
  expect(passphraseStrength('k3vq-8d2m-pw7r-x4tn-h9cz')).toBe('good');
});
