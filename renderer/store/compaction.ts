/**
 * Compaction at headquarters: segments that everybody has are replaced by the state they led to, and
 * go to the archive. The work is done beside everything else, on what never changes any more; only
 * the swap at the end holds up a commit.
 */
import { encodeBase, openBase, type BaseFile, type OpenBase } from '../../shared/exchange/base';
import type { Codec } from '../../shared/exchange/codec';
import {
  aliveCount,
  compactable,
  confirmedByAll,
  createFold,
  FEW_DEAD,
  isUnderstood,
  isWorthwhile,
  type Fold,
} from '../../shared/exchange/compaction';
import { decodeSegment } from '../../shared/exchange/segment';
import { kindOf } from '../../shared/kinds/registry';
import type { RecordId, ReplicaId } from '../../shared/log/change';
import { missingCount, type Vector } from '../../shared/log/vector';
import type { Projection, Touched } from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import { baseMessage } from '../../shared/trust/messages';
import { BASE_TABLES, keysNow, type Bases } from './bases';

import type { VaultDb } from './db';
import type {
  Compacted,
  CompactionPreview,
  CompactionStore,
  CompactOptions,
} from './compactionStore';
import type { Peer } from './exchangeStore';
import type { LogReader } from './logReader';
import { pause } from './pause';
import { storageRefusal } from './storageRefusal';
import type { TrustState } from './trustStore';

export interface CompactionDeps {
  readonly db: VaultDb;
  readonly codec: Codec;
  readonly log: LogReader;
  readonly bases: Bases;
  readonly projection: Projection;
  readonly replica: () => ReplicaId;
  readonly trust: Pick<TrustState, 'roster' | 'certificate' | 'sign'>;
  readonly peers: () => readonly Peer[];
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly seal: () => Promise<void>;
  /** After the swap: records whose form in memory has changed, some at a time. */
  readonly touched: (ids: Touched) => void;
  readonly done: () => void;
  readonly now: () => number;
}

/** Records looked over in one breath. */
const SLICE = 5000;

export interface Compaction extends CompactionStore {
  /** Called when nothing else is to be done. */
  whenIdle(): Promise<void>;
  /** Before the database closes: ends what runs, with nothing changed. */
  stop(): Promise<void>;
}

interface Bounds {
  readonly replica: ReplicaId;
  readonly from: number;
  readonly to: number;
}

