/** Sentences one after the other, as the language sets them: Chinese full stops bring their own space. */
export const sentences = (locale: string, ...parts: readonly (string | false)[]): string =>
  parts.filter(Boolean).join(locale.startsWith('zh') ? '' : ' ');
