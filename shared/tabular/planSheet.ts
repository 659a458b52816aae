/** Planning a sheet, whole or in slices. */
import type { Mapping } from './mapping';
import type { PlanContext, Progress, SheetPlan } from './plan';
import { planLinks } from './planLinks';
import { planRecords } from './planRecords';
import type { Sheet } from './sheet';

/**
 * The plan as a generator that yields its progress, so that a page can stay alive between slices and
 * stop early. Nothing is written; the same sheet planned again after its edits were committed is
 * unchanged in every row.
 */
export function planSteps(
  sheet: Sheet,
  mapping: Mapping,
  context: PlanContext,
): Generator<Progress, SheetPlan> {
  return mapping.as === 'links'
    ? planLinks(sheet, mapping, context)
    : planRecords(sheet, mapping, context);
}

/** The whole plan at once. */
export function planSheet(sheet: Sheet, mapping: Mapping, context: PlanContext): SheetPlan {
  const steps = planSteps(sheet, mapping, context);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
