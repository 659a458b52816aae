/**
 * What a change overwrites it names by number. Where a disk was put back or copied, two branches say
 * different things under one number, and whoever knew the branch that gave way has taken away what the
 * other one says of the same record without having seen it. That is written again under a number of its
 * own, so that both are shown and a person decides (I4, I11).
 */
import { DELETED, dotOf, sameValue, type Change, type Dot, type RecordId } from './change';
import { compareHlc } from './clock';
import { sawOf } from './record';
import type { Rescuer } from './rescue';

/** What is in the log. */
export interface Logged {
  readonly at: (dot: Dot) => Change | undefined;
  /** Every change of a record. */
  readonly of: (id: RecordId) => readonly Change[];
}

/**
 * Of the changes that stand under the numbers of `lost`, in sequence, those fields that were taken away
 * only by changes that `meant` the lost one. Left out is what was written again by anybody, as far as the
 * log shows it, and what is noted in `said` (`saidKey`).
 */
export function unseen(
  lost: readonly Change[],
  { at, of }: Logged,
  meant: (change: Change, lost: Change) => boolean,
  said: ReadonlySet<string> = new Set(),
): readonly Change[] {
  return lost.flatMap((gone) => {
    const stays = at(dotOf(gone));
    if (!stays || stays.id !== gone.id || isSame(stays, gone)) return [];
    const all = of(stays.id);
    const fields = Object.entries(stays.f).filter(([field, value]) => {
      const takers = all.filter((change) => takes(change, field, dotOf(stays)));
      const isBlind = (change: Change): boolean => change.r !== stays.r && meant(change, gone);
      const isSaid =
        said.has(saidKey(stays, field)) ||
        // As it was noted at first.
        said.has(`${dotOf(stays)} ${field}`) ||
        all.some(
          (change) =>
            dotOf(change) !== dotOf(stays) &&
            compareHlc(change.t, stays.t) === 0 &&
            sameValue(change.f[field], value),
        );
      return takers.length > 0 && takers.every(isBlind) && !isSaid;
    });
    return fields.length > 0 ? [{ ...stays, f: Object.fromEntries(fields) }] : [];
  });
}

/** Under which it is noted that a field of a change was written again: a log that is compacted forgets. */
export const saidKey = (change: Change, field: string): string =>
  `${dotOf(change)} ${change.t.join('.')} ${field}`;

/** The numbers that a change takes values away under. */
export const takenBy = ({ f, o }: Change): readonly Dot[] => [
  ...Object.values(o ?? {}).flat(),
  ...(Object.hasOwn(f, DELETED) ? sawOf(f[DELETED] ?? null) : []),
];

/** Overwrites the field, or deletes the record, as far as that number goes. */
const takes = ({ f, o }: Change, field: string, dot: Dot): boolean =>
  (o !== undefined && Object.hasOwn(o, field) && o[field]?.includes(dot)) ||
  (field !== DELETED && Object.hasOwn(f, DELETED) && sawOf(f[DELETED] ?? null).includes(dot));

/**
 * What a state shows of a change, where that one is the same: less, if more of it had been overwritten, and
 * in the form of a later release.
 */
export const isPartOf = (shown: Change, change: Change | undefined): boolean =>
  change !== undefined &&
  compareHlc(shown.t, change.t) === 0 &&
  (shown.kv !== change.kv ||
    Object.entries(shown.f).every(
      ([field, value]) => !Object.hasOwn(change.f, field) || sameValue(change.f[field], value),
    ));

const isSame = (one: Change, other: Change): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * Those changes under new numbers, with author, time and kind as they were, and what they had overwritten,
 * so that a review still knows what was before. `stands`: whether the field of the record still shows what
 * that number said, which is replaced then.
 */
export const saidAgain = (
  changes: readonly Change[],
  stands: (id: RecordId, field: string, dot: Dot) => boolean,
  { replica, next, label }: Rescuer,
): readonly Change[] =>
  changes.map(({ g: _g, o = {}, why, ...change }, i) => {
    const dot = dotOf(change);
    const replaced = Object.keys(change.f)
      .map((field) => {
        const before = Object.hasOwn(o, field) ? (o[field] ?? []) : [];
        return [field, stands(change.id, field, dot) ? [...before, dot] : before] as const;
      })
      .filter(([, dots]) => dots.length > 0);
    return {
      ...change,
      r: replica,
      s: next + i,
      ...(replaced.length > 0 && { o: Object.fromEntries(replaced) }),
      why: {
        ...(why?.change && { change: why.change }),
        ...(why?.drill && { drill: why.drill }),
        op: 'unseen',
        label,
      },
    };
  });
