/**
 * What a file's receipt proves. Counts alone do not: of a copied disk both machines write under the
 * same numbers, so whoever has "1 to 2" may have what the other one wrote. The hash of the segment that
 * a count ends with names the content, because every segment names the one before it.
 */
import type { ReplicaId } from '../log/change';
import { seen, type Vector } from '../log/vector';
import { deviceOf, type DeviceId } from '../trust/device';
import type { Manifest } from './manifest';

/** Where the segments of each replica end that are here, or that a base here stands for. */
export interface SegmentEnds {
  /** Hashes of those that end with that number; more than one when overlapping ones agree. */
  at(replica: ReplicaId, to: number): readonly string[];
  /** The last end below that number, 0 when there is none. */
  before(replica: ReplicaId, to: number): number;
}

export interface KnownEnds extends SegmentEnds {
  add(replica: ReplicaId, to: number, sha256: string): void;
}

/** `first`: what was known before, and stays as it is. */
export function knownEnds(first?: SegmentEnds): KnownEnds {
  const byReplica = new Map<ReplicaId, Map<number, readonly string[]>>();
  return {
    at(replica, to) {
      const own = byReplica.get(replica)?.get(to) ?? [];
      return first ? [...own, ...first.at(replica, to)] : own;
    },
    before(replica, to) {
      let last = first?.before(replica, to) ?? 0;
      for (const end of byReplica.get(replica)?.keys() ?? []) {
        if (end < to && end > last) last = end;
      }
      return last;
    },
    add(replica, to, sha256) {
      const ends = byReplica.get(replica) ?? new Map<number, readonly string[]>();
      byReplica.set(replica, ends);
      const known = ends.get(to) ?? [];
      if (!known.includes(sha256)) ends.set(to, [...known, sha256]);
    },
  };
}

export interface ProvenReceipt {
  /** What the sender surely has of what is here: that much need not be sent again. */
  readonly have: Vector;
  /** Replicas of which the sender has another branch than the one here. */
  readonly apart: readonly ReplicaId[];
  /** Of `have` what ends with a segment that is here, or was before it was compacted. */
  readonly sure: Vector;
}

/** What is here once the file has been applied, to hold its receipt against. */
export interface ReceiptHere {
  readonly have: Vector;
  readonly ends: SegmentEnds;
  /** Also of those in the archive. */
  readonly hasSegment?: (sha256: string) => boolean;
  /** Up to there the log was compacted: ends below are known no longer. */
  readonly compacted: Vector;
  /** Replicas of which the file itself brings a second version of what is here. */
  readonly forked: readonly ReplicaId[];
  /** This device, under whatever epoch. */
  readonly self: DeviceId;
  /** What the sender was known to have before. */
  readonly known: Vector;
}

/**
 * Of a replica that the sender has another branch of, nothing is confirmed. Where the sender has more
 * of this very device than there is here, a double wrote it, or this device before it was put back: no
 * more is confirmed than was known before. Where no segment here ends as the sender's does, no more
 * is confirmed than up to the end before: the next file brings that segment, and whoever opens it
 * compares. What was compacted or is not here is believed as it is said; so is everything in a file of
 * the first two formats, which name no content.
 */
export function provenReceipt(
  { have, tips }: Pick<Manifest, 'have' | 'tips'>,
  here: ReceiptHere,
): ProvenReceipt {
  const apart: ReplicaId[] = [];
  const proven: Record<ReplicaId, number> = {};
  const sure: Record<ReplicaId, number> = {};
  for (const [replica, to] of Object.entries(have)) {
    const own = (Object.hasOwn(tips, replica) ? tips[replica] : undefined) ?? [];
    const end = confirmed(replica, to, own, here);
    if (end === 'apart' || here.forked.includes(replica)) {
      apart.push(replica);
      continue;
    }
    if (end > 0) proven[replica] = end;
    const known = here.ends.at(replica, to);
    if (own.some((tip) => known.includes(tip) || here.hasSegment?.(tip))) sure[replica] = end;
  }
  return { have: proven, apart, sure };
}

function confirmed(
  replica: ReplicaId,
  to: number,
  tips: readonly string[] = [],
  { have, ends, compacted, self, known }: ReceiptHere,
): number | 'apart' {
  const isHere = to <= seen(have, replica);
  if (!isHere && deviceOf(replica) === self) return Math.min(to, seen(known, replica));
  if (!isHere || tips.length === 0) return to;
  const hashes = ends.at(replica, to);
  if (hashes.length > 0) return tips.some((tip) => hashes.includes(tip)) ? to : 'apart';
  return to <= seen(compacted, replica) ? to : ends.before(replica, to);
}
