/** The steps of a plan as the editor and the print see them. */
import { kindOf } from '../../../shared/kinds/registry';
import type { RecordState } from '../../../shared/log/record';
import type { Projection } from '../../../shared/projection/projection';
import { endOf } from '../../../shared/projection/references';
import {
  criticalPath,
  type CriticalPath,
  type PlannedStep,
} from '../../../shared/response/criticalPath';

export const AFTER = 'after';

export interface Step extends PlannedStep {
  readonly record: RecordState;
  /** What people call it: its order, or its place where orders are missing or double. */
  readonly no: number;
  readonly phase: string;
}

export interface PlanSteps {
  readonly steps: readonly Step[];
  readonly path: CriticalPath;
}

export function stepsOf(projection: Projection, plan: string): PlanSteps {
  const kind = kindOf('planStep');
  const records = kind ? projection.parts(plan, kind) : [];
  const orders = records.map((record) => record.values.order);
  const numbered =
    orders.every((order) => typeof order === 'number') && new Set(orders).size === orders.length;
  const ids = new Set(records.map((record) => record.id));
  const steps = records.map((record, i): Step => {
    const { order, duration, phase } = record.values;
    return {
      id: record.id,
      record,
      no: numbered && typeof order === 'number' ? order : i + 1,
      phase: typeof phase === 'string' ? phase : 'recovery',
      minutes: typeof duration === 'number' ? duration : 0,
      after: projection
        .linksFrom(record.id, AFTER)
        .map((link) => endOf(link, 'to'))
        .filter((id) => ids.has(id)),
    };
  });
  const path = criticalPath(steps);
  return { steps, path };
}

/** Planned minutes until the last step that restores the service ends; undefined without one. */
export function backAfter({ steps, path }: PlanSteps, service: string): number | undefined {
  const ends = steps.flatMap((step) => {
    const start = path.starts.get(step.id);
    return step.record.values.restores === service && start !== undefined
      ? [start + step.minutes]
      : [];
  });
  return ends.length ? Math.max(...ends) : undefined;
}

/** Numbers typed as `3, 4` become steps; a number that no step has is named. */
export function readNumbers(
  steps: readonly Step[],
  text: string,
): { readonly ids: readonly string[]; readonly unknown: string | undefined } {
  const typed = text.split(/[\s,;，、；]+/).filter(Boolean);
  const ids: string[] = [];
  for (const one of typed) {
    const step = steps.find((candidate) => String(candidate.no) === one);
    if (!step) return { ids, unknown: one };
    if (!ids.includes(step.id)) ids.push(step.id);
  }
  return { ids, unknown: undefined };
}
