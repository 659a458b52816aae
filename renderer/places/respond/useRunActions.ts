/** What people do in a run: each action is one line of its log, written in one commit. */
import { useRef } from 'react';
import type { Edit } from '../../../shared/log/changeset';
import type { EntryDetail, EntryType } from '../../../shared/response/entry';
import type { RunState } from '../../../shared/response/run';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import type { Vault } from '../../store/vault';

export interface EntryInput {
  readonly subject?: string;
  readonly text?: string;
  readonly detail?: EntryDetail;
}

export type Act = (type: EntryType, input?: EntryInput, more?: readonly Edit[]) => Promise<boolean>;

/** Lines of one laptop keep their order even when its clock stands still or steps back a little. */
const SMALL_STEP_MS = 60_000;

export function nextTime(now: number, last: number | undefined): number {
  return last !== undefined && last >= now && last - now < SMALL_STEP_MS ? last + 1 : now;
}

export function entryEdit(
  vault: Vault,
  drill: string,
  at: number,
  type: EntryType,
  { subject, text, detail }: EntryInput = {},
): Edit {
  return {
    do: 'create',
    kind: 'drillEntry',
    id: vault.newId(),
    fields: {
      drill,
      at,
      type,
      by: vault.device()?.person ?? '',
      ...(subject ? { subject } : {}),
      ...(text ? { text } : {}),
      ...(detail ? { detail: { ...detail } } : {}),
    },
  };
}

export function useRunActions(drill: string, run: RunState): Act {
  const vault = useVault();
  const commit = useCommit();
  // A key that repeats, or a second click, must not log the same call twice.
  const busy = useRef(false);
  return async (type, input, more = []) => {
    if (busy.current) return false;
    busy.current = true;
    try {
      const at = nextTime(Date.now(), run.timeline.at(-1)?.at);
      return await commit([entryEdit(vault, drill, at, type, input), ...more], {
        op: 'drill',
        drill,
      });
    } finally {
      busy.current = false;
    }
  };
}
