/** Attachment records as the rest of the program reads them. */
import { attachment } from '../kinds/attachment';
import type { RecordId } from '../log/change';
import { compareHlc } from '../log/clock';
import { headsOf, type RecordState, type Stamp } from '../log/record';
import { asText, type Projection } from '../projection/projection';

export interface Attachment {
  readonly id: RecordId;
  /** The record it belongs to. */
  readonly of: RecordId;
  readonly name: string;
  /** MIME type, as the device said that added it. */
  readonly type: string;
  /** Bytes, as the device said that added it. */
  readonly size: number;
  /** Lower-case hexadecimal digits: the name of the bytes. */
  readonly sha256: string;
  readonly caption: string;
  /** Milliseconds since 1970-01-01 UTC, when known. */
  readonly takenAt: number | undefined;
  /** When it was added, by the clock of the device that did it. */
  readonly addedAt: number;
}

const NEVER: Stamp = { r: '', s: 0, t: [0, 0] };

/** The change that named the bytes; several of one commit follow each other by their sequence. */
const addedBy = (record: RecordState): Stamp => headsOf(record, 'sha256')[0]?.stamp ?? NEVER;

const SHA256 = /^[0-9a-f]{64}$/;

/** Undefined for a record that does not name any bytes, such as one whose first half is still to come. */
export function readAttachment(record: RecordState): Attachment | undefined {
  const { sha256, size, takenAt } = record.values;
  if (typeof sha256 !== 'string' || !SHA256.test(sha256)) return undefined;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1) return undefined;
  return {
    id: record.id,
    of: asText(record.values.of),
    name: asText(record.values.name),
    type: asText(record.values.type),
    size,
    sha256,
    caption: asText(record.values.caption),
    takenAt: typeof takenAt === 'number' ? takenAt : undefined,
    addedAt: addedBy(record).t[0],
  };
}

const present = <T>(value: T | undefined): value is T => value !== undefined;

/** Attachments of one record that are not deleted, in the order they were added. */
export const attachmentsOf = (
  projection: Pick<Projection, 'parts'>,
  id: RecordId,
): readonly Attachment[] =>
  projection
    .parts(id, attachment)
    .toSorted((a, b) => compareHlc(addedBy(a).t, addedBy(b).t) || addedBy(a).s - addedBy(b).s)
    .map(readAttachment)
    .filter(present);

/** Every attachment that is not deleted. */
export const allAttachments = (projection: Pick<Projection, 'records'>): readonly Attachment[] =>
  projection.records(attachment.name).map(readAttachment).filter(present);
