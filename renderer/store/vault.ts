/**
 * The open vault as screens see it: the projection to read from and the doors to write through.
 * Built by `openVault`; screens get it from `useVault()`.
 */
import type { Change, Dot, ReplicaId, RecordId, Why, Fields } from '../../shared/log/change';
import type { Edit } from '../../shared/log/changeset';
import type { HistoryEntry } from '../../shared/log/history';
import type { Projection } from '../../shared/projection/projection';
import type { Refusal, Result } from '../../shared/result';
import type { ArchiveStore, LostPast } from './archive';
import type { BlobStore } from './blobs';
import type { CompactionStore } from './compactionStore';
import type { ExchangeStore } from './exchangeStore';
import type { ExtractStore } from './extractStore';
import type { HeldFiles } from './heldFiles';
import type { TrustStore } from './trust';

export interface DeviceInfo {
  readonly replica: ReplicaId;
  /** Name of the laptop or of headquarters, shown in histories. */
  readonly name: string;
  readonly role: 'hq' | 'site';
  /** Start of human numbers: site code and device tag, such as `HQ7K`. */
  readonly prefix: string;
  /** The person signed in; author of every change. */
  readonly person: string;
  /** Holds an extract that somebody gave away: everything is read, nothing written. */
  readonly outsider?: true;
}

export interface Committed {
  /** Records touched. */
  readonly ids: readonly RecordId[];
  readonly changes: number;
}

/** One step that undo can take back. */
export interface UndoStep {
  /** Key under `undo.what` in the locales, and its label. */
  readonly op: string;
  readonly label: string;
}

export interface Vault {
  readonly projection: Projection;
  readonly exchange: ExchangeStore;
  readonly trust: TrustStore;
  /** Segments that a base stands for, for the audit trail. */
  readonly archive: ArchiveStore;
  readonly compaction: CompactionStore;
  /** Bytes of attachments. */
  readonly blobs: BlobStore;
  /** Files of later releases. */
  readonly heldFiles: HeldFiles;
  /** What somebody outside was given to read. */
  readonly extract: ExtractStore;
  /** Undefined until `setUp` has run on this device. */
  device(): DeviceInfo | undefined;
  setUp(input: {
    readonly name: string;
    readonly role: 'hq' | 'site';
    readonly siteCode: string;
    readonly person: string;
  }): Promise<Result<DeviceInfo>>;
  signIn(person: string): Promise<Result<null>>;
  /** The largest sequence of this device's changes that it has written into a file. */
  exported(): Promise<number>;
  /** False in a second window, when `damaged` and for an outsider: what is shown can be read, nothing written. */
  isWriter(): boolean;
  /**
   * Part of the log cannot be read back. What comes after it is not shown, and a new change could
   * take the number of one that is only hidden, so nothing is written.
   */
  damaged(): boolean;
  /** Part of the log was replaced by another branch of it: open the vault anew. Nothing is written. */
  replaced(): boolean;
  newId(): RecordId;
  /** A human number for a record about to be created. */
  nextNumber(kind: string): string;
  /** The one write door. Refusals: `field.*`, `commit.readOnly`, `commit.damaged`, `commit.notSetUp`, `commit.disk`, `commit.outsider`, `commit.notAllowed`. */
  commit(edits: readonly Edit[], why?: Why): Promise<Result<Committed>>;
  undoStep(): UndoStep | undefined;
  undo(): Promise<Result<Committed>>;
  history(id: RecordId): Promise<readonly HistoryEntry[]>;
  /** What that history lacks, because it lies in an archive file or was never here. */
  lostPast(id: RecordId): Promise<LostPast>;
  /** The changes of those dots and what they overwrote, as their authors wrote them and as far as the log has them. */
  changes(dots: readonly Dot[]): Promise<readonly Change[]>;
  /** Drafts of forms: kept when the window closes, never exchanged. */
  saveDraft(key: string, fields: Fields | undefined): Promise<void>;
  draft(key: string): Promise<Fields | undefined>;
  /** Small settings of this device, such as saved views. Values are JSON. */
  setting<T>(key: string): T | undefined;
  setSetting(key: string, value: unknown): Promise<void>;
  /** Called after anything a screen may show has changed. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** Grows with every notification; the snapshot for useSyncExternalStore. */
  version(): number;
  /** Why the last housekeeping failed, such as a full disk; nothing that was saved is at risk. */
  trouble(): Refusal | undefined;
  close(): Promise<void>;
}
