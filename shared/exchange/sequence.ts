/** Which segments can be applied now, and what holds the others: a gap (I7), or distrust. */
import type { Change, ReplicaId } from '../log/change';
import { seen, type Vector } from '../log/vector';
import type { Anchor, Roster } from '../trust/roster';
import { distrustOf, type Distrust, type HoldReason } from '../trust/standing';
import type { Segment } from './segment';
import type { OpenSegment } from './openSegments';

/** Changes that must come first, and nobody has brought yet. */
export interface Gap {
  readonly replica: ReplicaId;
  /** First and last missing sequence. */
  readonly from: number;
  readonly to: number;
  /** Changes that wait behind the gap. */
  readonly held: number;
}

export interface Held {
  readonly open: OpenSegment;
  readonly reason: HoldReason;
}

/** What is here already. */
export interface Here {
  readonly have: Vector;
  /** The last segment of each replica, where the next one must link to. */
  readonly tips: Readonly<Record<ReplicaId, Anchor>>;
  /** True when this very change is here; asked for sequences that `have` covers. */
  readonly isHere: (change: Change, segment: Segment) => boolean;
  /** Segments that are here byte for byte need no comparing. */
  readonly hasSegment: (sha256: string) => boolean;
}

export interface Sequenced {
  /** Segments that bring something, each replica's in order. */
  readonly apply: readonly OpenSegment[];
  /** What is new in them: each replica's in sequence, without holes. */
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
  /** One per replica: the first hole. */
  readonly gaps: readonly Gap[];
  /** Hashes of segments that brought nothing: everything in them was here before. */
  readonly known: ReadonlySet<string>;
  /** Replicas that wrote two different changes under one number: copied or restored devices. */
  readonly forked: readonly ReplicaId[];
  /** Hashes of the held segments that prove it. */
  readonly forks: ReadonlySet<string>;
}

/**
 * The same whatever the order, and however often a segment is given. Segments of one author that
 * overlap (sealed again after a restored backup) are fine as long as they agree.
 */
export function sequence(
  segments: readonly OpenSegment[],
  here: Here,
  roster: Roster | undefined,
): Sequenced {
  const runs = [...byReplica(segments)].map(([replica, run]) =>
    sequenceRun(replica, run, here, roster),
  );
  return {
    apply: runs.flatMap((run) => run.apply),
    changes: runs.length === 1 ? (runs[0]?.changes ?? []) : runs.flatMap((run) => run.changes),
    held: runs.flatMap((run) => run.held),
    gaps: runs.flatMap((run) => run.gaps),
    known: new Set(runs.flatMap((run) => run.known)),
    forked: runs.filter((run) => run.forks.length > 0).map((run) => run.replica),
    forks: new Set(runs.flatMap((run) => run.forks)),
  };
}

interface Run {
  readonly replica: ReplicaId;
  readonly apply: OpenSegment[];
  readonly changes: Change[];
  readonly held: Held[];
  readonly gaps: Gap[];
  readonly known: string[];
  readonly forks: string[];
  /** End of what is here or will be. */
  reach: number;
  tip: Anchor | undefined;
  /**
   * What the first held segment is held for: everything after it waits too. After a second branch
   * (`fork`) goes on what follows the branch that is here; what nobody shows to be its author's
   * (`doubt`) holds back only what nobody shows to be his either.
   */
  blocked: 'gap' | 'behind' | 'fork' | 'doubt' | undefined;
}

