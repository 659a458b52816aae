/** Which held segments are to be looked at for what was taken away without being seen (`unseen.ts`). */
import { dotOf, parseDot, type Change, type Dot } from '../../shared/log/change';
import { takenBy } from '../../shared/log/unseen';
import { covers } from '../../shared/log/vector';
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import type { Arrival, Segment, Waiting } from './exchangeStore';

/** Whether a change here may have meant one of a held segment, whose number it names. */
export type MeantBy = (held: Waiting) => (change: Change, lost: Change) => boolean;

export interface JudgeDeps {
  readonly self: () => DeviceId;
  /** By its receipts a device has the branch that is here, up to there. */
  readonly provesToHave: (device: DeviceId, replica: string, to: number) => boolean;
}

/** The inbox as it is after an arrival, with what of it concerns those that are looked at. */
export function toBeJudged(
  held: readonly Waiting[],
  { changes, replace = [] }: Pick<Arrival, 'changes' | 'replace'>,
  isHq: boolean,
): readonly Waiting[] {
  const isLookedAt = ({ reason, displaced, meant }: Waiting): boolean =>
    reason === 'forked' && (displaced ? meant !== undefined : isHq);
  if (!held.some(isLookedAt)) return held;
  const named = numbersIn(changes);
  return held.map((each) => {
    if (!isLookedAt(each)) return each;
    const news = reaching(named, each.segment);
    const anew = replace.length > 0 || each.unjudged?.anew;
    if (news.length === 0 && !anew) return each;
    const dots = [...new Set([...(each.unjudged?.dots ?? []), ...news])];
    return { ...each, unjudged: { dots, ...(anew && { anew }) } };
  });
}

/** What was there when the segment was looked at was judged then: by now a receipt may prove less. */
export const judge =
  ({ self, provesToHave }: JudgeDeps): MeantBy =>
  ({ displaced, meant = {}, restated, unjudged }) => {
    const came = new Set(unjudged?.dots);
    return (change, lost) => {
      if (displaced) return covers(meant, change.r, change.s);
      const isNew = came.has(dotOf(change));
      // This device itself has written it before it was put back, if it comes in a file.
      if (deviceOf(change.r) === self()) return isNew;
      const isJudged = restated && !unjudged?.anew && !isNew && !came.has(dotOf(lost));
      return !isJudged && !provesToHave(deviceOf(change.r), lost.r, lost.s);
    };
  };

interface Named {
  readonly s: number;
  readonly by: Dot;
}

/** Per replica the numbers of changes, and of what they take away. */
function numbersIn(changes: readonly Change[]): ReadonlyMap<string, readonly Named[]> {
  const all = changes.flatMap((change) => {
    const by = dotOf(change);
    return [by, ...takenBy(change)].map((dot) => ({ ...parseDot(dot), by }));
  });
  return Map.groupBy(all, ({ r }) => r);
}

const reaching = (
  named: ReadonlyMap<string, readonly Named[]>,
  { replica, from, to }: Segment,
): readonly Dot[] =>
  (named.get(replica) ?? []).filter(({ s }) => s >= from && s <= to).map(({ by }) => by);
