/**
 * Importing many files at once. The dry run is the very run that applies them, on a vault that
 * forgets: in an order that makes sense, each judged after those before it, and what waits is
 * applied when the file it waited for has come.
 */
import type { OpenSegment } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { refuse, type Refusal, type Result } from '../../shared/result';
import { pause } from '../store/pause';
import type { Vault } from '../store/vault';
import type { Unpacked } from './engine';
import { applyPackage, planPackage, type ReadyImport } from './importFile';
import { reportOf, type Item, type ManyReport } from './manyReport';
import type { ManyProgress, OpenedPackage, ReadSet, RefusedFile } from './readMany';
import { forReal, rehearse, type Trial } from './rehearsal';

export interface RunOptions {
  readonly onProgress?: (progress: ManyProgress) => void;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

/** What applying all of it would do. Changes nothing but what is sealed. */
export async function planMany(
  vault: Vault,
  read: ReadSet,
  options: RunOptions = {},
): Promise<ManyReport> {
  // What is not sealed has no hash for the files to be held against.
  await vault.exchange.seal();
  return run(rehearse(vault, await vault.exchange.here()), read, options);
}

/** Applies file after file, each in a transaction of its own; cancelling stops between two. */
export async function applyMany(
  vault: Vault,
  read: ReadSet,
  options: RunOptions & { readonly release?: string } = {},
): Promise<ManyReport> {
  const refused = await keepLater(vault, read.refused, options.release ?? '');
  return run(forReal(vault), { ...read, refused }, options);
}

/** Files of a later release are kept whole; one that could not be is refused for that. */
async function keepLater(
  vault: Vault,
  refused: readonly RefusedFile[],
  release: string,
): Promise<readonly RefusedFile[]> {
  const out: RefusedFile[] = [];
  for (const each of refused) {
    const kept = each.keep ? await vault.heldFiles.keep(each.keep, release) : undefined;
    out.push(kept?.ok === false ? { name: each.name, refusal: kept.refusal } : each);
  }
  return out;
}

/** After these every further file would fail in the same way. */
const FATAL: ReadonlySet<string> = new Set(['commit.disk', 'commit.readOnly', 'commit.damaged']);
async function run(
  trial: Trial,
  read: ReadSet,
  { onProgress, signal, now = Date.now }: RunOptions,
): Promise<ManyReport> {
  const files = inOrder(read.opened);
  const waiting = trial.vault.exchange.waiting();
  const openSegments = segmentsByHash(files);
  const met = new Set<string>();
  const items: Item[] = [];
  let stopped: Refusal | undefined;
  for (const [i, file] of files.entries()) {
    if (signal?.aborted) stopped = { code: 'exchange.cancelled' };
    if (stopped) break;
    onProgress?.({ done: i, total: files.length, name: file.name });
    await pause();
    const unpacked = withInbox(file.unpacked, trial.vault, openSegments);
    const at = now();
    const ready = await planPackage(trial.vault, unpacked, {
      name: file.name,
      bytes: file.bytes,
      at,
    });
    const { id } = file.unpacked.file.manifest;
    const known = ready.ok && isKnown(trial.vault, ready.value, met.has(id));
    const result = known ? ready : await applyUnasked(trial.vault, ready);
    met.add(id);
    items.push({ file, did: result.ok ? (known ? 'nothing' : 'applied') : result.refusal });
    if (!result.ok && FATAL.has(result.refusal.code)) stopped = result.refusal;
  }
  const left = files.slice(items.length).map((file): Item => ({ file, did: 'left' }));
  return reportOf({ trial, waiting, items: [...items, ...left], refused: read.refused, stopped });
}

/** Who joins an organisation compares its words first: that is asked when the file is opened by itself. */
async function applyUnasked(vault: Vault, ready: Result<ReadyImport>): Promise<Result<unknown>> {
  if (!ready.ok) return ready;
  const { plan } = ready.value;
  if (plan.enrols) return refuse('folder.enrols', { name: plan.manifest.organisation });
  return applyPackage(vault, ready.value);
}

/** Senders one after the other, headquarters first, each one's files in the order of their numbers. */
export const inOrder = (files: readonly OpenedPackage[]): readonly OpenedPackage[] =>
  files.toSorted((a, b) => {
    const [x, y] = [a.unpacked.file.manifest, b.unpacked.file.manifest];
    return (
      Number(x.from.role !== 'hq') - Number(y.from.role !== 'hq') ||
      compare(x.from.replica, y.from.replica) ||
      x.chain.number - y.chain.number ||
      x.createdAt - y.createdAt ||
      compare(a.name, b.name)
    );
  });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of the same bytes every copy: they may have come with a signature, and without. */
const segmentsByHash = (
  files: readonly OpenedPackage[],
): ReadonlyMap<string, readonly OpenSegment[]> =>
  Map.groupBy(
    files.flatMap(({ unpacked }) => [...unpacked.inbox, ...unpacked.file.segments]),
    ({ segment }) => segment.sha256,
  );

/** What its author signed; else as it is held, but for a signature that has turned out false. */
const copyOf = (held: Segment, copies: readonly OpenSegment[] = []): OpenSegment | undefined =>
  copies.find(({ proof }) => proof === 'signed') ??
  copies.find(({ segment }) => segment.sig === held.sig) ??
  copies.find(({ segment }) => segment.sig === undefined);

/** The file along with what waits now, which other files of the set may have brought. */
const withInbox = (
  unpacked: Unpacked,
  vault: Vault,
  open: ReadonlyMap<string, readonly OpenSegment[]>,
): Unpacked => ({
  file: unpacked.file,
  inbox: vault.exchange
    .waiting()
    .map(({ segment }) => copyOf(segment, open.get(segment.sha256)))
    .filter((segment) => segment !== undefined),
});

/** It has come before, and brings nothing more now. */
function isKnown(vault: Vault, { plan, unpacked, before }: ReadyImport, twice: boolean): boolean {
  if (!plan.own && !before && !twice) return false;
  const waiting = new Map(
    vault.exchange.waiting().map(({ segment }) => [segment.sha256, segment.sig]),
  );
  // What is held may have come without the signature that it comes with now.
  const isHeld = ({ sha256, sig }: Segment): boolean =>
    waiting.has(sha256) && (sig === undefined || waiting.get(sha256) === sig);
  return (
    plan.apply.length === 0 &&
    plan.held.every(({ open }) => isHeld(open.segment)) &&
    (plan.rosterNews === undefined || plan.rosterNews === 'same' || plan.rosterNews === 'older') &&
    unpacked.file.blobs.every(({ sha256 }) => vault.blobs.has(sha256))
  );
}
