/** Extracts: written for somebody outside, and opened by whoever was given one. */
import { allAttachments } from '../../shared/attachments/attachment';
import { chooseWithin, type Candidate } from '../../shared/attachments/budget';
import { extractFileName } from '../../shared/exchange/compose';
import { composeExtractManifest } from '../../shared/exchange/composeExtract';
import { encodeExtract, type ExtractRecord } from '../../shared/exchange/extract';
import { extractChanges } from '../../shared/exchange/extractLog';
import { MAX_SEGMENT, MAX_SEGMENT_PACKED } from '../../shared/exchange/limits';
import type { BlobEntry, Manifest, Scope } from '../../shared/exchange/manifest';
import { extractRecords } from '../../shared/exchange/scope';
import { NO_TRUST } from '../../shared/exchange/openSegments';
import type { FileContent } from '../../shared/exchange/verify';
import { sizeOf } from '../../shared/largeBytes';
import type { Host } from '../../shared/host';
import { attachment } from '../../shared/kinds/attachment';
import { kinds } from '../../shared/kinds/registry';
import { site } from '../../shared/kinds/site';
import { ok, refuse, type Result } from '../../shared/result';
import type { ExchangeEntry } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { localDay } from '../ui/times';
import { blobCandidates } from './blobChoice';
import type { Engine, OnProgress } from './engine';
import { EXTENSION, organisationOf } from './exportFile';
import { packFile } from './packFile';
import type { SealFor } from './seal';
import { webCodec } from './webCodec';
import { workerEngine } from './workerEngine';

/** What an extract with this scope would show. Attachments come by their records and the budget. */
export function chooseRecords(vault: Pick<Vault, 'projection'>, scope: Scope) {
  return extractRecords({
    projection: vault.projection,
    kinds,
    scope: { ...scope, kinds: scope.kinds && scope.kinds.filter((k) => k !== attachment.name) },
    siteKind: site.name,
  });
}

export interface ExtractOptions {
  readonly scope: Scope;
  readonly passphrase: Extract<SealFor, { kind: 'passphrase' }>;
  /** Bytes of attachments at most; 0: none go along. */
  readonly budget: number;
  readonly filterName: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
  readonly now?: () => number;
}

/** Null when the person closed the save dialogue. Refusals also: `exchange.extractTooLarge`. */
export async function exportExtract(
  vault: Vault,
  host: Pick<Host, 'saveFile'>,
  options: ExtractOptions,
): Promise<Result<ExchangeEntry | null>> {
  const device = vault.device();
  if (!device) return refuse('commit.notSetUp');
  if (device.outsider) return refuse('commit.outsider');
  const { scope, signal } = options;
  const progress = options.onProgress ?? (() => undefined);
  const at = (options.now ?? Date.now)();
  progress({ stage: 'collect', done: 0, total: 0 });
  const chosen = chooseRecords(vault, scope);
  const pictures = attachmentsFor(vault, chosen, options.budget);
  const records = [...chosen, ...pictures.records];
  const packed = await encodeExtract(records, webCodec);
  if (packed.length > MAX_SEGMENT_PACKED || textSizeOf(records) > MAX_SEGMENT) {
    return refuse('exchange.extractTooLarge');
  }
  const id = crypto.randomUUID();
  const sha256 = await webCodec.sha256(packed);
  const manifestWith = (blobs: readonly BlobEntry[]): Manifest =>
    composeExtractManifest({
      id,
      createdAt: at,
      organisation: organisationOf(vault),
      from: { replica: device.replica, name: device.name, role: device.role },
      kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind.version])),
      seal: 'passphrase',
      scope,
      extract: {
        size: packed.length,
        sha256,
        records: records.length,
      },
      blobs,
    });
  const made = await packFile(vault, {
    hashes: pictures.hashes,
    make: (blobs) => ({
      manifest: manifestWith(blobs),
      segments: [],
      extract: packed,
      seal: options.passphrase,
      sign: vault.trust.signingKey(),
    }),
    onProgress: progress,
    signal,
    engine: options.engine ?? workerEngine,
  });
  if (!made.ok) return made;
  const { file, manifest } = made.value;
  if (signal?.aborted) return refuse('exchange.cancelled');
  progress({ stage: 'save', done: 0, total: 0 });
  const saved = await host.saveFile({
    name: extractFileName(device.prefix, localDay(at)),
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
    type: 'extract',
    peer: undefined,
    number: 0,
    changes: records.length,
    bytes: sizeOf(file),
    attachments: manifest.blobs.length,
    seal: 'passphrase',
  };
  const noted = await vault.exchange.sent(undefined, entry);
  return noted.ok ? ok(entry) : noted;
}

