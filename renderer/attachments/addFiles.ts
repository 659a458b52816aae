/** Keeps the bytes first, then writes all the records in one commit that undo takes back as one. */
import { attachmentsOf } from '../../shared/attachments/attachment';
import { attachment } from '../../shared/kinds/attachment';
import type { RecordId, Value } from '../../shared/log/change';
import type { Edit } from '../../shared/log/changeset';
import type { Refusal, Result } from '../../shared/result';
import type { Committed, Vault } from '../store/vault';
import { readyFile, type PendingFile } from './pickedFiles';

export interface Row {
  readonly file: PendingFile;
  readonly caption: string;
  readonly useReduced: boolean;
}

interface AddOptions {
  readonly signal: AbortSignal;
  /** Share of the bytes that are kept, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export interface Added {
  /** By the file's key. When there are any, no record was written. */
  readonly refused: ReadonlyMap<string, Refusal>;
  readonly commit: Result<Committed> | undefined;
}

export async function addFiles(
  vault: Pick<Vault, 'blobs' | 'commit' | 'newId' | 'projection'>,
  of: RecordId,
  rows: readonly Row[],
  { signal, onProgress }: AddOptions,
): Promise<Added> {
  const taken = new Set(attachmentsOf(vault.projection, of).map(({ name }) => name));
  const ready = rows.map((row) => {
    const file = readyFile(row.file, row.useReduced, taken);
    taken.add(file.name);
    return { row, file };
  });
  const total = ready.reduce((sum, { file }) => sum + file.blob.size, 0) || 1;
  const refused = new Map<string, Refusal>();
  const edits: Edit[] = [];
  let done = 0;
  for (const { row, file } of ready) {
    const before = done;
    const kept = await vault.blobs.put(file.blob, {
      signal,
      onProgress: (bytes) => onProgress((before + bytes) / total),
    });
    done += file.blob.size;
    if (kept.ok) edits.push(edit(vault.newId(), of, row, { ...file, ...kept.value }));
    else refused.set(row.file.key, kept.refusal);
  }
  const stop = refused.size > 0 || signal.aborted;
  return { refused, commit: stop ? undefined : await vault.commit(edits) };
}

function edit(
  id: RecordId,
  of: RecordId,
  { file, caption }: Row,
  kept: {
    readonly name: string;
    readonly type: string;
    readonly size: number;
    readonly sha256: string;
  },
): Edit {
  const { name, type, size, sha256 } = kept;
  const fields: Record<string, Value> = { of, name, type, size, sha256 };
  if (caption.trim()) fields.caption = caption.trim();
  if (file.takenAt !== undefined) fields.takenAt = file.takenAt;
  return { do: 'create', kind: attachment.name, id, fields };
}
