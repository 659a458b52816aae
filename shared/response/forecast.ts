/**
 * When each step and each service will be done if every open step takes as long as planned: the
 * longest way through the steps still open, from now (CPM forward pass).
 */
import type { RecordId } from '../log/change';
import { MINUTE_MS } from '../impact/clocks';
import type { RunState } from './run';
import type { StepState } from './steps';

export type Forecast =
  | { readonly type: 'at'; readonly at: number }
  /** A step on the way is blocked, so nobody can say. */
  | { readonly type: 'blocked'; readonly by: RecordId }
  | { readonly type: 'unknown' };

/** Expected end of every step, milliseconds. A step without a planned duration counts as zero. */
function forecastSteps(steps: readonly StepState[], now: number): ReadonlyMap<RecordId, Forecast> {
  const byId = new Map(steps.map((state) => [state.step.id, state]));
  const known = new Map<RecordId, Forecast>();
  const endOf = (state: StepState): Forecast => {
    const hit = known.get(state.step.id);
    if (hit) return hit;
    const result = compute(state);
    known.set(state.step.id, result);
    return result;
  };
  const compute = (state: StepState): Forecast => {
    if (state.status === 'done' || state.status === 'skipped') {
      return { type: 'at', at: state.endedAt ?? now };
    }
    if (state.status === 'blocked') return { type: 'blocked', by: state.step.id };
    const planned = (state.step.minutes ?? 0) * MINUTE_MS;
    if (state.status === 'running') {
      return { type: 'at', at: Math.max(now, (state.startedAt ?? now) + planned) };
    }
    let start = now;
    for (const id of state.after) {
      const before = byId.get(id);
      const end = before ? endOf(before) : undefined;
      if (end?.type === 'blocked') return end;
      if (end?.type === 'at') start = Math.max(start, end.at);
    }
    return { type: 'at', at: start + planned };
  };
  for (const state of steps) endOf(state);
  return known;
}

/** Expected time at which a service is back: the last of the steps that restore it. */
export function forecastService(run: RunState, service: RecordId, now: number): Forecast {
  const restoring = run.steps.filter((state) => state.step.restores === service);
  if (!restoring.length) return { type: 'unknown' };
  const ends = forecastSteps(run.steps, now);
  let last = 0;
  for (const { step } of restoring) {
    const end = ends.get(step.id);
    if (end?.type !== 'at') return end ?? { type: 'unknown' };
    last = Math.max(last, end.at);
  }
  return { type: 'at', at: last };
}

/** True when every step that restores the service is done, and there is at least one. */
export function stepsSayBack(run: RunState, service: RecordId): boolean {
  const restoring = run.steps.filter((state) => state.step.restores === service);
  return restoring.length > 0 && restoring.every((state) => state.status === 'done');
}
