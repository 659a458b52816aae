/** Writing a file for a peer: seal, choose what it lacks, pack, save, and only then note it. */
import { heldAside, losingBranches, without } from '../../shared/exchange/branch';
import { composeManifest, fileName, sharedFileName } from '../../shared/exchange/compose';
import type { Host } from '../../shared/host';
import { kinds } from '../../shared/kinds/registry';
import { MAX_WANTS } from '../../shared/exchange/limits';
import type { BlobEntry, Manifest } from '../../shared/exchange/manifest';
import { sizeOf } from '../../shared/largeBytes';
import { asText } from '../../shared/projection/projection';
import { join, meet, missingCount, seen, type Vector } from '../../shared/log/vector';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import { certificateOf, isActive } from '../../shared/trust/roster';
import type { ExchangeEntry, Peer } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { localDay } from '../ui/times';
import { usualBlobs } from './blobChoice';
import { asSent } from './asSent';
import type { Engine, OnProgress } from './engine';
import { keptAgainstAnchors, retoldAfter, undecided, untoldTo } from './keptState';
import { packFile } from './packFile';
import type { SealFor } from './seal';
import { workerEngine } from './workerEngine';

export interface ExportOptions {
  /** Undefined: for a laptop that is not known yet, or for `peers`. */
  readonly peer: Peer | undefined;
  /**
   * One file for several: it carries what any of them lacks, and stands in nobody's chain of
   * numbered files. `peer` is undefined then.
   */
  readonly peers?: readonly Peer[];
  readonly content: ExportContent;
  readonly seal: SealChoice;
  /** Attachments to go along, by their hashes; by default those that fit the usual budget. */
  readonly blobs?: readonly string[];
  /** Name of the file filter in save dialogues. */
  readonly filterName: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
  readonly now?: () => number;
  readonly newFileId?: () => string;
}

/**
 * Everything, what the receiver has not confirmed, or nothing but the receipt. A new laptop always
 * gets everything.
 */
export type ExportContent = 'snapshot' | 'changes' | 'receipt';

/**
 * For whom the file is sealed: enrolled devices (and always the recovery key), whoever knows a
 * passphrase, or nobody: then it is signed only.
 */
export type SealChoice =
  | { readonly kind: 'recipients'; readonly devices: readonly DeviceId[] }
  | Extract<SealFor, { kind: 'passphrase' | 'clear' }>;

export const EXTENSION = 'holdfast';

const upTo = (have: Vector, replica: string, most: number): Vector =>
  seen(have, replica) > most ? { ...have, [replica]: most } : { ...have };

