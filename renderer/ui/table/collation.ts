/** Alphabetical order in the person's language, fast enough for a hundred thousand names. */

export interface Collation {
  /** Position of every text in alphabetical order; equal positions sort together. */
  ranks(texts: Iterable<string>): ReadonlyMap<string, number>;
}

/** Pinyin for Chinese, numbers by size, upper and lower case together. */
export const collatorFor = (locale: string): Intl.Collator =>
  new Intl.Collator(locale === 'zh-CN' ? 'zh-CN-u-co-pinyin' : locale, {
    numeric: true,
    sensitivity: 'base',
  });

/**
 * Keeps what it sorted: comparing two texts is dear, so after an edit only the new texts are sorted
 * and merged in.
 */
export function createCollation(locale: string): Collation {
  const { compare } = collatorFor(locale);
  let sorted: readonly string[] = [];
  let ranks = new Map<string, number>();
  return {
    ranks(texts) {
      const wanted = new Set(texts);
      const fresh = [...wanted].filter((text) => !ranks.has(text));
      if (!fresh.length) return ranks;
      // Texts that nobody uses any more would only slow the merge down.
      const kept = sorted.length > 2 * wanted.size ? sorted.filter((t) => wanted.has(t)) : sorted;
      sorted = merged(kept, fresh.toSorted(compare), compare);
      ranks = new Map();
      let rank = 0;
      let before: string | undefined;
      for (const text of sorted) {
        if (before !== undefined && compare(before, text) !== 0) rank++;
        ranks.set(text, rank);
        before = text;
      }
      return ranks;
    },
  };
}

function merged(
  a: readonly string[],
  b: readonly string[],
  compare: (x: string, y: string) => number,
): readonly string[] {
  if (!a.length) return b;
  const out: string[] = [];
  let i = 0;
  for (const text of b) {
    let low = i;
    let high = a.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(a[middle] ?? '', text) <= 0) low = middle + 1;
      else high = middle;
    }
    while (i < low) out.push(a[i++] ?? '');
    out.push(text);
  }
  while (i < a.length) out.push(a[i++] ?? '');
  return out;
}
