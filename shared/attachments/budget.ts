/** Which attachments go into a file when it may hold only so many bytes of them. */
import { MAX_BLOBS } from '../exchange/limits';
import type { RecordId } from '../log/change';
import { headsOf } from '../log/record';
import { seen, type Vector } from '../log/vector';
import type { Projection } from '../projection/projection';
import { allAttachments, type Attachment } from './attachment';
import { groupOf, type TypeGroup } from './fileTypes';

/** Bytes that could go, once each, with the attachment that names them. */
export interface Candidate {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly name: string;
  readonly group: TypeGroup;
  /** The record it is attached to, and that record's kind; empty when the record is not here. */
  readonly record: RecordId;
  readonly kind: string;
  /** When it was added: milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** The receiver asked for it in its last file. */
  readonly wanted: boolean;
}

/** What a person leaves out, wanted or not. */
export interface LeaveOut {
  readonly groups: readonly TypeGroup[];
  readonly kinds: readonly string[];
  readonly records: readonly RecordId[];
  /** Everything added before that moment. */
  readonly before: number | undefined;
}

export const leaveNothing: LeaveOut = { groups: [], kinds: [], records: [], before: undefined };

export type Reason = 'type' | 'record' | 'age' | 'budget';

export interface Chosen {
  /** In the order they were chosen. */
  readonly go: readonly Candidate[];
  readonly left: readonly { readonly candidate: Candidate; readonly reason: Reason }[];
  /** Bytes of `go`. */
  readonly total: number;
}

/**
 * What the receiver asked for first, then the newest day first and the smallest of a day first, so
 * that one film does not push out a day of photos. What does not fit is passed over; what comes
 * after it may still fit. Nothing is ever left out silently: each one carries its reason.
 */
export function chooseWithin(
  candidates: readonly Candidate[],
  budget: number,
  leaveOut: LeaveOut = leaveNothing,
): Chosen {
  const go: Candidate[] = [];
  const left: { candidate: Candidate; reason: Reason }[] = [];
  let total = 0;
  for (const candidate of candidates.toSorted(byUrgency)) {
    const reason = reasonToLeave(candidate, leaveOut);
    if (reason) left.push({ candidate, reason });
    else if (total + candidate.size > budget || go.length >= MAX_BLOBS)
      left.push({ candidate, reason: 'budget' });
    else {
      go.push(candidate);
      total += candidate.size;
    }
  }
  return { go, left, total };
}

function reasonToLeave(one: Candidate, leaveOut: LeaveOut): Reason | undefined {
  if (leaveOut.groups.includes(one.group)) return 'type';
  if (leaveOut.kinds.includes(one.kind) || leaveOut.records.includes(one.record)) return 'record';
  return leaveOut.before !== undefined && one.at < leaveOut.before ? 'age' : undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

const byUrgency = (a: Candidate, b: Candidate): number =>
  Number(b.wanted) - Number(a.wanted) ||
  dayOf(b.at) - dayOf(a.at) ||
  a.size - b.size ||
  (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0);

export interface Receiver {
  /** What it has confirmed; nothing for a new laptop or a snapshot. */
  readonly have: Vector;
  /** What its last file asked for. */
  readonly wants: readonly string[];
}

/**
 * What may go to a receiver: whatever it asked for, and bytes that only attachments name whose
 * record it has not confirmed. The record's receipt is the receipt for its bytes too, because
 * whoever has a record without its bytes asks for them. `here` tells which bytes this device has.
 */
export function candidatesFor(
  projection: Pick<Projection, 'records' | 'get'>,
  receiver: Receiver,
  here: (sha256: string) => boolean,
): readonly Candidate[] {
  const wants = new Set(receiver.wants);
  const has = new Set<string>();
  const newest = new Map<string, Attachment>();
  for (const one of allAttachments(projection)) {
    if (!here(one.sha256)) continue;
    if (isConfirmed(projection, one, receiver.have)) has.add(one.sha256);
    const known = newest.get(one.sha256);
    if (!known || known.addedAt < one.addedAt) newest.set(one.sha256, one);
  }
  return [...newest.values()]
    .filter(({ sha256 }) => wants.has(sha256) || !has.has(sha256))
    .map((one) => ({
      sha256: one.sha256,
      size: one.size,
      name: one.name,
      group: groupOf(one.type),
      record: one.of,
      kind: projection.get(one.of)?.kind ?? '',
      at: one.addedAt,
      wanted: wants.has(one.sha256),
    }));
}

/** An edit of the caption does not send the bytes again: only what names them counts. */
function isConfirmed(
  projection: Pick<Projection, 'get'>,
  { id }: Attachment,
  have: Vector,
): boolean {
  const record = projection.get(id);
  return (
    record !== undefined &&
    headsOf(record, 'sha256').every(({ stamp }) => seen(have, stamp.r) >= stamp.s)
  );
}
