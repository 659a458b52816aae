/**
 * The form in which text and queries are compared: full-width equals half-width (NFKD), accents
 * and case do not matter, runs of white space are one space.
 */

/** ASCII and unified ideographs with single spaces between: only case can differ. */
const PLAIN = /^[\x21-\x7e\u4e00-\u9fff]*(?: [\x21-\x7e\u4e00-\u9fff]+)*$/;
const MARKS = /\p{M}+/gu;
const SPACES = /\s+/gu;

export function normalise(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // Small first: capital sharp s is only taken apart from its small form.
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SPACES, ' ')
    .trim();
}

/** The distinct words of a query, in order. Chinese is not cut: it is found as it is written. */
export const wordsOf = (query: string): readonly string[] => [
  ...new Set(normalise(query).split(' ').filter(Boolean)),
];
