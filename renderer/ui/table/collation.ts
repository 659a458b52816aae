/** Alphabetical order in the person's language, fast enough for a hundred thousand names. */

export interface Collation {
  /** Position of every text in alphabetical order; equal positions sort together. */
  ranks(texts: Iterable<string>): ReadonlyMap<string, number>;
}

/** Pinyin for Chinese, numbers by size, upper and lower case together. */
const collatorFor = (locale: string): Intl.Collator =>
  new Intl.Collator(locale === 'zh-CN' ? 'zh-CN-u-co-pinyin' : locale, {
    numeric: true,
    sensitivity: 'base',
  });

/**
 * Comparing two texts in a language is dear, comparing two numbers is not. So texts are cut into
 * words and runs of digits, the few distinct words are put in order once, and the texts are sorted
 * by numbers.
 */
export function createCollation(locale: string): Collation {
  const words = createWordOrder(collatorFor(locale).compare);
  return {
    ranks(texts) {
      const distinct = [...new Set(texts)];
      const pieces = distinct.map((text) => text.split(/(\d+)/));
      const order = words(new Set(pieces.flatMap((parts) => parts.filter((_, i) => i % 2 === 0))));
      const keys = pieces.map((parts) =>
        parts.map((part, i) => (i % 2 ? Number(part) : (order.get(part) ?? 0))),
      );
      const sorted = keys
        .map((key, i) => ({ key, i }))
        .toSorted((a, b) => compareKeys(a.key, b.key));
      const ranks = new Map<string, number>();
      let rank = 0;
      let before: readonly number[] | undefined;
      for (const { key, i } of sorted) {
        if (before && compareKeys(before, key) !== 0) rank++;
        ranks.set(distinct[i] ?? '', rank);
        before = key;
      }
      return ranks;
    },
  };
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference) return difference;
  }
  return a.length - b.length;
}

/** Keeps what it sorted: after an edit only the new words are sorted and merged in. */
function createWordOrder(compare: (x: string, y: string) => number) {
  let sorted: readonly string[] = [];
  let ranks = new Map<string, number>();
  return (wanted: ReadonlySet<string>): ReadonlyMap<string, number> => {
    const fresh = [...wanted].filter((word) => !ranks.has(word));
    if (!fresh.length) return ranks;
    // Words that nobody uses any more would only slow the merge down.
    const kept = sorted.length > 2 * wanted.size ? sorted.filter((w) => wanted.has(w)) : sorted;
    sorted = merged(kept, fresh.toSorted(compare), compare);
    ranks = new Map();
    let rank = 0;
    let before: string | undefined;
    for (const word of sorted) {
      if (before !== undefined && compare(before, word) !== 0) rank++;
      ranks.set(word, rank);
      before = word;
    }
    return ranks;
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
