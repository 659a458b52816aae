/** Which segments can be applied now, and where a gap stops the others (I7). */
import type { Change, ReplicaId } from '../log/change';
import { seen, type Vector } from '../log/vector';
import type { OpenSegment } from './verify';

/** Changes that must come first, and nobody has brought yet. */
export interface Gap {
  readonly replica: ReplicaId;
  /** First and last missing sequence. */
  readonly from: number;
  readonly to: number;
  /** Changes that wait behind the gap. */
  readonly held: number;
}

export interface Sequenced {
  /** Segments that bring something, each replica's in order. */
  readonly apply: readonly OpenSegment[];
  /** What is new in them: each replica's in sequence, without holes. */
  readonly changes: readonly Change[];
  /** Segments behind a gap. */
  readonly wait: readonly OpenSegment[];
  /** One per replica: the first hole. */
  readonly gaps: readonly Gap[];
  /** Changes of the segments that were here before. */
  readonly known: readonly Change[];
  /** A replica that wrote two different changes under one number: a copied or restored device. */
  readonly forked: ReplicaId | undefined;
}

/**
 * The same whatever the order, and however often a segment is given. Segments of one author that
 * overlap (sealed again after a restored backup) are fine as long as they agree.
 */
export function sequence(segments: readonly OpenSegment[], have: Vector): Sequenced {
  const apply: OpenSegment[] = [];
  const changes: Change[] = [];
  const wait: OpenSegment[] = [];
  const gaps: Gap[] = [];
  const known: Change[] = [];
  let forked: ReplicaId | undefined;
  for (const [replica, run] of byReplica(segments)) {
    const start = seen(have, replica);
    let reach = start;
    const taken = new Map<number, Change>();
    const held: OpenSegment[] = [];
    for (const open of run) {
      const { from, to } = open.segment;
      const fits = from <= reach + 1;
      if (!fits) held.push(open);
      else if (to > reach) apply.push(open);
      for (const change of open.changes) {
        const twin = taken.get(change.s);
        if (twin && !same(twin, change)) forked = replica;
        if (change.s <= start) known.push(change);
        else if (!twin && fits) changes.push(change);
        taken.set(change.s, twin ?? change);
      }
      if (fits) reach = Math.max(reach, to);
    }
    const first = held[0];
    if (!first) continue;
    wait.push(...held);
    const count = [...taken.keys()].filter((s) => s > reach).length;
    gaps.push({ replica, from: reach + 1, to: first.segment.from - 1, held: count });
  }
  return { apply, changes, wait, gaps, known, forked };
}

const same = (a: Change, b: Change): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Each replica's segments from the lowest on, equal ones once. */
function byReplica(segments: readonly OpenSegment[]): Map<ReplicaId, readonly OpenSegment[]> {
  const out = new Map<ReplicaId, OpenSegment[]>();
  const hashes = new Set<string>();
  const sorted = segments.toSorted(
    ({ segment: a }, { segment: b }) =>
      (a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : 0) ||
      a.from - b.from ||
      a.to - b.to,
  );
  for (const open of sorted) {
    const { replica, sha256 } = open.segment;
    if (hashes.has(sha256)) continue;
    hashes.add(sha256);
    const run = out.get(replica);
    if (run) run.push(open);
    else out.set(replica, [open]);
  }
  return out;
}

/** The gaps that segments of the inbox wait for. Pass segments, not their changes. */
export function inboxGaps(
  waiting: readonly { readonly replica: ReplicaId; readonly from: number; readonly to: number }[],
  have: Vector,
): readonly Gap[] {
  const gaps = new Map<ReplicaId, Gap>();
  for (const { replica, from, to } of waiting.toSorted((a, b) => a.from - b.from)) {
    const known = gaps.get(replica);
    const held = to - from + 1 + (known?.held ?? 0);
    const first = known ?? { replica, from: seen(have, replica) + 1, to: from - 1 };
    gaps.set(replica, { ...first, held });
  }
  return [...gaps.values()];
}