function sequenceRun(
  replica: ReplicaId,
  segments: readonly OpenSegment[],
  here: Here,
  roster: Roster | undefined,
): Run {
  const start = seen(here.have, replica);
  const run: Run = {
    replica,
    apply: [],
    changes: [],
    held: [],
    gaps: [],
    known: [],
    forks: [],
    reach: start,
    tip: Object.hasOwn(here.tips, replica) ? here.tips[replica] : undefined,
    blocked: undefined,
  };
  const accepted = acceptedOf(segments, roster?.accepted[replica]);
  const distrust = (open: OpenSegment): Distrust | undefined =>
    accepted.has(open.segment.sha256)
      ? undefined
      : distrustOf({ ...open.segment, proof: open.proof, changes: open.changes }, roster);
  const isProven = ({ segment, proof }: OpenSegment): boolean =>
    !roster || proof === 'signed' || accepted.has(segment.sha256);
  // Accepting its author would not make a second branch fit.
  const reasonOf = (open: OpenSegment): Distrust | undefined =>
    agrees(open, start, run, here) ? distrust(open) : 'forked';
  for (const open of inOrder(segments, accepted)) {
    const { from, to, sha256 } = open.segment;
    if (to <= start) {
      if (agrees(open, start, run, here)) run.known.push(sha256);
      else hold(run, open, 'forked', isProven(open));
    } else if (run.blocked && !goesOn(open, run, isProven(open))) {
      const waits = isProven(open) || isBehindDoubt(open, run, isProven);
      const reason = waits ? 'behind' : reasonOf(open);
      hold(run, open, run.blocked === 'gap' ? 'gap' : (reason ?? 'behind'), isProven(open));
    } else if (from > run.reach + 1) {
      run.gaps.push({ replica, from: run.reach + 1, to: from - 1, held: 0 });
      hold(run, open, 'gap');
    } else {
      const reason = reasonOf(open);
      if (reason) hold(run, open, reason, isProven(open));
      else take(run, open);
    }
  }
  const gap = run.gaps[0];
  if (gap) run.gaps[0] = { ...gap, held: heldBehind(run, gap) };
  return run;
}

/**
 * Where headquarters has said which branch stays, that one is read before all that could stand in its
 * place; what leads up to it comes first.
 */
function inOrder(
  segments: readonly OpenSegment[],
  accepted: ReadonlySet<string>,
): readonly OpenSegment[] {
  const staying = segments.filter((open) => accepted.has(open.segment.sha256));
  const begins = staying[0]?.segment.from ?? 0;
  const others = segments.filter((open) => !accepted.has(open.segment.sha256));
  const leads = ({ segment: { to } }: OpenSegment): boolean => to < begins;
  return [...others.filter(leads), ...staying, ...others.filter((open) => !leads(open))];
}

/** What nothing shows to be its author's proves no second branch, and stands in no way. */
function hold(run: Run, open: OpenSegment, reason: HoldReason, isProven = true): void {
  run.held.push({ open, reason });
  if (reason === 'forked' && isProven) run.forks.push(open.segment.sha256);
  // One that is only a second version of what is here stands in nobody's way.
  if (open.segment.to <= run.reach) return;
  if (!isProven) run.blocked ??= 'doubt';
  else if (reason === 'forked') run.blocked = firmer(run.blocked);
  else if (reason === 'gap') run.blocked = run.blocked === 'doubt' ? 'gap' : (run.blocked ?? 'gap');
  else if (reason !== 'behind' && run.blocked !== 'gap') run.blocked = 'behind';
}

const firmer = (blocked: Run['blocked']): Run['blocked'] =>
  blocked === 'doubt' ? 'fork' : (blocked ?? 'fork');

function goesOn(open: OpenSegment, run: Run, isProven: boolean): boolean {
  if (run.blocked !== 'fork' && run.blocked !== 'doubt') return false;
  return (run.blocked === 'doubt' && isProven) || followsTip(open, run);
}

/** Goes on from what is held, and is no better and no worse known. */
const isBehindDoubt = (
  { prev, segment: { from, sig } }: OpenSegment,
  { held }: Run,
  isProven: (open: OpenSegment) => boolean,
): boolean =>
  held.some(({ open }) => {
    const { to, sha256, sig: before } = open.segment;
    const isNext = sha256 === prev && to + 1 === from;
    return isNext && !isProven(open) && (before === undefined) === (sig === undefined);
  });

