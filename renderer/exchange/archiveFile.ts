/**
 * A part of the archive as a file: sealed for headquarters and the recovery key, and read again for
 * histories. The space is freed only after the person has said that the file is safe.
 */
import { archiveFileName, composeManifest } from '../../shared/exchange/compose';
import type { Segment } from '../../shared/exchange/segment';
import type { FileContent } from '../../shared/exchange/verify';
import type { Host, OpenedFile } from '../../shared/host';
import { kinds } from '../../shared/kinds/registry';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { certificateOf, isActive, type Roster } from '../../shared/trust/roster';
import type { ArchiveFileRow } from '../store/db';
import type { Vault } from '../store/vault';
import { asSent } from './asSent';
import type { Engine, OnProgress } from './engine';
import { EXTENSION } from './exportFile';
import { unpackPackage } from './importFile';
import { workerEngine } from './workerEngine';

/** Bytes of segments in one file: well below what a file may hold, and little enough for a stick. */
const PER_FILE = 200 * 1024 * 1024;

export interface SaveArchiveOptions {
  /** Name of the file filter in save dialogues. */
  readonly filterName: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
  readonly now?: () => number;
}

/** Written, and not freed yet. */
export interface SavedArchive {
  readonly file: Pick<ArchiveFileRow, 'id' | 'name' | 'at' | 'bytes'>;
  readonly segments: readonly Segment[];
}

/**
 * Null when the person closed the save dialogue or there is no archive. Refusals: those of packing,
 * and `compaction.notHeadquarters`.
 */
export async function saveArchive(
  vault: Vault,
  host: Pick<Host, 'saveFile'>,
  options: SaveArchiveOptions,
): Promise<Result<SavedArchive | null>> {
  const device = vault.device();
  const roster = vault.trust.roster();
  if (!device || !roster || vault.trust.certificate()?.role !== 'hq') {
    return refuse('compaction.notHeadquarters');
  }
  const { signal, engine = workerEngine, onProgress = () => undefined } = options;
  const at = (options.now ?? Date.now)();
  onProgress({ stage: 'collect', done: 0, total: 0 });
  const oldest = await vault.archive.oldest(PER_FILE);
  if (oldest.length === 0) return ok(null);
  const how = { lasting: true, onProgress, signal };
  const outgoing = await asSent(oldest, vault.trust.context(), how);
  if (!outgoing.ok) return outgoing;
  const segments = outgoing.value;
  const readers = headquartersOf(roster);
  const manifest = {
    ...composeManifest({
      id: crypto.randomUUID(),
      createdAt: at,
      organisation: roster.name,
      from: { replica: device.replica, name: device.name, role: device.role },
      to: null,
      snapshot: false,
      lastOut: undefined,
      base: {},
      have: vault.projection.have(),
      segments,
      kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind.version])),
      seal: 'recipients',
      recipients: readers.map(({ device: id }) => id),
      roster: vault.trust.signedRoster(),
      blobs: [],
      wants: [],
    }),
    type: 'archive' as const,
  };
  const packed = await engine.pack(
    {
      manifest,
      segments,
      blobs: [],
      seal: {
        kind: 'recipients',
        recipients: [roster.recovery, ...readers.map((r) => r.keys.box)],
      },
      sign: vault.trust.signingKey(),
    },
    onProgress,
    signal,
  );
  if (!packed.ok) return packed;
  // What is about to be the only copy is read back before it is offered.
  const file = { name: '', bytes: packed.value };
  const readBack = await unpackPackage(vault, {
    file,
    engine,
    onProgress,
    ...(signal && { signal }),
  });
  if (!readBack.ok) return readBack;
  if (signal?.aborted) return refuse('exchange.cancelled');
  const bytes = packed.value.length;
  const saved = await host.saveFile({
    name: archiveFileName(device.prefix, vault.archive.files().length + 1),
    filters: [{ name: options.filterName, extensions: [EXTENSION] }],
    bytes: packed.value,
  });
  if (!saved.ok) return saved;
  if (!saved.value) return ok(null);
  return ok({ file: { id: manifest.id, name: saved.value.name, at, bytes }, segments });
}

const headquartersOf = (roster: Roster) =>
  roster.devices.filter(({ role, device }) => role === 'hq' && isActive(roster, device));

export interface OpenArchiveOptions {
  readonly file: OpenedFile;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
}

/**
 * Histories are read from it too until the window closes; how many changes it holds. Refusals: those
 * of opening a file, `exchange.notArchive`, and `exchange.signature` when neither this device saved it
 * nor headquarters signed it.
 */
export async function openArchive(
  vault: Vault,
  options: OpenArchiveOptions,
): Promise<Result<{ readonly changes: number }>> {
  const unpacked = await unpackPackage(vault, options);
  if (!unpacked.ok) return unpacked;
  const { file } = unpacked.value;
  const { manifest } = file;
  if (manifest.type !== 'archive') return refuse('exchange.notArchive');
  const segments = file.segments.map((open) => open.segment);
  if (!isOurs(vault, segments) && !isOfHeadquarters(file)) {
    return refuse('exchange.signature', { name: 'manifest.json' });
  }
  vault.archive.open(manifest.id, segments);
  return ok({ changes: segments.reduce((sum, { from, to }) => sum + to - from + 1, 0) });
}

function isOurs(vault: Vault, segments: readonly Segment[]): boolean {
  const saved = new Set(vault.archive.files().flatMap(({ hashes }) => hashes));
  return segments.every(({ sha256 }) => saved.has(sha256));
}

const isOfHeadquarters = ({ manifest, sender, roster }: FileContent): boolean =>
  (sender === 'proven' || sender === 'self') &&
  certificateOf(roster, deviceOf(manifest.from.replica))?.role === 'hq';
