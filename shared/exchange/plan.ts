/** The dry run of a verified file: everything the person must know before it is applied. */
import type { Change, Dot, ReplicaId } from '../log/change';
import { dotOf } from '../log/change';
import { isFuture } from '../log/clock';
import { remembers } from '../log/record';
import { covers, missingCount, seen, type Vector } from '../log/vector';
import type { Foreseen, KindLookup, Projection } from '../projection/projection';
import { ok, refuse, type Result } from '../result';
import { deviceOf, type PublicKeys } from '../trust/device';
import { certificateOf, type Roster } from '../trust/roster';
import { distrustOf } from '../trust/standing';
import type { Manifest } from './manifest';
import type { OpenBase } from './base';
import { withBases, type BasedStart } from './planBases';
import { counts, freshCounts, total } from './planCounts';
import { dryRunOf, type DryRun, type RunningDryRun, type Start } from './recordReport';
import { without } from './branch';
import { branchesOf, decidedEnds } from './stayingBranch';
import { denyingBy, isShownBy, type StateShown } from './stateHere';
import { sequence, type Gap, type Held, type Here, type Sequenced } from './sequence';
import { knownEnds, provenReceipt, type ProvenReceipt, type SegmentEnds } from './receipt';
import type { Trusted } from './trust';
import type { OpenSegment } from './openSegments';
import type { VerifiedFile } from './verify';
import type { CarriedRoster } from './whoSent';

export type { Gap };

export interface PlanInput {
  readonly projection: Pick<Projection, 'get' | 'early' | 'have'> &
    Partial<Pick<Projection, 'version' | 'all'>>;
  readonly kindOf: KindLookup;
  readonly file: VerifiedFile;
  /** Opened segments that were held before: for a gap, or for a person to decide. */
  readonly inbox: readonly OpenSegment[];
  /** The last segment of each replica, and the hashes of all that are here. */
  readonly tips: Here['tips'];
  readonly hasSegment: Here['hasSegment'];
  /** Where they end, to hold the receipt against. */
  readonly ends?: SegmentEnds;
  /** What the sender was known to have before. */
  readonly senderHad?: Vector;
  /** So many of this device's own changes headquarters has told that it has. */
  readonly confirmed?: number;
  /** Up to there the log has been compacted. */
  readonly compacted?: Vector;
  /**
   * For a change up to there: false when another one stood under its number. What can no longer be
   * compared is taken for what was here.
   */
  readonly wasHere?: (change: Change) => boolean;
  /** What the state up to there shows of the changes `acrossState`. */
  readonly state?: StateShown | undefined;
  /** Hashes of segments below that say what the archive says. */
  readonly compared?: ReadonlySet<string>;
  /**
   * What the log holds under a number. Without it only the projection is asked, which no longer knows
   * what a change said that was overwritten since.
   */
  readonly logged?: (dot: Dot) => Change | undefined;
  /** This device. */
  readonly self: ReplicaId;
  /** Its public keys, to know whether a file enrols it. */
  readonly keys?: PublicKeys | undefined;
  /** In force here before this file. */
  readonly roster?: Roster | undefined;
  /** The last file from the same sender, if any came. */
  readonly lastIn: { readonly number: number; readonly id: string } | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly wallMs: number;
  /** Records listed per outcome at most. */
  readonly cap?: number;
  /** A dry run on the same projection, begun while the file was read; used when it ran over the same. */
  readonly ahead?: RunningDryRun | undefined;
}

