/**
 * Hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014). It only picks which of
 * several concurrent values is shown; it can never remove one (I6).
 */

/** [milliseconds since 1970-01-01 UTC, counter within that millisecond]. */
export type Hlc = readonly [ms: number, counter: number];

/** A clock further ahead than this is flagged and does not drag the local clock along. */
export const MAX_SKEW_MS = 24 * 60 * 60 * 1000;

export const compareHlc = (a: Hlc, b: Hlc): number => a[0] - b[0] || a[1] - b[1];

/** The time of the next local change: after everything seen, at or after the wall clock. */
export const tick = (last: Hlc, wallMs: number): Hlc =>
  wallMs > last[0] ? [wallMs, 0] : [last[0], last[1] + 1];

/** Join the clock of a received change; one too far in the future is ignored. */
export function receive(last: Hlc, remote: Hlc, wallMs: number): Hlc {
  if (isFuture(remote, wallMs)) return last;
  return compareHlc(remote, last) > 0 ? remote : last;
}

export const isFuture = (remote: Hlc, wallMs: number): boolean => remote[0] > wallMs + MAX_SKEW_MS;
