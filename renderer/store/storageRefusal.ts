/** Turns what IndexedDB throws into a sentence: a full disk, a closed or newer database, the rest. */
import { refuse, type Result } from '../../shared/result';

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
  return refuse('commit.storage', { name: [...names].at(-1) ?? 'unknown' });
}