export interface ImportPlan {
  readonly manifest: Manifest;
  readonly dryRun: DryRun;
  /**
   * What the dry run has worked out. Nothing where bases or other branches come into it, or where it
   * is too much to keep until a person has decided.
   */
  readonly foreseen: Foreseen | undefined;
  /** What is applied: segments to keep, and the new changes in them. */
  readonly apply: readonly OpenSegment[];
  readonly changes: readonly Change[];
  /** State to take over before that, and how many changes it stands for that are not here. */
  readonly bases: readonly OpenBase[];
  readonly based: number;
  /** The whole inbox afterwards. */
  readonly held: readonly Held[];
  readonly gaps: readonly Gap[];
  /**
   * What the sender has and takes to be here, and is not: a database that was put back, or a copied
   * device. The next file back tells the sender, who then sends it again.
   */
  readonly lacking: readonly Gap[];
  /** Numbers of the sender's files that have not come: first and last. */
  readonly missingFiles: { readonly from: number; readonly to: number } | undefined;
  /** Changes of the file that were here before. */
  readonly known: number;
  /** Changes of the file that wait behind a gap. */
  readonly waiting: number;
  /** Changes of the file that are held for a person to decide. */
  readonly quarantined: number;
  /** Changes that the inbox held and that can be applied now. */
  readonly drained: number;
  /** Devices that wrote two different changes under one number; the second version is held. */
  readonly forked: readonly ReplicaId[];
  /**
   * Of those, the ones whose branch here gives way to the one headquarters keeps: all their segments
   * are replaced, and what only ours said is held.
   */
  readonly replaced: readonly ReplicaId[];
  /** Of those, the ones whose state gives way, with what it stood for. */
  readonly apart: readonly ReplicaId[];
  /** What only state here showed that gives way: to be written again. */
  readonly lost: readonly Change[];
  /** Segments of the file that say what is here in other bytes: packed by another release. */
  readonly same: readonly OpenSegment[];
  /** Of those, what a state here ends with. */
  readonly asState: readonly OpenSegment[];
  /** What the sender has of what is here, as far as the file proves it. */
  readonly receipt: ProvenReceipt;
  /** The file was written on this device. */
  readonly own: boolean;
  /** The file was meant for another device. */
  readonly elsewhere: boolean;
  /** A later file of the same sender came before. */
  readonly late: boolean;
  /** Changes of this device that the sender has and this device has not: a restored database. */
  readonly ahead: number;
  /** Changes by clocks more than a day ahead, per replica: accepted, and told. */
  readonly future: Readonly<Record<ReplicaId, number>>;
  readonly sender: VerifiedFile['sender'];
  /** The file makes this device a member of the organisation of its roster. */
  readonly enrols: boolean;
  /** The roster inside: the first one here, newer than ours, the same one, an older one. */
  readonly rosterNews: 'first' | 'newer' | 'same' | 'older' | undefined;
  /** In force afterwards. */
  readonly roster: Roster | undefined;
  readonly carried: CarriedRoster | undefined;
}

/** What applying it would do has been worked out; the person may now say yes. */
export type PlannedImport = Trusted<ImportPlan, 'planned'>;

const NO_ENDS: SegmentEnds = { at: () => [], before: (_, to) => to };
const CAP = 500;
/** Changes. */
const MOST_FORESEEN = 5000;

/**
 * Pure: nothing is modified. Refusals: `exchange.extractHere` (an extract is no part of a log),
 * `exchange.archiveHere` (an archive is read, not imported),
 * `exchange.notEnrolled` (an organisation's file, on a device that is not one of its own),
 * `exchange.newer` (state in the terms of a later release).
 */