const textSizeOf = (records: readonly ExtractRecord[]): number =>
  records.reduce((sum, record) => sum + JSON.stringify(record).length * 3, 0);

/** Attachments of the chosen records that are here and fit, as records and as bytes. */
function attachmentsFor(
  vault: Vault,
  chosen: readonly ExtractRecord[],
  budget: number,
): { readonly records: readonly ExtractRecord[]; readonly hashes: readonly string[] } {
  if (budget <= 0) return { records: [], hashes: [] };
  const ids = new Set(chosen.map(({ id }) => id));
  const theirs = allAttachments(vault.projection).filter(({ of }) => ids.has(of));
  const wanted = new Set(theirs.map(({ sha256 }) => sha256));
  const candidates: readonly Candidate[] = blobCandidates(vault, undefined, 'snapshot').filter(
    ({ sha256 }) => wanted.has(sha256),
  );
  const hashes = chooseWithin(candidates, budget).go.map(({ sha256 }) => sha256);
  const going = new Set(hashes);
  const records = theirs
    .filter(({ sha256 }) => going.has(sha256))
    .flatMap(({ id }): ExtractRecord[] => {
      const state = vault.projection.visible(id);
      if (!state) return [];
      const f = Object.fromEntries(
        Object.entries(state.values).filter(
          ([name, value]) => Object.hasOwn(attachment.fields, name) && value !== null,
        ),
      );
      return [{ k: state.kind, id, f }];
    });
  return { records, hashes };
}

export interface ReadExtractOptions {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly passphrase: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
}

export interface ReadyExtract {
  readonly content: FileContent;
  readonly name: string;
}

/** Opens and verifies; nothing is shown yet. Refusal `exchange.notExtract` for any other file. */
export async function readExtract(options: ReadExtractOptions): Promise<Result<ReadyExtract>> {
  const { file, passphrase, onProgress = () => undefined, signal } = options;
  const unpacked = await (options.engine ?? workerEngine).unpack(
    {
      bytes: file.bytes,
      openers: { identities: [], passphrase },
      trust: NO_TRUST,
      inbox: [],
    },
    onProgress,
    signal,
  );
  if (!unpacked.ok) {
    // Sealed for devices: whoever was to read it has one that belongs to the organisation.
    return unpacked.refusal.code === 'exchange.recipient'
      ? refuse('exchange.notExtract')
      : unpacked;
  }
  const content = unpacked.value.file;
  if (content.manifest.type !== 'extract') return refuse('exchange.notExtract');
  return ok({ content, name: file.name });
}

/** The device then shows these records, and nothing else. */
export const openExtract = (
  vault: Vault,
  { content, name }: ReadyExtract,
): Promise<Result<null>> => {
  const { manifest, extract, blobs } = content;
  if (!manifest.scope) return Promise.resolve(refuse('exchange.notExtract'));
  return vault.extract.open({
    about: {
      id: manifest.id,
      organisation: manifest.organisation,
      createdAt: manifest.createdAt,
      from: manifest.from,
      scope: manifest.scope,
      records: extract.length,
      fileName: name,
    },
    changes: extractChanges(manifest, extract),
    blobs,
  });
};
