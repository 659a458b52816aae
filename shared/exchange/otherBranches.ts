/** Replicas of which another branch is here than the one that a base stands for. */
import type { ReplicaId } from '../log/change';
import { seen } from '../log/vector';
import { deviceOf } from '../trust/device';
import { certificateOf, type Anchor } from '../trust/roster';
import type { OpenBase } from './base';
import { acceptedChain, losingBranches } from './branch';
import type { OpenSegment } from './openSegments';
import type { PlanInput } from './plan';
import { endsAlike, showsAll } from './stateHere';
import type { VerifiedFile } from './verify';

type Base = Pick<OpenBase, 'head' | 'rows'>;

/** By what the base ends with, where as much is here. */
export function otherBranches(base: Base, input: PlanInput): readonly ReplicaId[] {
  const { projection, compacted = {}, hasSegment, file } = input;
  const have = projection.have();
  const losing = losingBranches(file.roster, have, hasSegment, compacted);
  return Object.entries(base.head.tips)
    .filter(([replica, tip]) => {
      if (seen(have, replica) < tip.to || hasSegment(tip.sha256)) return false;
      if (seen(compacted, replica) >= tip.to) {
        return !isSame(replica, tip, input) && isDecided(replica, tip, base, input);
      }
      // Of a branch that gives way nothing is spared: whoever keeps it waits for a chain that nobody sends.
      if (losing.includes(replica) || isFollowed(replica, tip, file)) return true;
      return (
        isReturned(replica, tip, input) ||
        !(
          isSame(replica, tip, input) ||
          goesOn(replica, hasSegment, file) ||
          endsAlike(base.rows, replica, tip.to, input.projection)
        )
      );
    })
    .map(([replica]) => replica);
}

/** Known to say the same in other bytes. */
const isSame = (replica: ReplicaId, { to, sha256 }: Anchor, { ends }: PlanInput): boolean =>
  !!ends?.at(replica, to).includes(sha256);

/** The last segment of the sender is here: it follows what is here, and he goes on from the base with it. */
const goesOn = (
  replica: ReplicaId,
  hasSegment: PlanInput['hasSegment'],
  file: VerifiedFile,
): boolean => lastAt(replica, file).some(hasSegment);

const lastAt = (replica: ReplicaId, { sender, manifest: { tips } }: VerifiedFile) =>
  (sender === 'proven' && Object.hasOwn(tips, replica) && tips[replica]) || [];

/** State here that ends with the same number and shows the same; headquarters has decided for this one. */
const isDecided = (
  replica: ReplicaId,
  { to, sha256 }: Anchor,
  { rows }: Base,
  { projection, compacted = {}, file: { roster } }: PlanInput,
): boolean =>
  seen(compacted, replica) === to &&
  roster?.accepted[replica]?.sha256 === sha256 &&
  showsAll(rows, replica, to, projection);

/** The same is here in other bytes, and what headquarters decided for goes on from the state. */
export const isFollowed = (replica: ReplicaId, { sha256 }: Anchor, file: VerifiedFile): boolean =>
  chainOf(replica, file).some(({ prev }) => prev === sha256);

/** What the file brings of the branch that headquarters decided for. */
export const chainOf = (
  replica: ReplicaId,
  { segments, roster }: VerifiedFile,
): readonly OpenSegment[] => acceptedChain(replica, segments, roster);

/**
 * A state that it vouched for comes back to headquarters, which has packed the same anew since it was put
 * back: nobody can tell the sender that what goes on from there goes on from the state.
 */
function isReturned(replica: ReplicaId, { to, sha256 }: Anchor, input: PlanInput): boolean {
  const { projection, file, roster, self } = input;
  const hasNext =
    file.sender === 'proven' &&
    file.segments.some(({ segment, prev }) => segment.replica === replica && prev === sha256);
  // Who names no content in his receipts has as much as the state that he brings, and no more.
  const [last] = lastAt(replica, file);
  const isLast =
    last === undefined
      ? file.sender === 'proven' && seen(file.manifest.have, replica) === to
      : last === sha256;
  return (
    certificateOf(roster, deviceOf(self))?.role === 'hq' &&
    seen(projection.have(), replica) > to &&
    (file.roster?.accepted[replica]?.to ?? 0) > to &&
    (hasNext || isLast)
  );
}