export function planImport(input: PlanInput): Result<PlannedImport> {
  const { projection, file, inbox, self, lastIn, wallMs } = input;
  const { manifest, carried, roster } = file;
  if (manifest.type === 'extract') return refuse('exchange.extractHere');
  if (manifest.type === 'archive') return refuse('exchange.archiveHere');
  const enrols = !input.roster && carried !== undefined && isEnrolled(input, carried.roster);
  if (carried && !input.roster && !enrols) {
    return refuse('exchange.notEnrolled', { name: carried.roster.name });
  }
  const start = withBases(input);
  if (!start.ok) return start;
  const { have, compacted } = start.value;
  // Of the same bytes what is held already: that is kept, so that is judged.
  const all = [...inbox, ...file.segments];
  const isDenied = denyingBy(projection, input.kindOf);
  const isDeniedByState = denyingBy(projection, input.kindOf, input.state);
  const { strays, staying, asState } = branchesOf(input, start.value, all, isDeniedByState);
  const losing = staying.map(({ replica }) => replica);
  const replaced = [...losing, ...start.value.displaced];
  const based = staying.filter(({ from }) => from.to > 0);
  const kept = {
    ...without(have, losing),
    ...Object.fromEntries(based.map(({ replica, from }) => [replica, from.to])),
  };
  const ends = decidedEnds(input, asState);
  const others = Object.entries(start.value.tips)
    .filter(([r]) => !losing.includes(r))
    .map(([r, tip]) => [r, tip.to === ends[r]?.to ? ends[r] : tip]);
  const stoodFor = new Set(
    all.filter(({ segment }) => start.value.stoodFor(segment)).map(({ segment }) => segment.sha256),
  );
  const here: Here = {
    have: kept,
    tips: Object.fromEntries([...others, ...based.map(({ replica, from }) => [replica, from])]),
    hasSegment: (sha256) => input.hasSegment(sha256) || stoodFor.has(sha256),
    isHere: (change, { sha256, to }) =>
      (covers(compacted, change.r, change.s) &&
        !start.value.heldBefore.has(sha256) &&
        !(strays.includes(change.r) && to >= seen(compacted, change.r)) &&
        (input.wasHere?.(change) ?? true) &&
        !(
          covers(input.compacted ?? {}, change.r, change.s) &&
          (to > seen(input.compacted ?? {}, change.r) ? isDeniedByState : isDenied)(change)
        )) ||
      // What was compared when it came is here only if the log says the very same by now.
      (start.value.heldBefore.has(sha256) ? isLogged(change, input) : isHere(change, input)),
  };
  const run = sequence(all, here, roster);
  const brought = new Set(file.segments.map((open) => open.segment.sha256));
  const fresh = freshCounts(run.apply, kept);
  // Anybody can pack again what an author wrote: what nobody vouches for is not worth noting.
  const same = file.segments.filter((open) => {
    const { segment, proof, changes } = open;
    const { replica, from, to, sha256 } = segment;
    return (
      run.known.has(sha256) &&
      distrustOf({ replica, to, proof, changes }, roster) === undefined &&
      !input.hasSegment(sha256) &&
      (from > seen(compacted, replica) || input.compared?.has(sha256) || asState.includes(open))
    );
  });
  const news = replaced.length
    ? run.changes.filter((change) => !replaced.includes(change.r) || !isHere(change, input))
    : run.changes;
  const dryRun = reported(news, input, start.value.overlay);
  const plan: ImportPlan = {
    manifest,
    dryRun: dryRun.report(input.cap ?? CAP),
    foreseen:
      replaced.length > 0 || start.value.overlay || news.length > MOST_FORESEEN
        ? undefined
        : dryRun,
    apply: run.apply,
    changes: run.changes,
    bases: start.value.bases,
    based: missingCount(projection.have(), have),
    held: run.held,
    gaps: run.gaps,
    lacking: lacking(input, run, kept),
    missingFiles: missingFiles(manifest, lastIn),
    ...counts(file.segments, run.held, brought, kept, fresh),
    drained: total(fresh, (sha256) => !brought.has(sha256)),
    forked: run.forked,
    replaced,
    apart: start.value.apart,
    lost: start.value.lost,
    same,
    asState,
    receipt: provenReceipt(manifest, {
      have: reachOf(run, kept),
      ends: endsAfter(input, start.value, run, same),
      hasSegment: input.hasSegment,
      compacted,
      forked: run.held
        .filter(
          ({ open: { segment } }) => run.forks.has(segment.sha256) && brought.has(segment.sha256),
        )
        .map(({ open }) => open.segment.replica),
      self: deviceOf(self),
      known: input.senderHad ?? {},
    }),
    own: manifest.from.replica === self,
    elsewhere: manifest.to !== null && deviceOf(manifest.to) !== deviceOf(self),
    late: manifest.chain.number > 0 && manifest.chain.number < (lastIn?.number ?? 0),
    ahead: Math.max(0, seen(manifest.have, self) - seen(projection.have(), self)),
    future: futureClocks(run.changes, wallMs),
    sender: file.sender,
    enrols,
    rosterNews: rosterNews(input.roster, carried),
    roster,
    carried,
  };
  return ok(plan as PlannedImport);
}

