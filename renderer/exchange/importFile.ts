/**
 * Reading a file in two steps: open, verify and plan, which touches nothing; then, when the person
 * has read the report and said yes, apply.
 */
import { beginDryRun, type RunningDryRun } from '../../shared/exchange/recordReport';
import type { Manifest } from '../../shared/exchange/manifest';
import { planImport, type ImportPlan, type PlannedImport } from '../../shared/exchange/plan';
import { kindOf } from '../../shared/kinds/registry';
import type { Change } from '../../shared/log/change';
import { join, seen, type Vector } from '../../shared/log/vector';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import type { ExchangeEntry, Peer, Waiting } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { arrivingIn } from './arrivingIn';
import type { Engine, OnProgress, Unpacked } from './engine';
import { nearEngine } from './nearEngine';
import { comparedBelow, compactedIn, loggedTwins } from './twins';

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
  const plan = await replan(vault, unpacked, file.at, ahead);
  if (!plan.ok) return plan;
  const { id } = plan.value.manifest;
  return ok({
    ...file,
    plan: plan.value,
    unpacked,
    version: vault.projection.version(),
    before: vault.exchange.entries().find((e) => e.id === id && e.direction === 'in'),
  });
}

async function replan(
  vault: Vault,
  unpacked: Unpacked,
  wallMs: number,
  ahead?: Ahead,
): Promise<Result<PlannedImport>> {
  const { file, inbox } = unpacked;
  const here = await vault.exchange.here();
  const all = [...file.segments, ...inbox];
  const logged = await loggedTwins(vault, all, here.hashes);
  const sender = peerOf(vault, file.manifest.from.replica);
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
    compared: await comparedBelow(vault, file.segments, here),
    wasHere: await vault.exchange.wasHere(compactedIn(all, here.compacted, here.hashes)),
    keys: vault.trust.keys(),
    roster: vault.trust.roster(),
    self: vault.device()?.replica ?? '',
    lastIn: sender?.lastIn,
    senderHad: sender?.have ?? {},
    wallMs,
    ahead: ahead?.version === vault.projection.version() ? ahead.run : undefined,
  });
}

/** Applies what was planned; planned anew first when the vault has moved on since. */
export async function applyPackage(
  vault: Vault,
  ready: ReadyImport,
): Promise<Result<ExchangeEntry>> {
  if (vault.device()?.outsider) return refuse('commit.outsider');
  // Nothing may come between looking at what is here and asking for the write.
  const exported = await vault.exported();
  const fresh =
    vault.projection.version() === ready.version
      ? ok(ready.plan)
      : await replan(vault, ready.unpacked, ready.at);
  if (!fresh.ok) return fresh;
  const plan = fresh.value;
  const self = vault.device()?.replica ?? '';
  const entry = entryOf(vault, plan, ready);
  const received = await vault.exchange.receive({
    segments: plan.apply.map((open) => open.segment),
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
    stands: plan.bases.length > 0 ? plan.manifest.stands : [],
    same: plan.same.map(({ segment }) => segment),
  });
  if (!received.ok) return received;
  await decideForks(vault, [...plan.forked, ...(await resealed(vault, plan))]);
  await signMerged(vault);
  return ok(entry);
}

/**
 * Headquarters that was put back, or is one of two, may have learnt from a roster of the same version
 * what its own does not say. Signed together, those hear of it who have only the one.
 */
async function signMerged({ trust }: Vault): Promise<void> {
  const roster = trust.roster();
  if (!roster || trust.certificate()?.role !== 'hq') return;
  if (JSON.stringify(roster) !== trust.signedRoster()?.text) await trust.accept({});
}

/**
 * Whose accepted segment is now part of a longer one that says the same: a device that was put back
 * sealed it anew. Were the anchor to stay, that device would look for a segment that nobody sends.
 */
async function resealed(vault: Vault, { apply }: ImportPlan): Promise<readonly string[]> {
  const accepted = vault.trust.roster()?.accepted ?? {};
  const longer = apply.filter(({ segment: { replica, from, to } }) => {
    const anchor = Object.hasOwn(accepted, replica) ? accepted[replica] : undefined;
    return anchor !== undefined && from <= anchor.to && anchor.to < to;
  });
  if (longer.length === 0) return [];
  const { hashes, ends } = await vault.exchange.here();
  // Where the accepted one is not here, nothing says that the longer one goes the same way.
  const isHere = (replica: string): boolean => {
    const { to, sha256 } = accepted[replica] ?? { to: 0, sha256: '' };
    return hashes.has(sha256) || ends.at(replica, to).includes(sha256);
  };
  return longer.map(({ segment }) => segment.replica).filter(isHere);
}

