/**
 * Reading a file in two steps: open, verify and plan, which changes no record (at most this device's own
 * tail is sealed); then, when the person has read the report and said yes, apply.
 */
import { beginDryRun, type RunningDryRun } from '../../shared/exchange/recordReport';
import { asHeld } from '../../shared/exchange/openSegments';
import { planImport, type ImportPlan, type PlannedImport } from '../../shared/exchange/plan';
import type { Segment } from '../../shared/exchange/segment';
import type { VerifiedFile } from '../../shared/exchange/verify';
import { acrossState } from '../../shared/exchange/stateHere';
import { kindOf } from '../../shared/kinds/registry';
import type { Change } from '../../shared/log/change';
import { join, seen, type Vector } from '../../shared/log/vector';
import { ok, refuse, type Result } from '../../shared/result';
import type { Arrival, ExchangeEntry, Waiting } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { arrivingIn } from './arrivingIn';
import type { Engine, OnProgress, Unpacked } from './engine';
import { acceptState, acceptWhatCameIn, decideForks, signMerged } from './decideForks';
import { heldState } from './heldState';
import { nearEngine } from './nearEngine';
import { restateUnseen } from './restateUnseen';
import { confirmedByHeadquarters, peerAfter, peerOf } from './senderOfFile';
import { comparedBelow, compactedIn, loggedTwins, sealBefore } from './twins';
import { untilCurrent } from './untilCurrent';

export interface ReadOptions {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  /** Only for files sealed with one. */
  readonly passphrase?: string;
  /** A recovery key somebody typed in; opens any file of its organisation. */
  readonly recoveryKey?: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
  readonly now?: () => number;
}

/** A file that may be applied, with its report. */
export interface ReadyImport {
  readonly plan: PlannedImport;
  readonly unpacked: Unpacked;
  readonly name: string;
  readonly bytes: number;
  readonly at: number;
  /** The projection it was planned against. */
  readonly version: number;
  /** When the same file came before. */
  readonly before: ExchangeEntry | undefined;
}

export async function readPackage(
  vault: Vault,
  options: ReadOptions,
): Promise<Result<ReadyImport>> {
  const ahead: Ahead = {
    run: beginDryRun(vault.projection, kindOf),
    version: vault.projection.version(),
  };
  const unpacked = await unpackPackage(vault, options, undefined, (changes) => {
    try {
      ahead.run.add(changes);
    } catch {
      // It cannot be taken over now; what is wrong is told when the file is planned without it.
    }
  });
  if (!unpacked.ok) return unpacked;
  if (options.signal?.aborted) return refuse('exchange.cancelled');
  options.onProgress?.({ stage: 'plan', done: 0, total: 0 });
  const file = {
    name: options.file.name,
    bytes: options.file.bytes.length,
    at: (options.now ?? Date.now)(),
  };
  return planPackage(vault, unpacked.value, file, ahead);
}

/** A dry run begun while the file was read, of use as long as the projection is that version. */
interface Ahead {
  readonly run: RunningDryRun;
  readonly version: number;
}

/** Opens and verifies, by the roster in force here or, when given, by `trust`. */
export const unpackPackage = (
  vault: Vault,
  options: ReadOptions,
  trust = vault.trust.context(),
  onChanges?: (changes: readonly Change[]) => void,
): Promise<Result<Unpacked>> =>
  (options.engine ?? nearEngine).unpack(
    {
      bytes: options.file.bytes,
      openers: {
        identities: [
          ...vault.trust.identities(),
          ...(options.recoveryKey ? [options.recoveryKey] : []),
        ],
        passphrase: options.passphrase ?? '',
      },
      trust,
      inbox: vault.exchange.waiting().map((waiting) => waiting.segment),
    },
    options.onProgress ?? (() => undefined),
    options.signal,
    onChanges,
  );