const followsTip = ({ segment, prev }: OpenSegment, { tip, reach }: Run): boolean =>
  segment.from === reach + 1 && (tip?.to ?? 0) === reach && prev === (tip?.sha256 ?? null);

function take(run: Run, open: OpenSegment): void {
  const { from, to, sha256 } = open.segment;
  if (to <= run.reach) {
    run.known.push(sha256);
    return;
  }
  run.apply.push(open);
  const fresh = from > run.reach ? open.changes : open.changes.slice(run.reach + 1 - from);
  for (const change of fresh) run.changes.push(change);
  run.reach = to;
  run.tip = { to, sha256 };
}

/** False when the author has written something else under one of these numbers. */
function agrees(open: OpenSegment, start: number, run: Run, here: Here): boolean {
  const { from, sha256 } = open.segment;
  if (here.hasSegment(sha256)) return true;
  const { tip } = run;
  if (tip && from === tip.to + 1 && open.prev !== tip.sha256) return false;
  if (from > run.reach) return true;
  const first = run.changes[0]?.s ?? run.reach + 1;
  return open.changes.every((change) => {
    if (change.s <= start) return here.isHere(change, open.segment);
    const twin = change.s <= run.reach ? run.changes[change.s - first] : undefined;
    return !twin || same(twin, change);
  });
}

const same = (a: Change, b: Change): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The accepted segment, and what it follows: its chain vouches for everything before it. */
export function acceptedOf(
  segments: readonly OpenSegment[],
  anchor: Anchor | undefined,
): ReadonlySet<string> {
  const out = new Set<string>();
  const bySha = new Map(segments.map((open) => [open.segment.sha256, open]));
  let open = anchor && bySha.get(anchor.sha256);
  while (open && !out.has(open.segment.sha256)) {
    out.add(open.segment.sha256);
    open = open.prev === null ? undefined : bySha.get(open.prev);
  }
  return out;
}

/** Changes beyond the gap, each once. */
function heldBehind(run: Run, gap: Gap): number {
  let end = gap.to;
  let count = 0;
  for (const { open } of run.held) {
    const { from, to } = open.segment;
    count += Math.max(0, to - Math.max(end, from - 1));
    end = Math.max(end, to);
  }
  return count;
}

/** Each replica's segments from the lowest on, equal ones once: that with the better signature. */
function byReplica(segments: readonly OpenSegment[]): Map<ReplicaId, readonly OpenSegment[]> {
  const out = new Map<ReplicaId, OpenSegment[]>();
  const hashes = new Set<string>();
  const rank = ({ proof, segment }: OpenSegment): number =>
    proof === 'signed' ? 0 : segment.sig === undefined ? 2 : 1;
  const sorted = segments.toSorted((one, other) => {
    const [a, b] = [one.segment, other.segment];
    return (
      (a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : 0) ||
      a.from - b.from ||
      a.to - b.to ||
      (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0) ||
      rank(one) - rank(other)
    );
  });
  for (const open of sorted) {
    const { replica, sha256 } = open.segment;
    if (hashes.has(sha256)) continue;
    hashes.add(sha256);
    const run = out.get(replica);
    if (run) run.push(open);
    else out.set(replica, [open]);
  }
  return out;
}

/** The gaps that segments of the inbox wait for. Pass segments, not their changes. */
export function inboxGaps(
  waiting: readonly { readonly replica: ReplicaId; readonly from: number; readonly to: number }[],
  have: Vector,
): readonly Gap[] {
  const gaps = new Map<ReplicaId, Gap>();
  for (const { replica, from, to } of waiting.toSorted((a, b) => a.from - b.from)) {
    const known = gaps.get(replica);
    const held = to - from + 1 + (known?.held ?? 0);
    const first = known ?? { replica, from: seen(have, replica) + 1, to: from - 1 };
    gaps.set(replica, { ...first, held });
  }
  return [...gaps.values()];
}
