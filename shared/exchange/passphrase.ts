/** A rough measure of how hard a passphrase is to guess, and a good one when none comes to mind. */

export type Strength = 'tooShort' | 'weak' | 'fair' | 'good';

/** Characters at least; with scrypt 2^18 a guess costs about a second. */
export const MIN_PASSPHRASE = 8;
const FAIR_BITS = 40;
const GOOD_BITS = 60;

/** Bits that a word a person chose is worth at most (a list of some two thousand words). */
const WORD_BITS = 11;
const HAN_BITS = 9;

/** An upper bound, so that a passphrase is never praised beyond its worth. */
export function passphraseStrength(text: string): Strength {
  if (Array.from(text).length < MIN_PASSPHRASE) return 'tooShort';
  const bits = text
    .split(/[\s_.,;-]+/)
    .filter((word, i, words) => word !== '' && words.indexOf(word) === i)
    .reduce((sum, word) => sum + wordBits(word), 0);
  return bits < FAIR_BITS ? 'weak' : bits < GOOD_BITS ? 'fair' : 'good';
}

function wordBits(word: string): number {
  const han = word.match(/\p{Script=Han}/gu)?.length ?? 0;
  const rest = word.replaceAll(/\p{Script=Han}/gu, '');
  const steps = Array.from(rest).filter((_, i) => !continues(rest, i)).length;
  const pool =
    (/[a-z]/.test(rest) ? 26 : 0) +
    (/[A-Z]/.test(rest) ? 26 : 0) +
    (/[0-9]/.test(rest) ? 10 : 0) +
    (/[^0-9A-Za-z]/.test(rest) ? 20 : 0);
  const bits = pool ? steps * Math.log2(pool) : 0;
  const plainWord = /^[A-Z]?[a-z]+[0-9]{0,2}$/.test(rest);
  return han * HAN_BITS + (plainWord ? Math.min(bits, WORD_BITS) : bits);
}

/** Part of a run such as aaaa, 1234 or dcba. */
function continues(word: string, i: number): boolean {
  if (i < 2) return false;
  const step = word.charCodeAt(i) - word.charCodeAt(i - 1);
  return Math.abs(step) <= 1 && step === word.charCodeAt(i - 1) - word.charCodeAt(i - 2);
}

/** Without letters and digits that are mistaken for each other when read aloud. */
const SPOKEN = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP = 4;

/** `k3vq-8d2m-...`: 99 bits. `randomBytes` must be the platform's cryptographic source. */
export function suggestPassphrase(randomBytes: (count: number) => Uint8Array): string {
  const limit = 256 - (256 % SPOKEN.length);
  let letters = '';
  while (letters.length < GROUPS * GROUP) {
    for (const byte of randomBytes(GROUPS * GROUP)) {
      if (byte < limit) letters += SPOKEN[byte % SPOKEN.length];
    }
  }
  return Array.from({ length: GROUPS }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP)).join(
    '-',
  );
}
