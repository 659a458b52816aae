/** Random identities, from the platform's generator. */

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Without letters that are mistaken for digits when read over a telephone. */
const SPOKEN = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

function random(length: number, alphabet: string): string {
  // Bytes past the largest multiple of the alphabet's length are dropped, so all letters are alike.
  const limit = 256 - (256 % alphabet.length);
  let out = '';
  while (out.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < limit && out.length < length) out += alphabet[byte % alphabet.length];
    }
  }
  return out;
}

/** 16 characters, about 82 bits. */
export const newRecordId = (): string => random(16, LETTERS);

/** `<device>-<epoch>`: a restored or cloned database starts a new epoch. */
export const newReplicaId = (): string => `${random(10, LETTERS)}-0`;

/** Two characters that keep human numbers of two laptops of one site apart. */
export const newDeviceTag = (): string => random(2, SPOKEN);
