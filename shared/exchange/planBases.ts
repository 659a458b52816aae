/** What a file's bases make of what is here, before its segments are looked at. */
import { joinRows } from '../log/base';
import { parseDot, type Change, type ReplicaId } from '../log/change';
import type { RecordState } from '../log/record';
import { dominates, join, seen, type Vector } from '../log/vector';
import { ok, refuse, type Result } from '../result';
import type { Anchor } from '../trust/roster';
import type { BaseHead, OpenBase } from './base';
import { losingBranches, without } from './branch';
import { needed } from './compaction';
import { chainOf, otherBranches } from './otherBranches';
import { apartFrom, onlyHere, otherStates } from './otherStates';
import type { PlanInput } from './plan';
import type { Start } from './recordReport';
import type { Segment } from './segment';
import type { Here } from './sequence';
import { markOf } from './stands';
import { showsAll } from './stateHere';

export interface BasedStart {
  readonly bases: readonly OpenBase[];
  readonly overlay: Start | undefined;
  readonly have: Vector;
  readonly compacted: Vector;
  readonly tips: Here['tips'];
  /** Copied devices of which another branch is here than the one the state stands for. */
  readonly displaced: readonly ReplicaId[];
  /** Of those, the ones whose state here gives way. */
  readonly apart: readonly ReplicaId[];
  /** What only the state of those showed here. */
  readonly lost: readonly Change[];
  /** Segments of those that the bases stand for, as headquarters says: they are here with them. */
  readonly stoodFor: (segment: Segment) => boolean;
  /** Segments of the inbox that were second versions before this file came, and stay so. */
  readonly heldBefore: ReadonlySet<string>;
}

/**
 * What is here once the bases of the file have been taken over. Refusal `exchange.newer`: one of them
 * speaks of kinds in a later form than this release knows, and could not be joined with what is here.
 */
export function withBases(input: PlanInput): Result<BasedStart> {
  const { projection, file, inbox, kindOf } = input;
  const mine = projection.have();
  const { bases, displaced } = takenOver(
    needed(file.bases.map((base) => ({ ...base, have: base.head.have }))),
    input,
  );
  const before = without(mine, displaced);
  const records = new Map<string, RecordState>();
  const tips: Record<ReplicaId, Anchor> = Object.fromEntries(
    Object.entries(input.tips).filter(([replica]) => !displaced.includes(replica)),
  );
  let overlay: Start | undefined;
  let compacted = input.compacted ?? {};
  for (const { rows, head } of bases) {
    if (rows.some(({ k, kv }) => kv > (kindOf(k)?.version ?? kv))) return refuse('exchange.newer');
    const from = overlay ?? { have: before, early: projection.early() };
    const joined = joinRows(
      { rows, have: head.have },
      from,
      kindOf,
      (id) => records.get(id) ?? projection.get(id),
    );
    for (const [id, state] of joined.records) records.set(id, state);
    overlay = { records, early: joined.early, have: joined.have };
    compacted = join(compacted, head.have);
    for (const [replica, tip] of Object.entries(head.tips)) {
      if (tip.to > (tips[replica]?.to ?? 0)) tips[replica] = tip;
    }
  }
  const apart = displaced.filter((replica) =>
    bases.some((base) => apartFrom(base, input).includes(replica)),
  );
  const stoodFor = standsNow(bases, displaced, input);
  const heldBefore = inbox
    .filter(({ segment }) => segment.from <= seen(mine, segment.replica) && !stoodFor(segment))
    .map(({ segment }) => segment.sha256);
  return ok({
    bases,
    overlay,
    have: overlay?.have ?? before,
    compacted,
    tips,
    displaced,
    apart,
    lost: onlyHere(apart, bases, input),
    stoodFor,
    heldBefore: new Set(heldBefore),
  });
}

type Carried = OpenBase & { readonly have: Vector };

/**
 * Those that bring something, and the replicas of which they take the place of what is here. Of two branches
 * under one number a state that joined both would show neither: such a base is left out, and takes nothing's
 * place.
 */
function takenOver(
  carried: readonly Carried[],
  input: PlanInput,
): { readonly bases: readonly Carried[]; readonly displaced: readonly ReplicaId[] } {
  const { projection, file, compacted = {} } = input;
  const displaced = unique([
    ...carried.flatMap((base) => otherBranches(base, input)),
    ...otherStates(carried, input),
    ...losingAbove(carried, input),
    ...contradicted(carried, input),
    ...(file.manifest.stands
      ? besides(carried, file.manifest.stands.marks, input)
      : outrun(carried, input)),
  ]);
  const before = without(projection.have(), displaced);
  const bases = carried.filter(({ have }) => !dominates(before, have));
  const mixed = bases.filter((base) =>
    apartFrom(base, input).some(
      (replica) =>
        !displaced.includes(replica) &&
        !showsAll(base.rows, replica, seen(compacted, replica), projection),
    ),
  );
  return mixed.length === 0
    ? { bases, displaced }
    : takenOver(
        carried.filter((base) => !mixed.includes(base)),
        input,
      );
}

