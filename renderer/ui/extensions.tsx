/** Kinds whose detail page is more than their fields. Everything else is derived. */
import { lazy, type ComponentType } from 'react';
import type { RecordPageProps } from './record/StandardRecord';

export const recordPages: Readonly<Record<string, ComponentType<RecordPageProps>>> = {
  plan: lazy(async () => ({ default: (await import('../places/plans/PlanPage')).PlanPage })),
};
