/** Sentences in a row; after a full-width stop no space follows. Absent ones are left out. */
export const paragraphOf = (sentences: readonly (string | false)[]): string =>
  sentences
    .filter((sentence) => sentence !== false)
    .reduce((text, next) => (/[。！？]$/.test(text) ? `${text}${next}` : `${text} ${next}`), '')
    .trim();
