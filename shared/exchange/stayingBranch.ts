/** Which branches here give way to the one that headquarters accepted, and from where on that one goes. */
import type { Change, ReplicaId } from '../log/change';
import { seen } from '../log/vector';
import type { Anchor } from '../trust/roster';
import { acceptedChain, losingBranches } from './branch';
import type { OpenSegment } from './openSegments';
import type { PlanInput } from './plan';
import type { BasedStart } from './planBases';
import { knownEnds } from './receipt';
import { endsAsState, leavesState } from './stateHere';

export interface StayingBranch {
  readonly replica: ReplicaId;
  /** What it goes on from: the end of the state here, or nothing (0). */
  readonly from: Anchor;
}

export interface Branches {
  readonly staying: readonly StayingBranch[];
  /** Replicas of which headquarters accepted another branch than the state here stands for. */
  readonly strays: readonly ReplicaId[];
  /** What the state here ends with in the other bytes that headquarters decided for. */
  readonly asState: readonly OpenSegment[];
}

/** As far as all of a branch up to the anchor is at hand. */
export function branchesOf(
  input: PlanInput,
  { have, compacted, tips }: BasedStart,
  segments: readonly OpenSegment[],
  isDenied: (change: Change) => boolean,
): Branches {
  const { roster } = input.file;
  const asState = segments.filter((open) => isAsState(open, input, isDenied));
  const ends = knownEnds(input.ends);
  for (const { segment } of asState) ends.add(segment.replica, segment.to, segment.sha256);
  const chainOf = (replica: ReplicaId): readonly OpenSegment[] =>
    acceptedChain(replica, segments, roster);
  const strays = Object.keys(roster?.accepted ?? {}).filter(
    (replica) =>
      seen(input.compacted ?? {}, replica) > 0 &&
      isStraying(replica, chainOf(replica), { ...input, ends }, isDenied),
  );
  const losing = losingBranches(roster, have, input.hasSegment, compacted, (replica) =>
    isAstray(tips[replica], chainOf(replica)),
  );
  const staying = losing.flatMap((replica): readonly StayingBranch[] => {
    const from = strays.includes(replica)
      ? undefined
      : beginning(replica, chainOf(replica), { ...input, ends }, isDenied);
    return from ? [{ replica, from }] : [];
  });
  const decided = asState.filter(
    ({ segment: { replica, sha256 } }) =>
      roster?.accepted[replica]?.sha256 === sha256 && !losing.includes(replica),
  );
  // What went on from the other bytes does not go on from these.
  const anew = decided
    .map(({ segment: { replica, to, sha256 } }) => ({ replica, from: { to, sha256 } }))
    .filter(({ replica, from }) => seen(input.projection.have(), replica) > from.to);
  return { staying: [...staying, ...anew], strays, asState: decided };
}

/** Of what the state here ends with the bytes that headquarters decided for: what comes goes on from those. */
export function decidedEnds(
  { compacted = {}, ends, hasSegment, file }: PlanInput,
  asState: readonly OpenSegment[],
): Readonly<Record<ReplicaId, Anchor>> {
  const known = knownEnds(ends);
  for (const { segment } of asState) known.add(segment.replica, segment.to, segment.sha256);
  const accepted = Object.entries(file.roster?.accepted ?? {});
  return Object.fromEntries(
    accepted.filter(
      ([replica, { to, sha256 }]) =>
        to > 0 &&
        to === seen(compacted, replica) &&
        !hasSegment(sha256) &&
        known.at(replica, to).includes(sha256),
    ),
  );
}

/** Unless its bytes are known; and while the state itself is not there any more it is not said. */
const isAsState = (
  open: OpenSegment,
  { compacted = {}, ends, state, hasSegment, file }: PlanInput,
  isDenied: (change: Change) => boolean,
): boolean => {
  const { replica, to, sha256 } = open.segment;
  return (
    state !== undefined &&
    open.proof === 'signed' &&
    to === seen(compacted, replica) &&
    file.bases.every(({ head }) => seen(head.have, replica) < to) &&
    !hasSegment(sha256) &&
    !ends?.at(replica, to).includes(sha256) &&
    endsAsState(open, state) &&
    !open.changes.some(isDenied)
  );
};

/** Not where the file brings the state itself: its sender stands by it. */
function isStraying(
  replica: ReplicaId,
  chain: readonly OpenSegment[],
  { compacted = {}, ends = knownEnds(), file, hasSegment }: PlanInput,
  isDenied: (change: Change) => boolean,
): boolean {
  const end = seen(compacted, replica);
  const isCarried = file.bases.some(({ head }) => seen(head.have, replica) >= end);
  return (
    !isCarried &&
    leavesState(chain, end, ends, (change, { sha256 }) => !hasSegment(sha256) && isDenied(change))
  );
}

/** The last segment here is none of the chain that stays, and none that it goes on from. */
const isAstray = (tip: Anchor | undefined, chain: readonly OpenSegment[]): boolean =>
  tip !== undefined &&
  chain.length > 0 &&
  chain.every(({ segment, prev }) => segment.sha256 !== tip.sha256 && prev !== tip.sha256);

/** The author's first change, or where the state here ends, also within a segment that says the same up to there. */
function beginning(
  replica: ReplicaId,
  chain: readonly OpenSegment[],
  { compacted = {}, ends = knownEnds() }: PlanInput,
  isDenied: (change: Change) => boolean,
): Anchor | undefined {
  if (chain.some(({ segment }) => segment.from === 1)) return { to: 0, sha256: '' };
  const end = seen(compacted, replica);
  const known = ends.at(replica, end);
  const next = chain.find(({ segment }) => end > 0 && segment.from === end + 1)?.prev;
  if (next && known.includes(next)) return { to: end, sha256: next };
  const spans = chain.some(
    ({ segment: { from, to }, changes }) =>
      from <= end && end < to && changes.every((change) => change.s > end || !isDenied(change)),
  );
  return spans && known[0] !== undefined ? { to: end, sha256: known[0] } : undefined;
}
