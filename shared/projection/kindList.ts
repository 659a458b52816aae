/**
 * The records of one kind in the order they came, alive and deleted apart. The arrays handed out
 * are never changed afterwards: a new array means that a record of the kind changed.
 */
import type { RecordId } from '../log/change';
import { deletion, type RecordState } from '../log/record';

/** Finding a record in a list costs a look at all before it; from here on listing anew is cheaper. */
const FEW = 32;

export interface KindList {
  /** `before` is the same record as it was, when it was of this kind already. */
  put(before: RecordState | undefined, after: RecordState): void;
  /** The record has become one of another kind. */
  remove(id: RecordId): void;
  alive(): readonly RecordState[];
  dead(): readonly RecordState[];
}

interface Side {
  items: RecordState[];
  /** Somebody holds the array. */
  shown: boolean;
}

const isDead = (state: RecordState): boolean => deletion(state) === 'deleted';

export function createKindList(get: (id: RecordId) => RecordState | undefined): KindList {
  let ids: RecordId[] = [];
  const alive: Side = { items: [], shown: false };
  const dead: Side = { items: [], shown: false };
  let stale = false;
  let replaced = 0;

  function own(side: Side): RecordState[] {
    if (side.shown) side.items = side.items.slice();
    side.shown = false;
    return side.items;
  }

  function listAnew(): void {
    alive.items = [];
    dead.items = [];
    for (const id of ids) {
      const state = get(id);
      if (state) (isDead(state) ? dead : alive).items.push(state);
    }
    alive.shown = dead.shown = false;
    stale = false;
  }

  function show(side: Side): readonly RecordState[] {
    if (stale) listAnew();
    replaced = 0;
    side.shown = true;
    return side.items;
  }

  return {
    put(before, after) {
      if (!before) ids.push(after.id);
      if (stale) return;
      const side = isDead(after) ? dead : alive;
      if (!before) {
        own(side).push(after);
        return;
      }
      const at = ++replaced > FEW ? -1 : side.items.indexOf(before);
      if (at < 0) stale = true;
      else own(side)[at] = after;
    },
    remove(id) {
      ids = ids.filter((other) => other !== id);
      stale = true;
    },
    alive: () => show(alive),
    dead: () => show(dead),
  };
}
