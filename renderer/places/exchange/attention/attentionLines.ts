/** How much needs attention, by sort. Attachments that are still to come are a normal state. */
import { inboxGaps } from '../../../../shared/exchange/sequence';
import type { Vault } from '../../../store/vault';
import { allConflictCount } from '../../review/conflictCount';
import { heldGroups } from './heldGroups';

export const sorts = ['quarantine', 'gaps', 'conflicts', 'files'] as const;

export interface AttentionLine {
  readonly sort: (typeof sorts)[number];
  readonly count: number;
}

export function attentionLines(vault: Vault): readonly AttentionLine[] {
  const waiting = vault.exchange.waiting();
  const gaps = inboxGaps(
    waiting.filter(({ reason }) => reason === 'gap').map(({ segment }) => segment),
    vault.projection.have(),
  );
  const open = heldGroups(waiting).filter(({ keptOut, rescued }) => !keptOut && !rescued);
  const counts = {
    quarantine: open.length,
    gaps: gaps.length,
    conflicts: allConflictCount(vault.projection),
    files: vault.heldFiles.list().length,
  };
  return sorts.map((sort) => ({ sort, count: counts[sort] })).filter(({ count }) => count > 0);
}
