/**
 * The same log in other bytes. A device that was put back packs anew what had travelled already; then
 * two chains of hashes say the same, and what follows the one fits the other nowhere. The bytes of
 * headquarters are the ones that stay.
 */
import { dotOf, type Change, type ReplicaId } from '../log/change';
import { remembers } from '../log/record';
import { covers, seen } from '../log/vector';
import { deviceOf } from '../trust/device';
import { certificateOf } from '../trust/roster';
import { distrustOf } from '../trust/standing';
import type { OpenSegment } from './openSegments';
import type { PlanInput } from './plan';

/** Whether this very change is here, as far as the log or the record can tell. */
export function isHere(
  change: Change,
  { projection, logged }: Pick<PlanInput, 'projection' | 'logged'>,
): boolean {
  const twin = logged?.(dotOf(change));
  if (twin) return JSON.stringify(twin) === JSON.stringify(change);
  return remembers(projection.get(change.id), change);
}

/**
 * Replicas of which the file brings a chain that says all that is here, and goes on from no segment of
 * ours: its own takes the place of that. `below`: the changes before it are here in another way.
 */
export function inOtherBytes(
  input: PlanInput,
  below: (replica: ReplicaId) => number,
): readonly ReplicaId[] {
  const { file, self, tips, hasSegment, projection, compacted = {} } = input;
  const { roster, manifest, sender } = file;
  const isHq = (replica: ReplicaId) => certificateOf(roster, deviceOf(replica))?.role === 'hq';
  if (sender !== 'proven' || !isHq(manifest.from.replica)) return [];
  const chains = Map.groupBy(file.segments, ({ segment }) => segment.replica);
  const agrees = ({ segment, changes }: OpenSegment, mine: number): boolean =>
    hasSegment(segment.sha256) ||
    changes.every(
      (each) => each.s > mine || covers(compacted, each.r, each.s) || isHere(each, input),
    );
  return [...chains].flatMap(([replica, chain]) => {
    const mine = seen(projection.have(), replica);
    const tip = tips[replica];
    if (!tip || mine === 0) return [];
    if (chain.some(({ segment }) => segment.sha256 === tip.sha256)) return [];
    let reach = below(replica);
    for (const { segment, proof, changes } of chain) {
      if (segment.from > reach + 1 || distrustOf({ ...segment, proof, changes }, roster)) return [];
      reach = segment.to;
    }
    const last = chain.at(-1)?.segment.sha256 ?? '';
    // Of two headquarters one has to give way.
    if (reach < mine || (isHq(self) && last > tip.sha256)) return [];
    return chain.every((open) => agrees(open, mine)) ? [replica] : [];
  });
}
