/**
 * State here that stands for another branch of a replica than the one headquarters stands by now: both were
 * put back from backups after it had vouched for the first. The state gives way, and what only it showed is
 * written again by whoever had it, because nobody else may have it any more.
 */
import { recordOfRow, type BaseRow } from '../log/base';
import {
  dotOf,
  sameValue,
  type Change,
  type RecordId,
  type ReplicaId,
  type Value,
} from '../log/change';
import { compareHlc } from '../log/clock';
import { headsOf, type Head, type RecordState, type Stamp } from '../log/record';
import { dominates, seen } from '../log/vector';
import type { Anchor } from '../trust/roster';
import type { OpenBase } from './base';
import { isFollowed } from './otherBranches';
import { isAlike, shownOf, stampsIn } from './stateHere';
import type { PlanInput } from './plan';
import { markOf, type Stands } from './stands';

/**
 * Replicas of which a base of the file covers the state here and stands for another branch, where it brings
 * more, or headquarters has decided for it.
 */
export function otherStates(bases: readonly OpenBase[], input: PlanInput): readonly ReplicaId[] {
  const { compacted = {}, projection, file } = input;
  const have = projection.have();
  return bases
    .filter(({ head }) => dominates(head.have, compacted))
    .flatMap((base) =>
      apartFrom(base, input).filter((replica) => {
        const tip = base.head.tips[replica];
        return (
          !dominates(have, base.head.have) ||
          (tip !== undefined &&
            (file.roster?.accepted[replica]?.sha256 === tip.sha256 ||
              isFollowed(replica, tip, file)))
        );
      }),
    );
}

/** Replicas of which the base stands for another branch than the state here. */
export const apartFrom = (
  { head, rows }: Pick<OpenBase, 'head' | 'rows'>,
  input: PlanInput,
): readonly ReplicaId[] =>
  Object.entries(head.tips)
    .filter(([replica, tip]) => isApart(replica, tip, rows, input))
    .map(([replica]) => replica);

/** By the hashes that the state here is known to end with; where nobody tells those, by what both show. */
function isApart(
  replica: ReplicaId,
  { to, sha256 }: Anchor,
  rows: readonly BaseRow[],
  input: PlanInput,
): boolean {
  const { compacted = {}, ends, file } = input;
  const end = seen(compacted, replica);
  const own = (end > 0 && to >= end && ends?.at(replica, end)) || [];
  if (own.length === 0) return false;
  if (to === end) return !own.includes(sha256);
  const { stands } = file.manifest;
  return stands === null
    ? contradictedBy(rows, input).has(replica)
    : own.every((hash) => !marksOf(stands).has(markOf(hash)));
}

const contradictedAt = new WeakMap<
  readonly BaseRow[],
  { readonly version: number; readonly replicas: ReadonlySet<ReplicaId> }
>();

/**
 * Replicas of which the state here and the base both show something under one number, and not the same: of
 * another record, or said at another time. All records are looked at, once for a base.
 */
function contradictedBy(
  rows: readonly BaseRow[],
  { projection: { all, version }, compacted = {} }: PlanInput,
): ReadonlySet<ReplicaId> {
  const now = version?.() ?? Number.NaN;
  const known = contradictedAt.get(rows);
  if (known?.version === now) return known.replicas;
  const there = shownOf(rows);
  const replicas = new Set<ReplicaId>();
  for (const { id, stamp } of stampsIn(all?.() ?? [])) {
    if (stamp.s > seen(compacted, stamp.r) || replicas.has(stamp.r)) continue;
    const other = there.get(dotOf(stamp));
    if (other && !isAlike(other, id, stamp)) replicas.add(stamp.r);
  }
  contradictedAt.set(rows, { version: now, replicas });
  return replicas;
}

const marksBy = new WeakMap<Stands, ReadonlySet<string>>();

/** Of a busy headquarters they are many, and every replica asks. */
function marksOf(stands: Stands): ReadonlySet<string> {
  const known = marksBy.get(stands);
  if (known) return known;
  const marks = new Set(stands.marks);
  marksBy.set(stands, marks);
  return marks;
}

/**
 * What the state here shows of replicas that give way, and the bases do not: each change with the fields of
 * it that are shown. Who wrote it is not known any more (`by` is empty).
 */
export function onlyHere(
  apart: readonly ReplicaId[],
  bases: readonly OpenBase[],
  input: PlanInput,
): readonly Change[] {
  const { compacted = {}, projection, kindOf } = input;
  if (apart.length === 0) return [];
  const rows = rowsOf(bases);
  const out: Change[] = [];
  for (const state of projection.all?.() ?? []) {
    const theirs = rows.get(state.id)?.map((row) => recordOfRow(row, kindOf(row.k)).state) ?? [];
    const isHere = ({ r, s }: Stamp): boolean => apart.includes(r) && s <= seen(compacted, r);
    const kept = Object.keys(state.heads).flatMap((field) =>
      headsOf(state, field)
        .filter((head) => isHere(head.stamp) && !isShown(head, field, [state, ...theirs]))
        .map(({ stamp, value }) => ({ stamp, field, value })),
    );
    for (const [stamp, shown] of Map.groupBy(kept, ({ stamp }) => stamp)) {
      const { id, kind: k } = state;
      const f = shown.map(({ field, value }): [string, Value] => [field, value]);
      const kv = kindOf(k)?.version ?? 1;
      out.push({ ...stamp, by: '', k, kv, id, f: Object.fromEntries(f) });
    }
  }
  return out.toSorted((a, b) => (a.r < b.r ? -1 : a.r > b.r ? 1 : a.s - b.s));
}

const rowsOf = (bases: readonly OpenBase[]): ReadonlyMap<RecordId, readonly BaseRow[]> =>
  Map.groupBy(
    bases.flatMap(({ rows }) => rows),
    ({ id }) => id,
  );

/** By the base, or written again by somebody: at the same time, or with the same value. */
const isShown = (
  { stamp, value }: Head,
  field: string,
  [here, ...theirs]: readonly RecordState[],
): boolean =>
  theirs.some((state) => headsOf(state, field).some((head) => sameValue(head.value, value))) ||
  (here !== undefined &&
    headsOf(here, field).some(
      (head) =>
        head.stamp.r !== stamp.r &&
        compareHlc(head.stamp.t, stamp.t) === 0 &&
        sameValue(head.value, value),
    ));