export function createCompaction(deps: CompactionDeps): Compaction {
  const { db, codec, log, bases, projection, serial } = deps;
  let running: Promise<unknown> | undefined;
  const stopping = new AbortController();
  /** Changes below the line when it was last looked whether they are worth it. */
  let looked = 0;

  function candidates(): Result<{
    readonly segments: readonly Bounds[];
    readonly awaited: readonly DeviceId[];
  }> {
    const roster = deps.trust.roster();
    if (!roster || deps.trust.certificate()?.role !== 'hq') {
      return refuse('compaction.notHeadquarters');
    }
    const self = deviceOf(deps.replica());
    const mine = projection.have();
    const confirmed = confirmedByAll(mine, roster, self, deps.peers(), deps.now());
    const all = log.segmentKeys().map(([replica, from, to]): Bounds => ({ replica, from, to }));
    return ok({
      segments: compactable(all, bases.have(), confirmed.have),
      awaited: confirmed.awaited,
    });
  }

  function look(): Result<CompactionPreview> {
    const found = candidates();
    if (!found.ok) return found;
    const { segments, awaited } = found.value;
    const before = bases.have();
    const after = { ...before };
    for (const { replica, to } of segments) after[replica] = to;
    const changes = missingCount(before, after);
    const alive =
      changes === 0
        ? 0
        : aliveCount(projection.all(), after) - aliveCount(projection.all(), before);
    return ok({ changes, dead: Math.max(0, changes - alive), awaited });
  }

  /** What was written a moment ago counts too. */
  const seal = (): Promise<Result<null>> =>
    serial(async () => {
      if (!deps.isWriter()) return deps.readOnly();
      try {
        await deps.seal();
        return ok(null);
      } catch (error) {
        return storageRefusal(error);
      }
    });

  async function fold(
    segments: readonly Bounds[],
    { onProgress, signal }: CompactOptions,
  ): Promise<Result<Fold>> {
    const state = createFold(kindOf);
    for (const row of bases.all()) {
      const opened = await bases.open(row);
      if (!opened.ok) return opened;
      state.addBase(opened.value);
      await pause();
    }
    const stopped = new Set<ReplicaId>();
    for (const [i, { replica, from, to }] of segments.entries()) {
      if (signal?.aborted) return refuse('exchange.cancelled');
      onProgress?.(i, segments.length);
      if (stopped.has(replica)) continue;
      const row = await db.segments.get([replica, from, to]);
      const decoded = row ? await decodeSegment(row.bytes, codec) : undefined;
      if (!row || !decoded?.ok) return refuse('compaction.damaged');
      const { changes } = decoded.value;
      if (isUnderstood(changes, kindOf)) state.add(changes, { to, sha256: row.sha256 });
      else stopped.add(replica);
      await pause();
    }
    onProgress?.(segments.length, segments.length);
    return ok(state);
  }

  /** Packed, signed, and read back: what could not be read later must not replace anything. */
  async function composed(state: Fold, signal?: AbortSignal): Promise<Result<OpenBase>> {
    const parts = await encodeBase({
      have: state.have(),
      tips: state.tips(),
      rows: state.rows(),
      codec,
      breathe: pause,
    });
    if (signal?.aborted) return refuse('exchange.cancelled');
    const vouched = await vouch(deps, parts[0]?.sha256 ?? '');
    return vouched ? openBase({ ...vouched, parts }, codec) : refuse('compaction.notHeadquarters');
  }

  async function swap(base: OpenBase): Promise<Result<null>> {
    if (!deps.isWriter()) return deps.readOnly();
    try {
      const keys = await db.transaction(
        'rw',
        BASE_TABLES.map((table) => db[table]),
        async () => {
          await bases.adopt([base], deps.now());
          return keysNow(db);
        },
      );
      log.setSegments(keys.segments, keys.archive);
      await bases.load();
      return ok(null);
    } catch (error) {
      return storageRefusal(error);
    }
  }

  /** The names of dead changes go from memory and, with the next checkpoint, from disk. */
  async function forget(have: Vector, signal: AbortSignal | undefined): Promise<void> {
    const ids = [...projection.all()].map((state) => state.id);
    // Cut short, the next start reads them from the base, or the next compaction forgets them.
    for (let at = 0; at < ids.length; at += SLICE) {
      if (signal?.aborted) return;
      const slice: readonly RecordId[] = ids.slice(at, at + SLICE);
      await serial(async () => deps.touched(projection.forget(have, slice)));
      await pause();
    }
  }

  async function compact(options: CompactOptions): Promise<Result<Compacted>> {
    const sealed = await seal();
    if (!sealed.ok) return sealed;
    const found = candidates();
    if (!found.ok) return found;
    if (found.value.segments.length === 0) return refuse('compaction.nothing');
    const before = bases.have();
    const state = await fold(found.value.segments, options);
    if (!state.ok) return state;
    const changes = missingCount(before, state.value.have());
    if (changes === 0) return refuse('compaction.nothing');
    const base = await composed(state.value, options.signal);
    if (!base.ok) return base;
    const swapped = await serial(() => swap(base.value));
    if (!swapped.ok) return swapped;
    await forget(bases.have(), options.signal);
    deps.done();
    const size = base.value.file.parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return ok({ changes, records: base.value.rows.length, size });
  }

  async function run(options: CompactOptions = {}): Promise<Result<Compacted>> {
    if (running) return refuse('compaction.busy');
    const { signal = stopping.signal } = options;
    const work = compact({ ...options, signal: AbortSignal.any([signal, stopping.signal]) });
    running = work.catch(() => undefined);
    try {
      return await work;
    } finally {
      running = undefined;
    }
  }

  return {
    now() {
      const rows = bases.all();
      if (rows.length === 0) return undefined;
      return {
        changes: missingCount({}, bases.have()),
        records: Math.max(...rows.map((row) => row.records)),
        size: rows.reduce((sum, row) => sum + row.size, 0),
        at: Math.max(...rows.map((row) => row.at)),
      };
    },
    async preview() {
      const sealed = await seal();
      return sealed.ok ? look() : sealed;
    },
    run,
    async stop() {
      stopping.abort();
      await running;
    },
    async whenIdle() {
      const found = candidates();
      if (!found.ok || running || !deps.isWriter()) return;
      const below = found.value.segments.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      // Looking for what is alive reads every record, so not again for a handful of changes.
      if (below < looked + FEW_DEAD) return;
      looked = below;
      const seenNow = look();
      if (!seenNow.ok) return;
      const { changes, dead } = seenNow.value;
      if (!isWorthwhile(changes, dead)) return;
      const result = await run();
      // What failed is tried again after as many changes more, and by hand at any time.
      if (result.ok) looked = 0;
    },
  };
}

/** This device's word for a base; undefined unless it is headquarters. */
export async function vouch(
  { trust, replica }: Pick<CompactionDeps, 'trust' | 'replica'>,
  head: string,
): Promise<Pick<BaseFile, 'by' | 'sig'> | undefined> {
  if (trust.certificate()?.role !== 'hq') return undefined;
  const sig = await trust.sign(baseMessage(head));
  return sig === undefined ? undefined : { by: deviceOf(replica()), sig };
}
