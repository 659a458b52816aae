/** How names are compared, so that `Serial_Number`, `serial number` and `ＳＥＲＩＡＬ number` are one. */

/** A header, label or alias without case, width, spaces and punctuation. */
export const nameKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** A cell that names a record or an option: case and runs of spaces do not count, punctuation does. */
export const valueKey = (text: string): string =>
  // Most cells need none of the costly steps, and a register has millions of them.
  PLAIN.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();

const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** English plurals of file names: `suppliers` -> `supplier`, `companies` -> `company`. */
export function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  return word.length > 2 && /[^s]s$/u.test(word) ? word.slice(0, -1) : word;
}
