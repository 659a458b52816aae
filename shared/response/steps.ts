/** What the log says about each step of the plan. */
import type { RecordId } from '../log/change';
import type { Entry } from './entry';
import type { FrozenStep } from './frozen';

export type StepStatus = 'waiting' | 'ready' | 'running' | 'blocked' | 'done' | 'skipped';

export interface StepState {
  readonly step: FrozenStep;
  readonly status: StepStatus;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Who started, finished, blocked or skipped it. */
  readonly by: string;
  /** Why it is blocked or was skipped. */
  readonly reason: string;
  /** Steps of this run that must be done or skipped before. */
  readonly after: readonly RecordId[];
  /** Those of them that are still open. */
  readonly waitsFor: readonly RecordId[];
}

type Doing = 'open' | 'running' | 'blocked' | 'done' | 'skipped';

interface Mark {
  doing: Doing;
  startedAt: number | undefined;
  endedAt: number | undefined;
  by: string;
  reason: string;
}

const fresh = (): Mark => ({
  doing: 'open',
  startedAt: undefined,
  endedAt: undefined,
  by: '',
  reason: '',
});

/** `entries` in the order of the log. Steps of the other mode are left out. */
export function foldSteps(
  steps: readonly FrozenStep[],
  entries: readonly Entry[],
  mode: 'drill' | 'real',
): readonly StepState[] {
  const other = mode === 'drill' ? 'realOnly' : 'drillOnly';
  const kept = steps.filter((step) => step.mode !== other);
  const after = predecessors(steps, new Set(kept.map((step) => step.id)));
  const marks = new Map(kept.map((step) => [step.id, fresh()]));
  for (const entry of entries) {
    const mark = marks.get(entry.subject);
    if (mark) note(mark, entry);
  }
  const closed = (id: RecordId) => {
    const doing = marks.get(id)?.doing;
    return doing === 'done' || doing === 'skipped';
  };
  return kept.map((step) => {
    const { doing, ...mark } = marks.get(step.id) ?? fresh();
    const before = after.get(step.id) ?? [];
    const waitsFor = before.filter((id) => !closed(id));
    const status = doing !== 'open' ? doing : waitsFor.length ? 'waiting' : 'ready';
    return { step, status, ...mark, after: before, waitsFor };
  });
}

/**
 * What two people did to one step at once must give the same everywhere: done beats skipped, which
 * beats blocked and started; only reopening takes a step back.
 */
function note(mark: Mark, entry: Entry): void {
  const over = mark.doing === 'done' || mark.doing === 'skipped';
  switch (entry.type) {
    case 'stepStarted':
      if (over || mark.doing === 'running') return;
      mark.startedAt ??= entry.at;
      set(mark, 'running', entry, '');
      return;
    case 'stepDone':
      if (mark.doing === 'done') return;
      mark.endedAt = entry.at;
      set(mark, 'done', entry, entry.text);
      return;
    case 'stepBlocked':
      if (over) return;
      set(mark, 'blocked', entry, entry.text);
      return;
    case 'stepSkipped':
      if (over) return;
      mark.endedAt = entry.at;
      set(mark, 'skipped', entry, entry.text);
      return;
    case 'stepReopened':
      Object.assign(mark, fresh());
      return;
    default:
  }
}

function set(mark: Mark, doing: Doing, entry: Entry, reason: string): void {
  mark.doing = doing;
  mark.by = entry.by;
  mark.reason = reason;
}

/**
 * Predecessors among the kept steps. A step that is left out hands its own predecessors on, and an
 * edge that closes a circle is dropped (the first met in the plan's order), or nothing could start.
 */
export function predecessors(
  steps: readonly FrozenStep[],
  kept: ReadonlySet<RecordId>,
): ReadonlyMap<RecordId, readonly RecordId[]> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const acyclic = new Map<RecordId, readonly RecordId[]>();
  const path = new Set<RecordId>();
  const visit = (step: FrozenStep): void => {
    if (acyclic.has(step.id)) return;
    path.add(step.id);
    const before: RecordId[] = [];
    for (const id of new Set(step.after)) {
      const previous = byId.get(id);
      if (!previous || path.has(id)) continue;
      visit(previous);
      before.push(id);
    }
    path.delete(step.id);
    acyclic.set(step.id, before);
  };
  for (const step of steps) visit(step);
  const expand = (id: RecordId): readonly RecordId[] =>
    kept.has(id) ? [id] : (acyclic.get(id) ?? []).flatMap(expand);
  return new Map(
    [...kept].map((id) => [id, [...new Set((acyclic.get(id) ?? []).flatMap(expand))]]),
  );
}
