/** Which held segments are to be looked at for what was taken away without being seen (`unseen.ts`). */
import { dotOf, parseDot, type Change, type Dot, type ReplicaId } from '../../shared/log/change';
import { takenBy } from '../../shared/log/unseen';
import { covers } from '../../shared/log/vector';
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import type { Arrival, Segment, Waiting } from './exchangeStore';

/**
 * Whether a change here may have meant one of a held segment, whose number it names. `tookToo`: another
 * one had taken that away, and has given way since.
 */
export type MeantBy = (
  held: Waiting,
  tookToo: (lost: Dot) => boolean,
) => (change: Change, lost: Change) => boolean;

export interface JudgeDeps {
  readonly self: () => DeviceId;
  /** By its receipts a device has the branch that is here, up to there. */
  readonly provesToHave: (device: DeviceId, replica: string, to: number) => boolean;
}

/**
 * Of branches that gave way here every device judges what it knew; of those that are held beside what is
 * here, headquarters, as far as their author signed them.
 */
const isLookedAt = ({ reason, displaced, meant, segment }: Waiting, isHq: boolean): boolean =>
  reason === 'forked' && (displaced ? meant !== undefined : isHq && segment.sig !== undefined);

/** Rows of earlier versions say nothing of it. */
export const anewOf = ({ unjudged }: Waiting): readonly ReplicaId[] => unjudged?.anew ?? [];

/** The inbox as it is after an arrival, with what of it concerns those that are looked at. */
export function toBeJudged(
  held: readonly Waiting[],
  { changes, replace = [] }: Pick<Arrival, 'changes' | 'replace'>,
  isHq: boolean,
): readonly Waiting[] {
  const replicas = new Set(
    held.filter((each) => isLookedAt(each, isHq)).map(({ segment }) => segment.replica),
  );
  if (replicas.size === 0) return held;
  const named = numbersIn(changes, replicas);
  return held.map((each) => {
    if (!isLookedAt(each, isHq)) return each;
    const { dots = [] } = each.unjudged ?? {};
    const anew = anewOf(each);
    const news = reaching(named, each.segment);
    if (news.length + replace.length === 0) return each;
    return {
      ...each,
      unjudged: {
        dots: [...new Set([...dots, ...news])],
        anew: [...new Set([...anew, ...replace])],
      },
    };
  });
}

/** What was there when the segment was looked at was judged then: by now a receipt may prove less. */
export const judge =
  ({ self, provesToHave }: JudgeDeps): MeantBy =>
  (held, tookToo) => {
    const { displaced, meant = {}, meantToo = [], restated, unjudged } = held;
    const anew = anewOf(held);
    const came = new Set(unjudged?.dots);
    return (change, lost) => {
      if (displaced) return covers(meant, change.r, change.s) || meantToo.includes(dotOf(change));
      const isNew = came.has(dotOf(change));
      // This device itself has written it before it was put back, if it comes in a file.
      if (deviceOf(change.r) === self()) return isNew;
      const isJudged =
        restated &&
        !isNew &&
        !came.has(dotOf(lost)) &&
        !anew.includes(lost.r) &&
        !tookToo(dotOf(lost));
      return !isJudged && !provesToHave(deviceOf(change.r), lost.r, lost.s);
    };
  };

interface Named {
  readonly s: number;
  readonly by: Dot;
}

/** Per replica the numbers of changes, and of what they take away, in order. */
function numbersIn(
  changes: readonly Change[],
  replicas: ReadonlySet<ReplicaId>,
): ReadonlyMap<ReplicaId, readonly Named[]> {
  const named = new Map<ReplicaId, Named[]>([...replicas].map((replica) => [replica, []]));
  for (const change of changes) {
    const by = dotOf(change);
    for (const dot of [by, ...takenBy(change)]) {
      const { r, s } = parseDot(dot);
      named.get(r)?.push({ s, by });
    }
  }
  for (const all of named.values()) all.sort((a, b) => a.s - b.s);
  return named;
}

function reaching(
  named: ReadonlyMap<ReplicaId, readonly Named[]>,
  { replica, from, to }: Segment,
): readonly Dot[] {
  const all = named.get(replica) ?? [];
  const out: Dot[] = [];
  for (let i = firstFrom(all, from); i < all.length; i++) {
    const { s, by } = all[i] ?? { s: Infinity, by: '' };
    if (s > to) break;
    out.push(by);
  }
  return out;
}

/** Place of the first of them that is no smaller. */
function firstFrom(all: readonly Named[], from: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.s ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
