/** Keeps the projection what the log says: after a change, at the start, after another window wrote. */
import type { OpenBase } from '../../shared/exchange/base';
import type { Codec } from '../../shared/exchange/codec';
import type { Change } from '../../shared/log/change';
import { dominates, seen } from '../../shared/log/vector';
import type { Foreseen, Projection } from '../../shared/projection/projection';
import { keysNow, type Bases } from './bases';
import type { Checkpoint } from './checkpoint';
import type { SegmentKey, VaultDb } from './db';
import type { LogReader } from './logReader';
import { pause } from './pause';
import { changesOf, eachSegmentAbove } from './tail';

export interface UpkeepDeps {
  readonly db: VaultDb;
  readonly codec: Codec;
  readonly log: LogReader;
  readonly projection: Projection;
  readonly checkpoint: Checkpoint;
  readonly bases: Bases;
  readonly now: () => number;
  readonly progress: (done: number, total: number) => void;
}

export interface Upkeep {
  /** Applies what is durable already. */
  show(changes: readonly Change[], added?: readonly OpenBase[], foreseen?: Foreseen): Promise<void>;
  /** Reads what the log has beyond the projection. */
  catchUp(): Promise<void>;
  /** Part of the log cannot be read: nothing more may be written. */
  damaged(): boolean;
}

const APPLY_SLICE = 5000;

export function createUpkeep(deps: UpkeepDeps): Upkeep {
  const { db, codec, log, projection, checkpoint, bases, now } = deps;
  let damaged: readonly SegmentKey[] = [];
  let damagedBase = false;

  const joinBase = ({ rows, head }: OpenBase): void => {
    checkpoint.touch(projection.joinBase({ rows, have: head.have }, now()));
  };

  /** Changes behind a damaged segment are not shown; the vault is then read-only. */
  function applyNext(changes: readonly Change[]): void {
    const first = changes[0];
    if (!first || first.s > seen(projection.have(), first.r) + 1) return;
    checkpoint.touch(projection.apply(changes, now()));
  }

  return {
    damaged: () => damaged.length > 0 || damagedBase,

    async show(changes, added = [], foreseen) {
      for (const base of added) joinBase(base);
      if (changes.length <= APPLY_SLICE) {
        checkpoint.touch(projection.apply(changes, now(), foreseen));
        return;
      }
      for (let at = 0; at < changes.length; at += APPLY_SLICE) {
        checkpoint.touch(projection.apply(changes.slice(at, at + APPLY_SLICE), now()));
        await pause();
      }
    },

    async catchUp() {
      // In one transaction, or a sealing in the other window could hide changes between two reads.
      const tables = [db.segments, db.archive, db.bases, db.tail];
      const [keys, rows] = await db.transaction('r', tables, async () => {
        await bases.load();
        return [await keysNow(db), await db.tail.orderBy('from').toArray()];
      });
      log.setSegments(keys.segments, keys.archive);
      damagedBase = false;
      for (const row of bases.all()) {
        if (dominates(projection.have(), row.have)) continue;
        const base = await bases.open(row);
        if (base.ok) joinBase(base.value);
        else damagedBase = true;
      }
      damaged = await eachSegmentAbove(
        db,
        codec,
        log.segmentKeys(),
        (replica) => seen(projection.have(), replica),
        applyNext,
        deps.progress,
      );
      const tail = rows.flatMap(changesOf);
      log.setTail(tail);
      applyNext(tail);
    },
  };
}