function standsNow(
  bases: readonly OpenBase[],
  displaced: readonly ReplicaId[],
  { file }: PlanInput,
): BasedStart['stoodFor'] {
  const marks = new Set(bases.length > 0 ? file.manifest.stands?.marks : []);
  return ({ replica, sha256 }) => displaced.includes(replica) && marks.has(markOf(sha256));
}

/**
 * Branches that end below the base's: something is alive in the base under a number that is here too,
 * and here that record knows nothing of it.
 */
function contradicted(
  bases: readonly OpenBase[],
  { projection, compacted = {} }: PlanInput,
): readonly ReplicaId[] {
  const mine = projection.have();
  const out = new Set<ReplicaId>();
  for (const { rows } of bases.filter(({ head }) => !dominates(mine, head.have))) {
    for (const { id, s: alive } of rows) {
      for (const [dot] of alive) {
        const { r, s } = parseDot(dot);
        // Below what was compacted here, dead changes are forgotten.
        if (s > seen(mine, r) || s <= seen(compacted, r)) continue;
        if (!projection.get(id)?.dots.includes(dot)) out.add(r);
      }
    }
  }
  return [...out];
}

/**
 * Branches that end below the base's and that it does not stand for, as headquarters says: the last
 * segment here is none of those, or has not been sealed when another one was.
 */
function besides(
  bases: readonly { readonly have: Vector; readonly head: Pick<BaseHead, 'tips'> }[],
  marks: readonly string[],
  input: PlanInput,
): readonly ReplicaId[] {
  const { projection, compacted = {}, tips } = input;
  const ends = bases.flatMap(({ head }) => Object.values(head.tips));
  const stands = new Set([...marks, ...ends.map(({ sha256 }) => markOf(sha256))]);
  const mine = projection.have();
  const reach = bases
    .filter(({ have }) => !dominates(mine, have))
    .reduce<Vector>((all, { have }) => join(all, have), {});
  return Object.entries(mine)
    .filter(([replica, to]) => to > seen(compacted, replica) && to <= seen(reach, replica))
    .filter(([replica, to]) => {
      const tip = Object.hasOwn(tips, replica) ? tips[replica] : undefined;
      return tip?.to !== to || !hashesAt(replica, tip, input).some((h) => stands.has(markOf(h)));
    })
    .map(([replica]) => replica);
}

/**
 * Where nobody says which segments the state stands for: this device, when it stands for changes under
 * its name that it never wrote. Another machine did, or this one before it was put back; whether the
 * state stands for what is here and was never confirmed cannot be told, so that is kept aside and
 * written again.
 */
function outrun(
  bases: readonly { readonly have: Vector }[],
  { projection, compacted = {}, self, confirmed = 0 }: PlanInput,
): readonly ReplicaId[] {
  const mine = seen(projection.have(), self);
  const sure = Math.max(confirmed, seen(compacted, self));
  return mine > sure && bases.some(({ have }) => seen(have, self) > mine) ? [self] : [];
}

/** Of the segment that ends there, and of those that say the same in other bytes. */
const hashesAt = (replica: ReplicaId, { to, sha256 }: Anchor, { ends }: PlanInput) => [
  sha256,
  ...(ends?.at(replica, to) ?? []),
];

/** Branches that give way above a base: the file brings the other one from the base on. */
function losingAbove(
  bases: readonly { readonly have: Vector }[],
  { projection, file, hasSegment, compacted, tips }: PlanInput,
): readonly ReplicaId[] {
  const endOf = (replica: ReplicaId): number =>
    Math.max(0, ...bases.map(({ have }) => seen(have, replica)));
  // The branch here may be the shorter one: then its last segment, above the base, is none of those.
  const isAstray = (replica: ReplicaId): boolean => {
    const tip = tips[replica];
    const chain = chainOf(replica, file);
    return (
      tip !== undefined &&
      tip.to > endOf(replica) &&
      chain.every(({ segment, prev }) => segment.sha256 !== tip.sha256 && prev !== tip.sha256)
    );
  };
  const losing = losingBranches(file.roster, projection.have(), hasSegment, compacted, isAstray);
  return losing.filter((replica) => {
    const end = endOf(replica);
    // A state here that reaches further is no branch above this one (`isStraying`).
    if (seen(compacted ?? {}, replica) > end) return false;
    return end > 0 && chainOf(replica, file).some(({ segment: { from } }) => from <= end + 1);
  });
}

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];