/**
 * Headquarters' branch of a copied device is the one that stays: it says so in the roster, and
 * whoever holds another branch replaces it. The content of the others is held, and rescued.
 */
async function decideForks(vault: Vault, forked: readonly string[]): Promise<void> {
  const roster = vault.trust.roster();
  if (forked.length === 0 || !roster || vault.trust.certificate()?.role !== 'hq') return;
  const { tips } = await vault.exchange.here();
  const anchors = Object.fromEntries(
    forked.flatMap((replica) => {
      const tip = tips[replica];
      const decided = roster.accepted[replica];
      return tip && tip.to > (decided?.to ?? 0) ? [[replica, tip]] : [];
    }),
  );
  if (Object.keys(anchors).length > 0) await vault.trust.accept(anchors);
}

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
  const readable = new Set(ready.unpacked.inbox.map((open) => open.segment.sha256));
  const unreadable = old.filter((waiting) => !readable.has(waiting.segment.sha256));
  const now = plan.held.map(({ open, reason }): Waiting => {
    const known = old.find((waiting) => waiting.segment.sha256 === open.segment.sha256);
    const first = known ?? {
      segment: open.segment,
      fileId: plan.manifest.id,
      fileName: ready.name,
      peer: plan.manifest.from.replica,
      at: ready.at,
    };
    return { ...first, reason };
  });
  return [...unreadable, ...now];
}

/** Another machine writes, or wrote, under the name of this one. */
function isDouble(vault: Vault, plan: ImportPlan): boolean {
  const told = believed(plan) ? plan.receipt.apart : [];
  return [...plan.forked, ...plan.replaced, ...told].includes(vault.device()?.replica ?? '');
}

/** What the file tells about its sender. An older file than the last one adds, and takes nothing back. */
function peerAfter(vault: Vault, plan: ImportPlan, at: number, exported: number): Peer {
  const { manifest } = plan;
  const have = credible(vault, plan.receipt.have, exported);
  const { replica, name, role } = manifest.from;
  const known = peerOf(vault, replica);
  const { number } = manifest.chain;
  // A device whose database was put back counts its files anew: its clock or its epoch tells, or a
  // number that another one of its files had.
  const later =
    !known?.lastIn ||
    number >= known.lastIn.number ||
    manifest.createdAt > (known.lastIn.writtenAt ?? 0) ||
    replica !== known.replica ||
    isAnew(vault, manifest);
  return {
    replica,
    name: later || !known ? name : known.name,
    role: later || !known ? role : known.role,
    // What it says now counts, even when it is less: its disk may have been put back from a backup.
    have: later ? have : join(known?.have ?? {}, have),
    sent: known?.sent ?? {},
    lastIn: later
      ? {
          // A file for several stands in no chain: what is missing is told by the last that does.
          number: number || (known?.lastIn?.number ?? 0),
          id: manifest.id,
          at,
          writtenAt: manifest.createdAt,
        }
      : known.lastIn,
    lastOut: known?.lastOut,
    wants: later || !known ? manifest.wants : (known.wants ?? []),
  };
}

/** A file that has not come before, with the number of one that has. */
function isAnew(vault: Vault, { id, chain, from }: Manifest): boolean {
  const came = vault.exchange
    .entries()
    .filter(
      (entry) =>
        entry.direction === 'in' &&
        entry.number === chain.number &&
        entry.peer !== undefined &&
        deviceOf(entry.peer) === deviceOf(from.replica),
    );
  return chain.number > 0 && came.length > 0 && came.every((entry) => entry.id !== id);
}

/** The same device whatever epoch it writes under. */
export const peerOf = (vault: Vault, replica: string): Peer | undefined =>
  vault.exchange.peers().find((peer) => deviceOf(peer.replica) === deviceOf(replica));

const believed = (plan: ImportPlan): boolean =>
  !plan.own && (plan.sender === 'proven' || !plan.roster);

/**
 * Nobody can have more of this device's changes than this device has, and has given away: such a claim
 * comes from before its database was restored, or speaks of what a copy of this device wrote under the
 * same numbers. Believing it would keep what is written here from being sent (I8).
 */
function credible(vault: Vault, have: Vector, exported: number): Vector {
  const self = vault.device()?.replica;
  if (!self || !Object.hasOwn(have, self)) return have;
  const own = Math.min(seen(have, self), seen(vault.projection.have(), self), exported);
  return { ...have, [self]: own };
}
