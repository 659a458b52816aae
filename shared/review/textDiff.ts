/** Which words of a text are new and which are gone, also in Chinese, which has no spaces. */
import { diffArrays } from 'diff';

export interface Run {
  readonly text: string;
  readonly is: 'same' | 'added' | 'removed';
}

/** Edits after which two texts have little in common, and comparing them would take long. */
const MOST_EDITS = 2000;

/**
 * The way from `before` to `after` word by word; undefined when they differ so much that marking
 * words would tell nothing. `locale` decides where words end.
 */
export function textDiff(
  before: string,
  after: string,
  locale: string,
): readonly Run[] | undefined {
  const parts = diffArrays(wordsOf(before, locale), wordsOf(after, locale), {
    maxEditLength: MOST_EDITS,
  });
  return parts?.map(({ value, added, removed }) => ({
    text: value.join(''),
    is: added ? 'added' : removed ? 'removed' : 'same',
  }));
}

/** Characters of unchanged text that stay at each side of a change, and from which on others go. */
const KEPT = 80;
const LONG = 240;

/** Only the changes with a little around them; the same runs when there is nothing worth leaving out. */
export function shortened(runs: readonly Run[]): readonly Run[] {
  if (!runs.some(({ is, text }) => is === 'same' && text.length > LONG)) return runs;
  return runs.map((run, i) => {
    if (run.is !== 'same' || run.text.length <= LONG) return run;
    const head = i === 0 ? '' : run.text.slice(0, KEPT).replace(/\S*$/u, '');
    const tail = i === runs.length - 1 ? '' : run.text.slice(-KEPT).replace(/^\S*/u, '');
    return { is: 'same', text: `${head}…${tail}` };
  });
}

const wordsOf = (text: string, locale: string): string[] =>
  Array.from(segmenterOf(locale).segment(text), ({ segment }) => segment);

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterOf(locale: string): Intl.Segmenter {
  let segmenter = segmenters.get(locale);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
    segmenters.set(locale, segmenter);
  }
  return segmenter;
}
