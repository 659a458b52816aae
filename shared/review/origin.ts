/**
 * Who really wrote a value. Taking a decision back writes the old values anew, in the name of whoever
 * took it back; people still want to know, and rules still have to go by, who had written them first.
 */
import { DELETED, dotOf, sameValue, type Change, type Dot } from '../log/change';
import { compareStamps, type Stamp } from '../log/record';
import type { Choice, Conflict } from './conflict';

/** `why.op` of a change that takes another one back. */
export const UNDO = 'undo';

/** The conflict with the stamps of those who first wrote its values. `changes` of its record. */
export function withOrigins(conflict: Conflict, changes: readonly Change[]): Conflict {
  if (!changes.some(({ why }) => why?.op === UNDO)) return conflict;
  const byDot = new Map(changes.map((change) => [dotOf(change), change]));
  const origin = (stamp: Stamp): Stamp => {
    const change = byDot.get(dotOf(stamp));
    if (!change) return stamp;
    // What keeps a deleted record are edits of any field.
    const fields = conflict.field === DELETED ? Object.keys(change.f) : [conflict.field];
    return stampOf(fields.reduce((known, field) => firstWriter(known, field, byDot), change));
  };
  const choices = conflict.choices.map((choice): Choice => {
    const once = new Map(choice.stamps.map(origin).map((stamp) => [dotOf(stamp), stamp]));
    return { ...choice, stamps: [...once.values()].toSorted(compareStamps) };
  });
  return { ...conflict, choices };
}

const stampOf = ({ r, s, t }: Change): Stamp => ({ r, s, t });

/** An undo replaced the decision, and the decision had replaced the values that the undo put back. */
function firstWriter(change: Change, field: string, byDot: ReadonlyMap<Dot, Change>): Change {
  if (change.why?.op !== UNDO) return change;
  const behind = (changes: readonly Change[]) =>
    changes
      .flatMap(({ o }) => o?.[field] ?? [])
      .map((dot) => byDot.get(dot))
      .filter((known) => known !== undefined);
  // Of several values put back, one change replaced the decision and the others stand beside it.
  const commit = [...byDot.values()].filter(
    ({ r, t }) => r === change.r && t[0] === change.t[0] && t[1] === change.t[1],
  );
  const first = behind(behind(commit)).find((known) => sameValue(known.f[field], change.f[field]));
  return first ? firstWriter(first, field, byDot) : change;
}
