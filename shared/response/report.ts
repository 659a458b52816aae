/** The figures of the after-action report (6.3.2.1): achieved against target, planned against actual. */
import { MINUTE_MS } from '../impact/clocks';
import type { FrozenService } from './frozen';
import { elapsed, pausedBetween, type RunState } from './run';
import type { StepState } from './steps';

export type Verdict = 'met' | 'missed' | 'notBack' | 'noTarget';

export interface ServiceResult {
  readonly service: FrozenService;
  /** Minutes, or undefined when the service was not back at the end. */
  readonly achieved: number | undefined;
  readonly rto: Verdict;
  readonly mtpd: Verdict;
}

export interface StepResult {
  readonly state: StepState;
  /** Minutes it took, pauses left out; undefined unless it was started and finished. */
  readonly actual: number | undefined;
  /** Actual less planned minutes. */
  readonly over: number | undefined;
}

export interface CallResult {
  readonly reached: number;
  readonly total: number;
  readonly attempts: number;
  readonly byDeputy: number;
  readonly wrongNumbers: number;
  /** Minutes from the start until the last one was reached; undefined when nobody was. */
  readonly lastReached: number | undefined;
  /** Reached later than the tree allows. */
  readonly late: number;
}

export interface Report {
  /** Minutes from the loss to the stand-down, pauses left out. */
  readonly duration: number;
  readonly paused: number;
  readonly services: readonly ServiceResult[];
  readonly missed: readonly ServiceResult[];
  readonly steps: readonly StepResult[];
  readonly done: number;
  readonly skipped: number;
  readonly open: number;
  readonly calls: CallResult;
}

/** `now` ends what is still running, in milliseconds. */
export function reportOf(run: RunState, now: number): Report {
  const end = run.stoodDownAt ?? now;
  const services = run.services.map(({ service, achieved }) => ({
    service,
    achieved,
    rto: verdict(service.rto, achieved, elapsed(run, now) / MINUTE_MS),
    mtpd: verdict(service.mtpd, achieved, elapsed(run, now) / MINUTE_MS),
  }));
  const count = (...statuses: readonly string[]) =>
    run.steps.filter((state) => statuses.includes(state.status)).length;
  return {
    duration: elapsed(run, now) / MINUTE_MS,
    paused: pausedBetween(run.pauses, run.lostAt, end) / MINUTE_MS,
    services,
    missed: services.filter(({ rto, mtpd }) => [rto, mtpd].includes('missed')),
    steps: run.steps.map((state) => stepResult(run, state)),
    done: count('done'),
    skipped: count('skipped'),
    open: count('waiting', 'ready', 'running', 'blocked'),
    calls: callResult(run),
  };
}

/** A service that is not back has missed its target only once the target has passed. */
function verdict(target: number | null, achieved: number | undefined, total: number): Verdict {
  if (target === null) return 'noTarget';
  if (achieved === undefined) return total > target ? 'missed' : 'notBack';
  return achieved <= target ? 'met' : 'missed';
}

function stepResult(run: RunState, state: StepState): StepResult {
  const { startedAt, endedAt, status, step } = state;
  if (status !== 'done' || startedAt === undefined || endedAt === undefined) {
    return { state, actual: undefined, over: undefined };
  }
  const took = endedAt - startedAt - pausedBetween(run.pauses, startedAt, endedAt);
  const actual = Math.max(0, took / MINUTE_MS);
  return { state, actual, over: step.minutes === null ? undefined : actual - step.minutes };
}

function callResult(run: RunState): CallResult {
  const { nodes, reached, total } = run.calls;
  const from = run.startedAt ?? run.lostAt;
  const minutesTo = (at: number) =>
    Math.max(0, (at - from - pausedBetween(run.pauses, from, at)) / MINUTE_MS);
  const all = nodes.flatMap((state) => state.attempts);
  const times = nodes.flatMap(({ reachedAt }) => (reachedAt === undefined ? [] : [reachedAt]));
  const hit = (outcome: string) => all.filter((attempt) => attempt.outcome === outcome);
  return {
    reached,
    total,
    attempts: all.length,
    byDeputy: nodes.filter(
      (state) => state.attempts.find((attempt) => attempt.outcome === 'reached')?.who === 'deputy',
    ).length,
    wrongNumbers: hit('wrongNumber').length,
    lastReached: times.length ? minutesTo(Math.max(...times)) : undefined,
    late: nodes.filter(
      ({ node, reachedAt }) =>
        node.within !== null && reachedAt !== undefined && minutesTo(reachedAt) > node.within,
    ).length,
  };
}
