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

function nextTime(now: number, last: number): number {
  return last >= now && last - now < SMALL_STEP_MS ? last + 1 : now;
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
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const pending = useRef(new Set<string>());
  const last = useRef<number>(undefined);
  return async (type, input, more = []) => {
    // A second click must not log the same call twice; a quick next key must not get lost.
    const what = `${type} ${input?.subject ?? input?.text ?? ''}`;
    if (pending.current.has(what)) return false;
    pending.current.add(what);
    const before = Math.max(last.current ?? 0, run.timeline.at(-1)?.at ?? 0);
    const at = nextTime(Date.now(), before);
    last.current = at;
    const write = queue.current.then(() =>
      commit([entryEdit(vault, drill, at, type, input), ...more], { op: 'drill', drill }),
    );
    queue.current = write;
    try {
      return await write;
    } finally {
      pending.current.delete(what);
    }
  };
}