/** What applying it now would do. */
export async function planPackage(
  vault: Vault,
  unpacked: Unpacked,
  file: Pick<ReadyImport, 'name' | 'bytes' | 'at'>,
  ahead?: Ahead,
): Promise<Result<ReadyImport>> {
  // Of before anything here is looked at.
  const version = vault.projection.version();
  const plan = await planOf(vault, unpacked, file.at, ahead);
  if (!plan.ok) return plan;
  const { id } = plan.value.manifest;
  return ok({
    ...file,
    plan: plan.value,
    unpacked,
    version,
    before: vault.exchange.entries().find((e) => e.id === id && e.direction === 'in'),
  });
}

async function planOf(
  vault: Vault,
  unpacked: Unpacked,
  wallMs: number,
  ahead?: Ahead,
): Promise<Result<PlannedImport>> {
  const { file } = unpacked;
  // Since it was opened some may have been taken in, or brought by another file.
  const held = new Set(vault.exchange.waiting().map(({ segment }) => segment.sha256));
  const inbox = unpacked.inbox.filter(({ segment }) => held.has(segment.sha256));
  const all = [...file.segments, ...inbox];
  const self = vault.device()?.replica ?? '';
  await sealBefore(vault, all, file.bases);
  const here = await vault.exchange.here();
  const logged = await loggedTwins(vault, all, here.hashes);
  const sender = peerOf(vault, file.manifest.from.replica);
  const across = acrossState(all, here);
  return planImport({
    projection: vault.projection,
    kindOf,
    logged: (dot) => logged.get(dot),
    file,
    inbox,
    tips: here.tips,
    hasSegment: (sha256) => here.hashes.has(sha256),
    ends: here.ends,
    compacted: here.compacted,
    state: across.length > 0 ? await vault.exchange.stateShown(across) : undefined,
    compared: await comparedBelow(vault, file.segments, here),
    wasHere: await vault.exchange.wasHere(compactedIn(all, here.compacted, here.hashes)),
    keys: vault.trust.keys(),
    roster: vault.trust.roster(),
    self,
    lastIn: sender?.lastIn,
    senderHad: sender?.have ?? {},
    confirmed: confirmedByHeadquarters(vault),
    wallMs,
    ahead: ahead?.version === vault.projection.version() ? ahead.run : undefined,
  });
}

/**
 * Applies what was planned; planned anew when the vault has moved on since. Refusal `exchange.meanwhile`:
 * it moves on all the time.
 */
export async function applyPackage(
  vault: Vault,
  ready: ReadyImport,
): Promise<Result<ExchangeEntry>> {
  if (vault.device()?.outsider) return refuse('commit.outsider');
  let planned: Result<ReadyImport> | undefined = ok(ready);
  return untilCurrent(async () => {
    const plan = planned ?? (await planPackage(vault, ready.unpacked, ready));
    planned = undefined;
    return plan.ok ? applyPlanned(vault, plan.value) : plan;
  });
}

async function applyPlanned(vault: Vault, ready: ReadyImport): Promise<Result<ExchangeEntry>> {
  const { plan } = ready;
  const roster = vault.trust.roster();
  const signed = plan.enrols ? await signedNow(vault, ready.unpacked.file) : [];
  await acceptState(vault, plan);
  const overwritten =
    plan.replaced.length > 0 && plan.bases.length > 0
      ? await vault.exchange.overwrittenState(plan.replaced)
      : [];
  // Nothing may come between looking at what is here and asking for the write.
  const exported = await vault.exported();
  const self = vault.device()?.replica ?? '';
  const entry = entryOf(vault, plan, ready);
  const received = await vault.exchange.receive({
    version: ready.version,
    segments: [...plan.apply.map((open) => open.segment), ...signed],
    waiting: (now) => inboxAfter(now, plan, ready),
    // A receipt counts when somebody proved to have written it, or nobody here has keys.
    peer: believed(plan) ? peerAfter(vault, plan, ready.at, exported) : undefined,
    roster: plan.carried,
    blobs: ready.unpacked.file.blobs,
    entry,
    bases: plan.bases,
    changes: plan.changes,
    foreseen: plan.foreseen,
    ownSeen: believed(plan) ? seen(plan.manifest.have, self) : 0,
    ownForked: isDouble(vault, plan),
    replace: plan.replaced,
    apart: plan.apart,
    lost: await heldState(plan.lost, vault),
    overwritten: await heldState(overwritten, vault),
    stands: standsOf(ready.unpacked.file, plan),
    sure: { [self]: confirmedByHeadquarters(vault) },
    same: plan.same.map(({ segment }) => segment),
    asState: plan.asState.map(({ segment }) => segment),
  });
  if (!received.ok) return received;
  await decideForks(vault, plan);
  await acceptWhatCameIn(vault, roster);
  await signMerged(vault);
  if (plan.replaced.length === 0) await restateUnseen(vault);
  return ok(entry);
}

