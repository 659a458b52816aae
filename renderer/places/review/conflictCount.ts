/** How many fields are in conflict; counted once for each state of the projection. */
import { conflictsIn } from '../../../shared/review/conflict';
import type { Projection } from '../../../shared/projection/projection';

const counted = new WeakMap<Projection, { readonly version: number; readonly count: number }>();

export function allConflictCount(projection: Projection): number {
  const version = projection.version();
  const known = counted.get(projection);
  if (known?.version === version) return known.count;
  let count = 0;
  for (const id of projection.conflicts()) {
    const state = projection.get(id);
    if (state) count += conflictsIn(state).length;
  }
  counted.set(projection, { version, count });
  return count;
}
