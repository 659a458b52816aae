/** The path meant by a text as people paste it: in quotes, as an address, with ~, from a terminal. */
import { fileURLToPath } from 'node:url';
import { posix, win32 } from 'node:path';
import { exchangeExtension } from '../../shared/host';
import { ok, refuse, type Result } from '../../shared/result';

export interface PathRules {
  readonly platform: NodeJS.Platform;
  /** The person's own folder, for `~`. */
  readonly home: string;
  /** Where a relative path starts; none may be given when undefined. */
  readonly base?: string;
}

const QUOTES = /^(["'“”‘’`«»])(.*)(["'“”‘’`«»])$/s;
const ENDING = new RegExp(`\\.${exchangeExtension}$`, 'i');

/**
 * An absolute path to an exchange file. Refusals: `host.path` (no whole path), `host.pathEnding`
 * (another kind of file), `host.pathNetwork` (a file share: the program uses no network).
 */
export function pastedPath(text: string, rules: PathRules): Result<string> {
  const path = rules.platform === 'win32' ? win32 : posix;
  const plain = withHome(unescaped(local(unquoted(text), rules), rules), rules);
  if (plain === undefined || plain.includes('\0')) return refuse('host.path');
  if (isShare(plain, rules)) return refuse('host.pathNetwork');
  if (!ENDING.test(plain)) return refuse('host.pathEnding', { ending: `.${exchangeExtension}` });
  if (isWhole(plain, rules)) return ok(path.normalize(plain));
  return rules.base === undefined ? refuse('host.path') : ok(path.resolve(rules.base, plain));
}

/** One line, without the quotes that file managers and terminals put around it. */
function unquoted(text: string): string {
  const line = text.trim();
  return QUOTES.exec(line)?.[2]?.trim() ?? line;
}

/** A `file:` address as a path of this system; undefined for an address that is none. */
function local(text: string, { platform }: PathRules): string | undefined {
  if (!/^file:/i.test(text)) return text.includes('\n') ? undefined : text;
  const url = URL.parse(text);
  if (!url) return undefined;
  // A host other than this machine is a file share, whatever the system makes of it.
  if (url.host && url.host !== 'localhost') return `\\\\${url.host}`;
  url.host = '';
  try {
    return fileURLToPath(url, { windows: platform === 'win32' });
  } catch (error) {
    if (error instanceof TypeError) return undefined; // An escaped slash, or no drive letter.
    throw error;
  }
}

/** `my\ file` as terminals write it; on Windows a backslash parts folders. */
const unescaped = (text: string | undefined, { platform }: PathRules): string | undefined =>
  platform === 'win32' || text?.startsWith('\\\\')
    ? text
    : text?.replaceAll(/\\([ ()[\]&'"!$;,#*?])/g, '$1');

const withHome = (text: string | undefined, { home }: PathRules): string | undefined =>
  text?.replace(/^~(?=[\\/])/, () => home);

const isShare = (text: string, { platform }: PathRules): boolean =>
  text.startsWith('\\\\') || (platform === 'win32' && /^[\\/]{2}/.test(text));

/** On Windows a path without its drive depends on where the program happens to stand. */
const isWhole = (text: string, { platform }: PathRules): boolean =>
  platform === 'win32' ? /^[a-z]:[\\/]/i.test(text) : text.startsWith('/');
