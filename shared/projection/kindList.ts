/**
 * The records of one kind in the order they came, alive and deleted apart. The arrays handed out
 * are never changed afterwards: a new array means that a record of the kind changed.
 */
import type { RecordId } from '../log/change';
import { deletion, type RecordState } from '../log/record';

/**
 * Finding a record costs a look at those before it. Having looked at the whole list so often,
 * listing anew is cheaper.
 */
const OFTEN = 32;

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
  /** Behind the record found last: many changes at once mostly come in the order of the list. */
  next: number;
}

const empty = (): Side => ({ items: [], shown: false, next: 0 });

const isDead = (state: RecordState): boolean => deletion(state) === 'deleted';

export function createKindList(get: (id: RecordId) => RecordState | undefined): KindList {
  let ids: RecordId[] = [];
  const alive = empty();
  const dead = empty();
  let stale = false;
  let looked = 0;

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
    alive.next = dead.next = 0;
    stale = false;
  }

  function show(side: Side): readonly RecordState[] {
    if (stale) listAnew();
    looked = 0;
    side.shown = true;
    return side.items;
  }

  /** Its place, or -1 when it is not there or has been looked for long enough. */
  function find(side: Side, state: RecordState): number {
    const { items, next } = side;
    if (looked > OFTEN * items.length) return -1;
    let at = items.indexOf(state, next);
    looked += (at < 0 ? items.length : at) - next;
    if (at < 0 && next > 0) {
      at = items.indexOf(state);
      looked += at < 0 ? items.length : at;
    }
    if (at >= 0) side.next = at + 1;
    return at;
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
      const at = find(side, before);
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
