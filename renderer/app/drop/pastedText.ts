/** Lines of a pasted text that look like paths; other text is not for opening. */
const PATH = /^["'“‘`]?(?:file:|~[\\/]|[\\/]|[a-z]:[\\/])|\.holdfast["'”’`]?$/i;

export function pathsIn(text: string): readonly string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.every((line) => PATH.test(line)) ? lines : [];
}
