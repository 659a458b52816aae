/** Compaction as screens see it. */
import type { Result } from '../../shared/result';
import type { DeviceId } from '../../shared/trust/device';

export interface CompactionPreview {
  /** Changes that everybody has and that no base stands for yet, and how many of them are dead. */
  readonly changes: number;
  readonly dead: number;
  /** Enrolled devices that have confirmed nothing yet: everything waits for them. */
  readonly awaited: readonly DeviceId[];
}

/** What bases stand for here. */
export interface CompactedNow {
  readonly changes: number;
  readonly records: number;
  /** Bytes, packed. */
  readonly size: number;
  /** When the latest was made or came. */
  readonly at: number;
}

export interface Compacted {
  readonly changes: number;
  readonly records: number;
  /** Bytes of the base, packed. */
  readonly size: number;
}

export interface CompactOptions {
  /** Segments read so far, and all of them. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface CompactionStore {
  /** Undefined while nothing is compacted. */
  now(): CompactedNow | undefined;
  /** Refusals: `compaction.notHeadquarters` and those of a full disk. */
  preview(): Promise<Result<CompactionPreview>>;
  /**
   * Refusals: also `compaction.nothing`, `compaction.busy`, `compaction.damaged`,
   * `exchange.cancelled`, `exchange.ownBaseDamaged` and those of a full disk.
   */
  run(options?: CompactOptions): Promise<Result<Compacted>>;
}
