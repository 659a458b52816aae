/** Files that a later release wrote: kept whole until this program can read them. */
import { ok, type Result } from '../../shared/result';
import type { OpenedFile } from '../../shared/host';
import { webCodec } from '../exchange/webCodec';
import type { VaultDb } from './db';
import { storageRefusal } from './storageRefusal';

export interface HeldFile {
  readonly sha256: string;
  readonly name: string;
  /** When it was kept, milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** Bytes. */
  readonly size: number;
  /** Version of this program that could not read it. */
  readonly release: string;
}

export interface HeldFiles {
  list(): readonly HeldFile[];
  /** Refusals: `commit.*`. */
  keep(file: OpenedFile, release: string): Promise<Result<null>>;
  read(sha256: string): Promise<OpenedFile | undefined>;
  remove(sha256: string): Promise<Result<null>>;
}

export interface HeldFileDeps {
  readonly db: Pick<VaultDb, 'heldFiles'>;
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  readonly notify: () => void;
}

export function createHeldFiles(deps: HeldFileDeps): HeldFiles & { load(): Promise<void> } {
  const { db } = deps;
  let list: readonly HeldFile[] = [];

  async function load(): Promise<void> {
    const rows = await db.heldFiles.toArray();
    list = rows
      .map(({ sha256, name, at, bytes, release }) => ({
        sha256,
        name,
        at,
        size: bytes.length,
        release: release ?? '',
      }))
      .toSorted((a, b) => b.at - a.at);
  }

  const write = (task: () => Promise<unknown>): Promise<Result<null>> =>
    deps.serial(async () => {
      if (!deps.isWriter()) return deps.readOnly();
      try {
        await task();
        await load();
      } catch (error) {
        return storageRefusal(error);
      }
      deps.notify();
      return ok(null);
    });

  return {
    load,
    list: () => list,
    async keep({ name, bytes }, release) {
      const sha256 = await webCodec.sha256(bytes);
      return write(() => db.heldFiles.put({ sha256, name, at: deps.now(), bytes, release }));
    },
    async read(sha256) {
      const row = await db.heldFiles.get(sha256);
      return row && { name: row.name, bytes: row.bytes };
    },
    remove: (sha256) => write(() => db.heldFiles.delete(sha256)),
  };
}
