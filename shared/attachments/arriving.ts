/** What a file brings of attachments, and what is still to come after it. */
import type { BlobEntry } from '../exchange/manifest';
import { attachment } from '../kinds/attachment';
import type { Change } from '../log/change';

export interface Arriving {
  /** Attachments whose bytes come and are not here. */
  readonly count: number;
  /** Bytes of them. */
  readonly size: number;
  /** Attachments that are named here afterwards, and whose bytes are not here. */
  readonly missing: number;
}

export interface ArrivingOf {
  /** Attachments in the file. */
  readonly blobs: readonly BlobEntry[];
  /** Changes that are new here. */
  readonly changes: readonly Change[];
  readonly isHere: (sha256: string) => boolean;
  /** What is asked for before the file is applied. */
  readonly missing: readonly string[];
}

export function arriving({ blobs, changes, isHere, missing }: ArrivingOf): Arriving {
  const brought = blobs.filter(({ sha256 }) => !isHere(sha256));
  const lacking = new Set(missing);
  for (const { k, f } of changes) {
    const sha256 = k === attachment.name ? f.sha256 : undefined;
    if (typeof sha256 === 'string' && !isHere(sha256)) lacking.add(sha256);
  }
  for (const { sha256 } of brought) lacking.delete(sha256);
  return {
    count: brought.length,
    size: brought.reduce((sum, { size }) => sum + size, 0),
    missing: lacking.size,
  };
}
