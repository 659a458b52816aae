/** Writing a file for a peer: seal, choose what it lacks, pack, save, and only then note it. */
import { composeManifest, fileName } from '../../shared/exchange/compose';
import type { Host } from '../../shared/host';
import { kinds } from '../../shared/kinds/registry';
import { asText, type Projection } from '../../shared/projection/projection';
import { join, seen } from '../../shared/log/vector';
import { ok, refuse, type Result } from '../../shared/result';
import type { ExchangeEntry, Peer } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import type { Engine, OnProgress } from './engine';
import { WORK_FACTOR } from './seal';
import { workerEngine } from './workerEngine';

export interface ExportOptions {
  /** Undefined: for a laptop that is not known yet. */
  readonly peer: Peer | undefined;
  /** Everything, or what the peer has not confirmed. A new laptop always gets everything. */
  readonly content: 'snapshot' | 'changes';
  readonly passphrase: string;
  /** Name of the file filter in save dialogues. */
  readonly filterName: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
  readonly workFactor?: number;
  readonly now?: () => number;
  readonly newFileId?: () => string;
}

export const EXTENSION = 'holdfast';

/** The entry of the history, or null when the person closed the save dialogue: then nothing is noted. */
export async function exportPackage(
  vault: Vault,
  host: Pick<Host, 'saveFile' | 'keepExported'>,
  options: ExportOptions,
): Promise<Result<ExchangeEntry | null>> {
  const device = vault.device();
  if (!device) return refuse('commit.notSetUp');
  const { peer, signal } = options;
  const progress = options.onProgress ?? (() => undefined);
  const at = (options.now ?? Date.now)();
  progress({ stage: 'collect', done: 0, total: 0 });
  const sealed = await vault.exchange.seal();
  if (!sealed.ok) return sealed;
  const have = { ...vault.projection.have() };
  const snapshot = !peer || options.content === 'snapshot';
  const base = snapshot ? {} : peer.have;
  const segments = await vault.exchange.segmentsSince(base);
  const manifest = composeManifest({
    id: (options.newFileId ?? (() => crypto.randomUUID()))(),
    createdAt: at,
    organisation: organisationOf(vault),
    from: { replica: device.replica, name: device.name, role: device.role },
    to: peer?.replica ?? null,
    snapshot,
    lastOut: peer?.lastOut,
    base,
    have,
    segments,
    kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind.version])),
  });
  const packed = await (options.engine ?? workerEngine).pack(
    {
      manifest,
      segments,
      passphrase: options.passphrase,
      workFactor: options.workFactor ?? WORK_FACTOR,
    },
    progress,
    signal,
  );
  if (!packed.ok) return packed;
  if (signal?.aborted) return refuse('exchange.cancelled');
  progress({ stage: 'save', done: 0, total: 0 });
  const number = manifest.chain.number;
  // Before the file can exist anywhere: a restored backup must never use these numbers again.
  const kept = await host.keepExported(device.replica, seen(manifest.have, device.replica));
  if (!kept.ok) return kept;
  const saved = await host.saveFile({
    name: fileName(device.prefix, peer && codeOf(vault.projection, peer.replica), number),
    filters: [{ name: options.filterName, extensions: [EXTENSION] }],
    bytes: packed.value,
  });
  if (!saved.ok) return saved;
  if (!saved.value) return ok(null);
  const entry: ExchangeEntry = {
    id: manifest.id,
    direction: 'out',
    at,
    name: saved.value.name,
    type: manifest.type,
    peer: peer?.replica,
    number,
    changes: manifest.segments.reduce((sum, s) => sum + s.to - s.from + 1, 0),
    bytes: packed.value.length,
  };
  const noted = await vault.exchange.sent(
    peer && {
      ...peer,
      sent: join(peer.sent, manifest.have),
      lastOut: { number, id: manifest.id, at },
    },
    entry,
  );
  return noted.ok ? ok(entry) : noted;
}

/** Whose records these are, as far as the device knows: the name of its headquarters. */
function organisationOf(vault: Vault): string {
  const device = vault.device();
  if (device?.role === 'hq') return device.name;
  return vault.exchange.peers().find((peer) => peer.role === 'hq')?.name ?? '';
}

function codeOf(projection: Projection, replica: string): string {
  return asText(projection.get(replica)?.values.prefix) || replica;
}