/** What is here once those segments are applied. */
function reachOf(run: Sequenced, have: Vector): Vector {
  const reach: Record<ReplicaId, number> = { ...have };
  for (const { segment } of run.apply) {
    reach[segment.replica] = Math.max(seen(reach, segment.replica), segment.to);
  }
  return reach;
}

function endsAfter(
  { ends }: PlanInput,
  { tips }: BasedStart,
  run: Sequenced,
  same: readonly OpenSegment[],
): SegmentEnds {
  const after = knownEnds(ends ?? NO_ENDS);
  for (const [replica, { to, sha256 }] of Object.entries(tips)) after.add(replica, to, sha256);
  for (const { segment } of [...run.apply, ...same]) {
    after.add(segment.replica, segment.to, segment.sha256);
  }
  return after;
}

function lacking({ file, self }: PlanInput, run: Sequenced, have: Vector): readonly Gap[] {
  const reach = reachOf(run, have);
  const told = new Set([self, ...run.held.map(({ open }) => open.segment.replica)]);
  return Object.entries(file.manifest.have)
    .filter(([replica, to]) => !told.has(replica) && to > seen(reach, replica))
    .map(([replica, to]) => ({ replica, from: seen(reach, replica) + 1, to, held: 0 }));
}

const reported = (
  changes: readonly Change[],
  { ahead, projection, kindOf }: PlanInput,
  start: Start | undefined,
): RunningDryRun =>
  ahead && !start && ahead.isOf(changes) ? ahead : dryRunOf(changes, projection, kindOf, start);

function isEnrolled({ self, keys }: PlanInput, roster: Roster): boolean {
  const certificate = certificateOf(roster, deviceOf(self));
  return certificate?.keys.sign === keys?.sign && certificate?.keys.box === keys?.box && !!keys;
}

function rosterNews(
  mine: Roster | undefined,
  carried: CarriedRoster | undefined,
): ImportPlan['rosterNews'] {
  if (!carried) return undefined;
  if (!mine) return 'first';
  const { version } = carried.roster;
  return version > mine.version ? 'newer' : version === mine.version ? 'same' : 'older';
}

function isHere(change: Change, input: PlanInput): boolean {
  if (input.logged?.(dotOf(change))) return isLogged(change, input);
  // What was overwritten above the state is remembered by its number alone.
  const shown = input.state ? isShownBy(input.state, change) : undefined;
  return shown ?? remembers(input.projection.get(change.id), change);
}

const isLogged = (change: Change, { logged }: PlanInput): boolean =>
  JSON.stringify(logged?.(dotOf(change))) === JSON.stringify(change);

function missingFiles(
  { chain }: Manifest,
  lastIn: PlanInput['lastIn'],
): ImportPlan['missingFiles'] {
  const from = (lastIn?.number ?? 0) + 1;
  return chain.number > from ? { from, to: chain.number - 1 } : undefined;
}

function futureClocks(changes: readonly Change[], wallMs: number): Record<ReplicaId, number> {
  const out: Record<ReplicaId, number> = {};
  for (const { r, t } of changes) if (isFuture(t, wallMs)) out[r] = (out[r] ?? 0) + 1;
  return out;
}

/** True when the file neither brings anything nor leaves anything waiting that was not before. */
export const bringsNothing = (plan: ImportPlan, inboxSize: number): boolean =>
  plan.changes.length === 0 &&
  plan.bases.length === 0 &&
  plan.held.length === inboxSize &&
  plan.rosterNews !== 'newer' &&
  plan.rosterNews !== 'first';
