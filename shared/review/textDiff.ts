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
