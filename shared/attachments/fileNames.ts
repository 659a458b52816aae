/** Names of attached files: what came from elsewhere made fit to be read and to be saved under. */

const MAX_NAME = 200;

/**
 * Characters that end a folder's name, that steer a terminal, or that turn the direction of writing
 * so that `exe.jpg` reads as `gpj.exe`.
 */
const UNFIT = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Without folders and unfit characters, at most 200 UTF-16 units with the extension kept. */
export function cleanName(name: string, fallback: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.toWellFormed().replaceAll(UNFIT, '').trim();
  return shortened(plain) || fallback;
}

/** `plan.pdf` becomes `plan (2).pdf` when the record has a `plan.pdf` already. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const { stem, extension } = split(name);
  for (let n = 2; ; n++) {
    const mark = ` (${n})`;
    const room = MAX_NAME - extension.length - mark.length;
    const next = `${cut(stem, room)}${mark}${extension}`;
    if (!taken.has(next)) return next;
  }
}

/** The same name for a file that is now of another type. */
export function withExtension(name: string, extension: string): string {
  const { stem } = split(name);
  return `${cut(stem, MAX_NAME - extension.length - 1)}.${extension}`;
}

function shortened(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const { stem, extension } = split(name);
  return `${cut(stem, MAX_NAME - extension.length)}${extension}`;
}

function split(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const plain = dot > 0 && name.length - dot <= 12;
  return plain
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}

/** Never between the two halves of a character. */
function cut(text: string, length: number): string {
  const short = text.slice(0, length);
  return short.isWellFormed() ? short : short.slice(0, -1);
}
