/** What only state here showed that gives way, as segments: held, shown, and written again by a person. */
import { encodeSegment, SEAL_AT, type Segment } from '../../shared/exchange/segment';
import type { Change } from '../../shared/log/change';
import { asText } from '../../shared/projection/projection';
import { deviceOf } from '../../shared/trust/device';
import type { Vault } from '../store/vault';
import { webCodec } from './webCodec';

/** Of each replica the runs of a kind without a hole; nobody signed them like that. */
export async function heldState(
  lost: readonly Change[],
  { projection }: Pick<Vault, 'projection'>,
): Promise<readonly Segment[]> {
  const runs: Change[][] = [];
  for (const change of lost) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    // State does not say who wrote what it shows: the device is known by its name.
    const by = asText(projection.get(change.r)?.values.name) || deviceOf(change.r);
    // A device may be allowed to write one kind again and not another.
    const follows = last?.r === change.r && last.k === change.k && last.s + 1 === change.s;
    const goesOn = follows && (run?.length ?? 0) < SEAL_AT;
    if (goesOn) run?.push({ ...change, by });
    else runs.push([{ ...change, by }]);
  }
  return Promise.all(runs.map((run) => encodeSegment(run, undefined, webCodec)));
}
