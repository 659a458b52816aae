/**
 * When bytes that no attachment names any more may go. Counted in days on which the program ran,
 * not by the calendar: a clock that jumps ten years ahead must not throw anything away.
 */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Days that bytes are kept after the last attachment naming them was deleted. */
export const KEPT_DAYS = 30;

export interface Unnamed {
  /** When the last count was made: milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** How long each has been without a name, in milliseconds, by SHA-256. */
  readonly since: Readonly<Record<string, number>>;
}

export interface Count {
  readonly kept: Unnamed;
  /** Those whose time is up. */
  readonly gone: readonly string[];
}

/** `unnamed`: bytes that are here and that no attachment names now. At most a day is counted at once. */
export function countUnnamed(
  before: Unnamed | undefined,
  unnamed: readonly string[],
  now: number,
): Count {
  const passed = Math.min(Math.max(0, now - (before?.at ?? now)), DAY_MS);
  const since: Record<string, number> = {};
  const gone: string[] = [];
  for (const sha256 of unnamed) {
    const known = before && Object.hasOwn(before.since, sha256) ? before.since[sha256] : undefined;
    const age = known === undefined ? 0 : known + passed;
    if (age >= KEPT_DAYS * DAY_MS) gone.push(sha256);
    else since[sha256] = age;
  }
  return { kept: { at: now, since }, gone };
}
