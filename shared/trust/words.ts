/**
 * Words to read over a telephone: fingerprints, and a code of what a device has. The list is that
 * of BIP 39: 2048 English words, no two alike in their first four letters. Every word also has a
 * number of four digits, for people who would rather not spell English.
 */
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Vector } from '../log/vector';

const BITS = 11;
/** 66 bits: nobody can make a key whose words match those of another. */
export const FINGERPRINT_WORDS = 6;
/** 44 bits: chance never gives two different states the same code. */
export const HAVE_WORDS = 4;

export interface SpokenCode {
  readonly words: readonly string[];
  /** The same, `0000` to `2047` for each word. */
  readonly numbers: readonly string[];
}

/** The first `count` times 11 bits of a SHA-256 in lower-case hex. */
export function spoken(sha256: string, count: number): SpokenCode {
  const bits = Array.from(sha256, (digit) =>
    Number.parseInt(digit, 16).toString(2).padStart(4, '0'),
  ).join('');
  const numbers = Array.from({ length: count }, (_, i) =>
    Number.parseInt(bits.slice(i * BITS, (i + 1) * BITS), 2),
  );
  return {
    words: numbers.map((n) => wordlist[n] ?? ''),
    numbers: numbers.map((n) => String(n).padStart(4, '0')),
  };
}

/** The text whose hash is the word code of a version vector: the same whatever its order. */
export const haveText = (have: Vector): string =>
  `holdfast-have-1\n${Object.keys(have)
    .toSorted()
    .map((replica) => `${replica} ${have[replica] ?? 0}\n`)
    .join('')}`;
