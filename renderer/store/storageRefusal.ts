/**
 * Turns what was thrown while something was stored into a sentence: a full disk, a closed or newer
 * database, another refusal of IndexedDB, or a mistake of ours, which is not to look like one of those.
 */
import { refuse, type Result } from '../../shared/result';

/** Thrown by the language and by this program, never by IndexedDB or Dexie. */
const OURS: ReadonlySet<string> = new Set([
  'Error',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
]);

export function storageRefusal(error: unknown): Result<never> {
  const names = new Set<string>();
  let at: unknown = error;
  while (at instanceof Error) {
    names.add(at.name);
    at = 'inner' in at ? at.inner : undefined;
  }
  if (names.has('QuotaExceededError')) return refuse('commit.diskFull');
  if (names.has('VersionError')) return refuse('commit.newerDatabase');
  if (names.has('DatabaseClosedError')) return refuse('commit.closed');
  const name = [...names].at(-1) ?? 'unknown';
  // Its message may hold a record's values, and is told to nobody.
  return refuse(OURS.has(name) ? 'commit.mistake' : 'commit.storage', { name });
}
