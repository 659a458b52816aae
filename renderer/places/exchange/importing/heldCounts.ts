/** What of a file is held for a person to decide, per author and reason. */
import type { ImportPlan } from '../../../../shared/exchange/plan';
import type { ReplicaId } from '../../../../shared/log/change';
import type { ReadyImport } from '../../../exchange/importFile';
import { storyOf, type HeldStory } from '../attention/heldGroups';

export interface HeldCount {
  readonly replica: ReplicaId;
  /** What the author is held for; what only waits behind that counts with it. */
  readonly reason: HeldStory;
  readonly changes: number;
}

type Ready = {
  readonly plan: Pick<ImportPlan, 'held' | 'roster'>;
  readonly unpacked: {
    readonly file: Pick<ReadyImport['unpacked']['file'], 'segments'>;
  };
};

export function heldCounts({ plan, unpacked }: Ready): readonly HeldCount[] {
  const brought = new Set(unpacked.file.segments.map(({ segment }) => segment.sha256));
  const byReplica = Map.groupBy(plan.held, ({ open }) => open.segment.replica);
  return [...byReplica].flatMap(([replica, all]): HeldCount[] => {
    const held = all.map(({ open, reason }) => ({ segment: open.segment, reason }));
    const came = held.filter(({ segment }) => brought.has(segment.sha256));
    const story = storyOf(came, plan.roster) ?? storyOf(held, plan.roster);
    const changes = came
      .filter(({ reason }) => reason !== 'gap')
      .reduce((sum, { segment }) => sum + segment.to - segment.from + 1, 0);
    return story && changes > 0 ? [{ replica, reason: story, changes }] : [];
  });
}