/** The entry of the history, or null when the person closed the save dialogue: then nothing is noted. */
export async function exportPackage(
  vault: Vault,
  host: Pick<Host, 'saveFile' | 'keepExported'>,
  options: ExportOptions,
): Promise<Result<ExchangeEntry | null>> {
  const device = vault.device();
  if (!device) return refuse('commit.notSetUp');
  if (device.outsider) return refuse('commit.outsider');
  const { peers, signal } = options;
  const peer = peers ? together(peers) : options.peer;
  const progress = options.onProgress ?? (() => undefined);
  const at = (options.now ?? Date.now)();
  const sealFor = keysFor(vault, options.seal);
  if (!sealFor.ok) return sealFor;
  progress({ stage: 'collect', done: 0, total: 0 });
  const sealed = await vault.exchange.seal();
  if (!sealed.ok) return sealed;
  const { tips, hashes, compacted, ends } = await vault.exchange.here();
  const returned = await keptAgainstAnchors(vault, { compacted, ends, hashes });
  // A branch that was given up is not spread, and the one that stays is asked for from its start.
  const givenUp = losingBranches(
    vault.trust.roster(),
    vault.projection.have(),
    (sha256) => hashes.has(sha256),
    compacted,
    heldAside(vault.exchange.waiting(), compacted),
  ).filter((replica) => !returned.includes(replica));
  // What has been written since the sealing is in no segment yet.
  const sealedTo = tips[device.replica]?.to ?? 0;
  const staying = upTo(without(vault.projection.have(), givenUp), device.replica, sealedTo);
  const { content } = options;
  const snapshot = !peer || content === 'snapshot';
  const receivers = (peers ?? [peer]).filter((each) => each !== undefined);
  const isAny = content === 'changes' && receivers.some((each) => each.tellsBranches === false);
  const held = isAny ? await undecided(vault) : [];
  const untold = receivers.flatMap((each) => untoldTo(each, held));
  const lacking = without(peer?.have ?? {}, [...returned, ...untold.map(({ replica }) => replica)]);
  // A receipt says all that is here, although it brings nothing of it: every change is durable.
  const base = snapshot ? {} : content === 'receipt' ? staying : lacking;
  // What was compacted goes as the state it led to, and the segments go on from there.
  const bases = content === 'receipt' ? [] : await vault.exchange.basesAbove(base);
  const stands = await vault.exchange.standsFor(bases);
  const from = bases.reduce((all, each) => join(all, each.have), base);
  // State that goes along is no part of any branch.
  const have = bases.reduce((all, each) => join(all, each.have), staying);
  // Nor what has been sealed since: a file brings no more than its receipt says.
  const leaving = (await vault.exchange.segmentsSince(from)).filter(
    ({ replica, to }) =>
      content !== 'receipt' && !givenUp.includes(replica) && to <= seen(have, replica),
  );
  const outgoing = await asSent(leaving, vault.trust.context(), { onProgress: progress, signal });
  if (!outgoing.ok) return outgoing;
  const segments = outgoing.value;
  const id = (options.newFileId ?? (() => crypto.randomUUID()))();
  const manifestWith = (blobs: readonly BlobEntry[]): Manifest =>
    composeManifest({
      id,
      createdAt: at,
      organisation: organisationOf(vault),
      from: { replica: device.replica, name: device.name, role: device.role },
      to: peers ? null : (peer?.replica ?? null),
      snapshot,
      lastOut: peer?.lastOut,
      base,
      have,
      ends,
      segments,
      bases,
      stands,
      kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind.version])),
      seal: options.seal.kind,
      recipients: options.seal.kind === 'recipients' ? options.seal.devices : [],
      roster: vault.trust.signedRoster(),
      blobs,
      wants: vault.blobs.missing().slice(0, MAX_WANTS),
    });
  const packed = await packFile(vault, {
    hashes: options.blobs ?? blobsFor(vault, peer, content),
    make: (blobs) => ({
      manifest: manifestWith(blobs),
      segments,
      bases,
      seal: sealFor.value,
      sign: vault.trust.signingKey(),
    }),
    onProgress: progress,
    signal,
    engine: options.engine ?? workerEngine,
  });
  if (!packed.ok) return packed;
  const { file, manifest } = packed.value;
  if (signal?.aborted) return refuse('exchange.cancelled');
  progress({ stage: 'save', done: 0, total: 0 });
  const number = manifest.chain.number;
  // Before the file can exist anywhere: a restored backup must never use these numbers again.
  const kept = await host.keepExported(device.replica, seen(manifest.have, device.replica));
  if (!kept.ok) return kept;
  const saved = await host.saveFile({
    name: peers
      ? sharedFileName(device.prefix, peers.length, localDay(at))
      : fileName(device.prefix, peer && codeOf(vault, peer.replica), number),
    filters: [{ name: options.filterName, extensions: [EXTENSION] }],
    bytes: file,
  });
  if (!saved.ok) return saved;
  if (!saved.value) return ok(null);
  const entry: ExchangeEntry = {
    id: manifest.id,
    direction: 'out',
    at,
    name: saved.value.name,
    type: manifest.type,
    peer: peers ? undefined : peer?.replica,
    ...(peers && { peers: peers.map(({ replica }) => replica) }),
    number,
    changes:
      missingCount(base, from) + manifest.segments.reduce((sum, s) => sum + s.to - s.from + 1, 0),
    bytes: sizeOf(file),
    attachments: manifest.blobs.length,
    seal: manifest.seal,
  };
  const contains = content === 'receipt' ? {} : manifest.have;
  for (const each of peers ?? [peer]) {
    const noted = await vault.exchange.sent(
      each && {
        ...each,
        ...retoldAfter(each, held),
        sent: join(each.sent, contains),
        // A file for several takes no number, so the chain goes on from where it was.
        lastOut: {
          number: peers ? (each.lastOut?.number ?? 0) : number,
          id: manifest.id,
          at,
          ...(peers && { shared: true }),
        },
      },
      entry,
    );
    if (!noted.ok) return noted;
  }
  return ok(entry);
}

/** Several receivers as one: it lacks what any of them lacks, and asks for what any of them asks for. */
export const together = (peers: readonly Peer[]): Peer => ({
  replica: '',
  name: '',
  role: 'site',
  have: meet(peers.map(({ have }) => have)),
  sent: {},
  lastIn: undefined,
  lastOut: undefined,
  wants: [...new Set(peers.flatMap(({ wants }) => wants ?? []))],
});

const blobsFor = (vault: Vault, peer: Peer | undefined, content: ExportContent) =>
  content === 'receipt' ? [] : usualBlobs(vault, peer, content);

/** Refusal `exchange.noKey` with the device's `name`: it is not enrolled, or no longer. */
function keysFor(vault: Vault, choice: SealChoice): Result<SealFor> {
  if (choice.kind !== 'recipients') return ok(choice);
  const roster = vault.trust.roster();
  if (!roster) return refuse('exchange.noRoster');
  const recipients: string[] = [];
  for (const device of choice.devices) {
    const certificate = isActive(roster, device) ? certificateOf(roster, device) : undefined;
    if (!certificate) {
      return refuse('exchange.noKey', { name: certificateOf(roster, device)?.name ?? device });
    }
    recipients.push(certificate.keys.box);
  }
  // Whoever opens the file tries one after the other: the recovery key is seldom the one.
  return ok({ kind: 'recipients', recipients: [...recipients, roster.recovery] });
}

/** Whose records these are, as far as the device knows: the name of its headquarters. */
export function organisationOf(vault: Vault): string {
  const device = vault.device();
  const roster = vault.trust.roster();
  if (roster) return roster.name;
  if (device?.role === 'hq') return device.name;
  return vault.exchange.peers().find((peer) => peer.role === 'hq')?.name ?? '';
}

/** Until its own record has come, a new device is called by its site and the start of its id. */
function codeOf({ projection, trust }: Vault, replica: string): string {
  const known = asText(projection.get(replica)?.values.prefix);
  const site = certificateOf(trust.roster(), deviceOf(replica))?.site;
  return known || (site ? `${site}-${replica.slice(0, 4)}` : replica);
}
