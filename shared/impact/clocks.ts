/**
 * Clocks of a loss. Times are milliseconds since 1970-01-01 UTC, targets are minutes. An exercise
 * can be paused, so clocks count running time: `now - start - paused`.
 */

export const MINUTE_MS = 60_000;

/** Less than a quarter, or less than half an hour, of the target is left. */
const SOON_SHARE = 0.25;
const SOON_MINUTES = 30;

export type ClockState = 'open' | 'soon' | 'breached' | 'back' | 'backLate' | 'noTarget';

export interface Clock {
  readonly state: ClockState;
  /** Minute of breach at the present pace, or undefined without a target. */
  readonly breachAt: number | undefined;
  /** Minutes left, negative when over; undefined without a target. */
  readonly left: number | undefined;
  /** Share of the target used, 0 to 1. */
  readonly used: number;
}

export interface ClockInput {
  readonly start: number;
  readonly now: number;
  /** Milliseconds paused between `start` and `now`. */
  readonly paused: number;
  readonly target: number | undefined;
  /** Minutes it took, once the service is back. */
  readonly achieved: number | undefined;
}

export function clockOf({ start, now, paused, target, achieved }: ClockInput): Clock {
  const elapsed = achieved ?? Math.max(0, now - start - paused) / MINUTE_MS;
  if (target === undefined) {
    const state = achieved === undefined ? 'noTarget' : 'back';
    return { state, breachAt: undefined, left: undefined, used: state === 'back' ? 1 : 0 };
  }
  const left = target - elapsed;
  return {
    state: stateOf(left, target, achieved !== undefined),
    breachAt: start + paused + target * MINUTE_MS,
    left,
    used: target > 0 ? Math.min(1, Math.max(0, elapsed / target)) : 1,
  };
}

function stateOf(left: number, target: number, back: boolean): ClockState {
  if (back) return left >= 0 ? 'back' : 'backLate';
  if (left < 0) return 'breached';
  return left < SOON_MINUTES || left < target * SOON_SHARE ? 'soon' : 'open';
}
