/** The last look at a plan before it is written, in slices: nothing durable has happened yet. */
import { checkEdits, type EditContext } from '../log/checkEdits';
import type { Edit } from '../log/changeset';
import { ok, type Result } from '../result';
import type { Progress } from './plan';
import { SLICE } from './planParts';

/**
 * Finds what the write door would refuse, so that it is told while the person can still call the
 * import off. Refusals: those of `checkEdits`. No edit of a plan leans on another one of the same
 * plan but through fields, which is why slices can be checked on their own.
 */
export function* checkSteps(
  edits: readonly Edit[],
  context: EditContext,
): Generator<Progress, Result<null>> {
  for (let done = 0; done < edits.length; done += SLICE) {
    const result = checkEdits(edits.slice(done, done + SLICE), context);
    if (!result.ok) return result;
    yield { done, total: edits.length };
  }
  return ok(null);
}
