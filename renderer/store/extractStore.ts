/** An extract as the only content of a vault: opened, replaced by a later one, forgotten. */
import type { Codec } from '../../shared/exchange/codec';
import type { Manifest, Scope } from '../../shared/exchange/manifest';
import type { PackedBlob } from '../../shared/exchange/pack';
import { encodeSegment } from '../../shared/exchange/segment';
import { sizeOf } from '../../shared/largeBytes';
import type { Change } from '../../shared/log/change';
import { ok, refuse, type Result } from '../../shared/result';
import type { SegmentRow, VaultDb } from './db';
import { GENERATION_KEY } from './branches';
import { storageRefusal } from './storageRefusal';
import type { DeviceInfo } from './vault';

/** Whose records these are, as of when, and what they were limited to. */
export interface ExtractAbout {
  readonly id: string;
  readonly organisation: string;
  /** Milliseconds since 1970-01-01 UTC, by the sender's clock. */
  readonly createdAt: number;
  readonly from: Manifest['from'];
  readonly scope: Scope;
  readonly records: number;
  readonly fileName: string;
}

export interface ExtractStore {
  /** Undefined on a device that keeps records of its own. */
  about(): ExtractAbout | undefined;
  /**
   * Shows the extract on a device that has not been set up, or in place of the extract before.
   * Refusals: `exchange.extractHere`, `commit.*`.
   */
  open(extract: OpenedExtract): Promise<Result<null>>;
  /** Takes everything off the device. */
  forget(): Promise<Result<null>>;
}

export interface OpenedExtract {
  readonly about: ExtractAbout;
  readonly changes: readonly Change[];
  readonly blobs: readonly PackedBlob[];
}

export interface ExtractState extends ExtractStore {
  load(): Promise<void>;
}

export interface ExtractDeps {
  readonly db: VaultDb;
  readonly codec: Codec;
  readonly device: () => DeviceInfo | undefined;
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  /** Shows what the database now holds in an empty vault. */
  readonly shown: () => Promise<void>;
  /** What is in memory is not what the database holds: the vault must be opened anew. */
  readonly replaced: () => void;
}

const ABOUT_KEY = 'extract';
const DEVICE_KEY = 'device';
/** Changes per segment. */
const BATCH = 1000;

export function createExtracts(deps: ExtractDeps): ExtractState {
  const { db } = deps;
  let about: ExtractAbout | undefined;

  /** One transaction: the vault holds either extract, or none. */
  async function swap(write: () => Promise<unknown>): Promise<Result<null>> {
    try {
      await db.transaction('rw', db.tables, async () => {
        const before = (await db.meta.get(GENERATION_KEY))?.value;
        for (const table of db.tables) await table.clear();
        await db.meta.put({
          key: GENERATION_KEY,
          value: (typeof before === 'number' ? before : 0) + 1,
        });
        await write();
      });
      return ok(null);
    } catch (error) {
      return storageRefusal(error);
    }
  }

  return {
    async load() {
      about = (await db.meta.get(ABOUT_KEY))?.value as ExtractAbout | undefined;
    },
    about: () => about,

    open: (extract) =>
      deps.serial(async () => {
        const device = deps.device();
        if (device && !device.outsider) return refuse('exchange.extractHere');
        if (!deps.isWriter()) return deps.readOnly();
        const segments = await sealed(extract.changes, deps.codec);
        const done = await swap(async () => {
          await db.segments.bulkPut(segments);
          await db.blobs.bulkPut(
            extract.blobs.map(({ sha256, bytes }) => ({
              sha256,
              size: sizeOf(bytes),
              bytes: new Blob([bytes as BlobPart]),
            })),
          );
          await db.meta.bulkPut([
            { key: ABOUT_KEY, value: extract.about },
            { key: DEVICE_KEY, value: deviceFor(extract) },
          ]);
        });
        if (!done.ok) return done;
        if (device) deps.replaced();
        else await deps.shown();
        return done;
      }),

    forget: () =>
      deps.serial(async () => {
        if (!deps.device()?.outsider) return refuse('exchange.notExtract');
        if (!deps.isWriter()) return deps.readOnly();
        const done = await swap(async () => {});
        if (done.ok) deps.replaced();
        return done;
      }),
  };
}

/** Nobody's device: it has no keys, and nothing is ever written under its name. */
const deviceFor = ({ about, changes }: OpenedExtract): DeviceInfo => ({
  replica: changes[0]?.r ?? 'extract-0',
  name: about.organisation || about.from.name,
  role: 'site',
  prefix: '',
  person: '',
  outsider: true,
});

async function sealed(changes: readonly Change[], codec: Codec): Promise<readonly SegmentRow[]> {
  const rows: SegmentRow[] = [];
  for (let at = 0; at < changes.length; at += BATCH) {
    rows.push(await encodeSegment(changes.slice(at, at + BATCH), rows.at(-1)?.sha256, codec));
  }
  return rows;
}
