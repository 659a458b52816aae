/** Opening many files: each by itself, so that a broken one stops no other. Touches nothing. */
import type { Refusal, Result } from '../../shared/result';
import { inForce, type Roster } from '../../shared/trust/roster';
import type { FileRead, OpenedFile } from '../../shared/host';
import type { Vault } from '../store/vault';
import type { Engine, ProgressReport, Unpacked } from './engine';
import { unpackPackage } from './importFile';
import { sortOf } from './seal';

/** A file that opened and proved sound. */
export interface OpenedPackage {
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly unpacked: Unpacked;
}

export interface RefusedFile {
  readonly name: string;
  readonly refusal: Refusal;
  /** A later release wrote it: it is kept whole until this program can read it. */
  readonly keep?: OpenedFile;
}

export interface ReadSet {
  readonly opened: readonly OpenedPackage[];
  readonly refused: readonly RefusedFile[];
  /** Sealed with a passphrase, and not with the one that was given. */
  readonly locked: readonly OpenedFile[];
}

/** The file at hand, how far it is, and how many are done. */
export interface ManyProgress {
  readonly done: number;
  readonly total: number;
  readonly name: string;
  readonly report?: ProgressReport;
}

export interface ReadManyOptions {
  readonly files: readonly FileRead[];
  readonly passphrase?: string;
  readonly engine: Engine;
  readonly onProgress?: (progress: ManyProgress) => void;
  readonly signal?: AbortSignal;
}

/** Files in work at a time: enough to keep the workers busy, few enough for the memory. */
const AT_ONCE = 3;

/** Cancelled, it gives what was read until then; look at the signal. */
export async function readMany(vault: Vault, options: ReadManyOptions): Promise<ReadSet> {
  const first = await openAll(vault, options, vault.trust.context().roster);
  const newest = newestRoster(vault, first.opened);
  if (!newest || options.signal?.aborted) return first;
  // One of the files says who else belongs to the organisation, or no longer does. Judged by that,
  // the result does not depend on the order in which the files happen to come.
  const known = new Set(first.opened.map(({ name }) => name));
  const again = options.files.filter(({ name }) => known.has(name));
  const second = await openAll(vault, { ...options, files: again }, newest);
  return { ...second, refused: [...first.refused, ...second.refused], locked: first.locked };
}

async function openAll(
  vault: Vault,
  { files, passphrase, engine, onProgress, signal }: ReadManyOptions,
  roster: Roster | undefined,
): Promise<ReadSet> {
  const opened: OpenedPackage[] = [];
  const refused: RefusedFile[] = [];
  const locked: OpenedFile[] = [];
  const trust = { ...vault.trust.context(), roster };
  let done = 0;
  async function one({ name, read }: FileRead): Promise<void> {
    if (!read.ok) {
      refused.push({ name, refusal: read.refusal });
      return;
    }
    const file = { name, bytes: read.value };
    const sort = sortOf(file.bytes);
    if (sort === 'passphrase' && passphrase === undefined) {
      locked.push(file);
      return;
    }
    const unpacked: Result<Unpacked> =
      sort === 'request'
        ? { ok: false, refusal: { code: 'folder.request' } }
        : await unpackPackage(
            vault,
            {
              file,
              engine,
              ...(passphrase === undefined ? {} : { passphrase }),
              ...(signal ? { signal } : {}),
              onProgress: (report) => onProgress?.({ done, total: files.length, name, report }),
            },
            trust,
          );
    if (unpacked.ok) opened.push({ name, bytes: file.bytes.length, unpacked: unpacked.value });
    else if (unpacked.refusal.code === 'exchange.passphrase') locked.push(file);
    else if (unpacked.refusal.code !== 'exchange.cancelled') {
      const newer = unpacked.refusal.code === 'exchange.newer';
      refused.push({ name, refusal: unpacked.refusal, ...(newer ? { keep: file } : {}) });
    }
  }
  const queue = [...files];
  const work = async () => {
    for (;;) {
      const file = signal?.aborted ? undefined : queue.shift();
      if (!file) return;
      onProgress?.({ done, total: files.length, name: file.name });
      await one(file);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { opened, refused, locked };
}

/**
 * The roster in force after all files, when one of them brings a newer one than is here. Who belongs to no
 * organisation takes none over from a set of files.
 */
function newestRoster(vault: Vault, opened: readonly OpenedPackage[]): Roster | undefined {
  const mine = vault.trust.roster();
  if (!mine) return undefined;
  let newest = mine;
  for (const { unpacked } of opened) {
    const carried = unpacked.file.carried?.roster;
    if (carried && carried.root === mine.root) newest = inForce(newest, carried);
  }
  const same = newest.version === mine.version && newest.revoked.length === mine.revoked.length;
  return same ? undefined : newest;
}
