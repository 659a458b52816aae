/** Which plan fits a loss: the one for it first, then those that restore what is affected. */
import type { RecordId } from '../log/change';
import type { RecordState } from '../log/record';
import { endOf } from '../projection/references';
import type { Projection } from '../projection/projection';
import type { Impact } from '../impact/impact';

export interface RankedPlan {
  readonly plan: RecordState;
  /** It is written for the loss of something that is lost. */
  readonly covers: boolean;
  /** Affected services that it restores. */
  readonly restores: number;
}

/** Withdrawn plans are left out. Approved ones come before drafts of the same fit. */
export function rankPlans(projection: Projection, impact: Impact): readonly RankedPlan[] {
  const lost = new Set<RecordId>(impact.lost);
  return projection
    .records('plan')
    .filter((plan) => plan.values.status !== 'withdrawn')
    .map((plan) => ({
      plan,
      covers: projection.linksFrom(plan.id, 'covers').some((link) => lost.has(endOf(link, 'to'))),
      restores: projection
        .linksFrom(plan.id, 'restores')
        .filter((link) => impact.isDown(endOf(link, 'to'))).length,
    }))
    .toSorted(
      (a, b) =>
        Number(b.covers) - Number(a.covers) ||
        b.restores - a.restores ||
        Number(isApproved(b.plan)) - Number(isApproved(a.plan)) ||
        (a.plan.id < b.plan.id ? -1 : 1),
    );
}

const isApproved = (plan: RecordState): boolean => plan.values.status === 'approved';
