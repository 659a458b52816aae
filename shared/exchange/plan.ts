/** The dry run of a verified file: everything the person must know before it is applied. */
import type { Change, ReplicaId } from '../log/change';
import { dotOf } from '../log/change';
import { compareHlc, isFuture } from '../log/clock';
import { headsOf } from '../log/record';
import { seen } from '../log/vector';
import type { KindLookup, Projection } from '../projection/projection';
import { ok, refuse, type Result } from '../result';
import type { Manifest } from './manifest';
import { dryRun, type DryRun } from './recordReport';
import { sequence, type Gap } from './sequence';
import type { Trusted } from './trust';
import type { OpenSegment, VerifiedFile } from './verify';

export type { Gap };

export interface PlanInput {
  readonly projection: Pick<Projection, 'get' | 'early' | 'have'>;
  readonly kindOf: KindLookup;
  readonly file: VerifiedFile;
  /** Opened segments that came too early before. */
  readonly inbox: readonly OpenSegment[];
  /** This device. */
  readonly self: ReplicaId;
  /** The last file from the same sender, if any came. */
  readonly lastIn: { readonly number: number; readonly id: string } | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly wallMs: number;
  /** Records listed per outcome at most. */
  readonly cap?: number;
}

export interface ImportPlan {
  readonly manifest: Manifest;
  readonly dryRun: DryRun;
  /** What is applied: segments to keep, and the new changes in them. */
  readonly apply: readonly OpenSegment[];
  readonly changes: readonly Change[];
  /** The whole inbox afterwards. */
  readonly wait: readonly OpenSegment[];
  readonly gaps: readonly Gap[];
  /** Numbers of the sender's files that have not come: first and last. */
  readonly missingFiles: { readonly from: number; readonly to: number } | undefined;
  /** Changes of the file that were here before. */
  readonly known: number;
  /** Changes of the file that wait behind a gap. */
  readonly held: number;
  /** Changes that the inbox held and that can be applied now. */
  readonly drained: number;
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
}

/** What applying it would do has been worked out; the person may now say yes. */
export type PlannedImport = Trusted<ImportPlan, 'planned'>;

const CAP = 500;

/**
 * Pure: nothing is modified. Refusal: `exchange.forked` with `replica`, when a device wrote two
 * different changes under one number.
 */
export function planImport(input: PlanInput): Result<PlannedImport> {
  const { projection, file, inbox, self, lastIn, wallMs } = input;
  const have = projection.have();
  const { manifest } = file;
  const run = sequence([...file.segments, ...inbox], have);
  const fork = run.forked ?? run.known.find((change) => !isHere(change, projection))?.r;
  if (fork !== undefined) return refuse('exchange.forked', { replica: fork });
  const brought = dotSet(file.segments);
  const fresh = run.changes.reduce((sum, change) => sum + Number(brought.has(change)), 0);
  const held = heldOf(run.wait, brought);
  const plan: ImportPlan = {
    manifest,
    dryRun: dryRun(run.changes, projection, input.kindOf, input.cap ?? CAP),
    apply: run.apply,
    changes: run.changes,
    wait: run.wait,
    gaps: run.gaps,
    missingFiles: missingFiles(manifest, lastIn),
    known: brought.size - fresh - held,
    held,
    drained: run.changes.length - fresh,
    own: manifest.from.replica === self,
    elsewhere: manifest.to !== null && manifest.to !== self,
    late: manifest.chain.number > 0 && manifest.chain.number < (lastIn?.number ?? 0),
    ahead: Math.max(0, seen(manifest.have, self) - seen(have, self)),
    future: futureClocks(run.changes, wallMs),
  };
  return ok(plan as PlannedImport);
}

/**
 * The record remembers every change that touched it, and the time of those that still are heads. A
 * change it does not know in that form is another one under the same number.
 */
function isHere(change: Change, projection: PlanInput['projection']): boolean {
  const state = projection.get(change.id);
  if (!state?.dots.includes(dotOf(change))) return false;
  return Object.keys(state.heads)
    .flatMap((field) => headsOf(state, field))
    .every(
      ({ stamp }) =>
        stamp.r !== change.r || stamp.s !== change.s || compareHlc(stamp.t, change.t) === 0,
    );
}

interface DotSet {
  readonly size: number;
  has(change: Change): boolean;
}

/** By replica and number: a text for each change of a snapshot would cost more than reading it. */
function dotSet(
  segments: readonly OpenSegment[],
  only: (change: Change) => boolean = () => true,
): DotSet {
  const byReplica = new Map<ReplicaId, Set<number>>();
  for (const { segment, changes } of segments) {
    let numbers = byReplica.get(segment.replica);
    if (!numbers) byReplica.set(segment.replica, (numbers = new Set()));
    for (const change of changes) if (only(change)) numbers.add(change.s);
  }
  return {
    size: [...byReplica.values()].reduce((sum, numbers) => sum + numbers.size, 0),
    has: ({ r, s }) => byReplica.get(r)?.has(s) ?? false,
  };
}

const heldOf = (wait: readonly OpenSegment[], brought: DotSet): number =>
  dotSet(wait, (change) => brought.has(change)).size;

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
  plan.changes.length === 0 && plan.wait.length === inboxSize;