/**
 * What is here already, and was taken in before anybody here could check it: the file that enrols this
 * device brings it as its author signed it.
 */
async function signedNow(
  { exchange }: Vault,
  { segments }: VerifiedFile,
): Promise<readonly Segment[]> {
  const { hashes, compacted } = await exchange.here();
  return segments
    .filter(({ proof }) => proof === 'signed')
    .map(({ segment }) => segment)
    .filter(({ replica, to, sha256 }) => hashes.has(sha256) && to > seen(compacted, replica));
}

/** As headquarters said it, with the bases that it spoke of. */
const standsOf = ({ bases }: VerifiedFile, plan: ImportPlan): Arrival['stands'] =>
  plan.manifest.stands && plan.bases.length > 0
    ? {
        ...plan.manifest.stands,
        heads: bases.map(({ file }) => file.parts[0]?.sha256 ?? ''),
        have: bases.reduce<Vector>((all, { head }) => join(all, head.have), {}),
      }
    : undefined;

function entryOf(vault: Vault, plan: ImportPlan, ready: ReadyImport): ExchangeEntry {
  const { manifest, dryRun } = plan;
  const { count, size } = arrivingIn(vault, plan);
  return {
    id: manifest.id,
    direction: 'in',
    at: ready.at,
    name: ready.name,
    type: manifest.type,
    peer: plan.own ? undefined : manifest.from.replica,
    number: manifest.chain.number,
    changes: plan.changes.length + plan.based,
    bytes: ready.bytes,
    ...(count > 0 && { attachments: count, attachmentBytes: size }),
    report: {
      new: dryRun.records.new,
      changed: dryRun.records.changed,
      conflicting: dryRun.records.conflicting + dryRun.relations.conflicting,
      deleted: dryRun.records.deleted,
      waiting: plan.waiting,
      quarantined: plan.quarantined,
    },
  };
}

/** What waits now, and what is in the inbox but was not opened, or would not open: never dropped. */
function inboxAfter(
  old: readonly Waiting[],
  plan: ImportPlan,
  ready: ReadyImport,
): readonly Waiting[] {
  const readable = new Map(ready.unpacked.inbox.map(({ segment }) => [segment.sha256, segment]));
  // The same bytes may have come again, with a signature that is their author's.
  const came = new Set(ready.unpacked.file.segments.map(({ segment }) => segment.sha256));
  const unreadable = old.filter(
    ({ segment: { sha256 } }) => !readable.has(sha256) && !came.has(sha256),
  );
  const now = plan.held.map(({ open, reason }): Waiting => {
    const known = old.find((waiting) => waiting.segment.sha256 === open.segment.sha256);
    const first = known ?? {
      segment: open.segment,
      fileId: plan.manifest.id,
      fileName: ready.name,
      peer: plan.manifest.from.replica,
      at: ready.at,
    };
    const { sha256 } = open.segment;
    const kept = asHeld(first.segment, readable.get(sha256));
    const isBetter = open.proof === 'signed' || (open.proof === 'unknown' && !kept.sig);
    const segment = isBetter ? open.segment : kept;
    return { ...first, segment, reason, ...(open.proof === 'signed' && { signed: true }) };
  });
  return [...unreadable, ...now];
}

/** Another machine writes, or wrote, under the name of this one. */
function isDouble(vault: Vault, plan: ImportPlan): boolean {
  const told = believed(plan) ? plan.receipt.apart : [];
  return [...plan.forked, ...plan.replaced, ...told].includes(vault.device()?.replica ?? '');
}

const believed = (plan: ImportPlan): boolean =>
  !plan.own && (plan.sender === 'proven' || !plan.roster);
