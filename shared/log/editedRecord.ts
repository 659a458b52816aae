/**
 * A record after a plain edit: every field that the change sets had one head, which its author saw.
 * Its values are there; what it remembers of them is worked out when somebody asks, because most of
 * what a file brings is shown long before it is edited or compared again.
 */
import { dotOf, type Change, type Dot, type Fields, type RecordId, type Value } from './change';
import type { Heads, RecordState, Stamp } from './record';

interface Made {
  readonly heads: Readonly<Record<string, Heads>>;
  readonly dots: readonly Dot[];
}

/** A class, because a hundred thousand objects with getters of their own would cost what they save. */
export class EditedRecord implements RecordState {
  readonly id: RecordId;
  readonly kind: string;
  readonly values: Fields;
  readonly settled = true;
  /** Until that is worked out. */
  private source: { readonly before: RecordState; readonly change: Change } | undefined;
  private made: Made | undefined;

  /** `before` is settled, and `isPlainEdit` of it. */
  constructor(before: RecordState, change: Change) {
    // One edit on another would keep all before it.
    if (before instanceof EditedRecord) before.work();
    const values: Record<string, Value> = { ...before.values };
    for (const field in change.f) values[field] = change.f[field] ?? null;
    this.id = before.id;
    this.kind = before.kind;
    this.values = values;
    this.source = { before, change };
  }

  get heads(): Readonly<Record<string, Heads>> {
    return this.work().heads;
  }

  get dots(): readonly Dot[] {
    return this.work().dots;
  }

  /** The one head of a field. */
  stampOf(field: string): Stamp | undefined {
    return stampIn(this.work().heads, field);
  }

  private work(): Made {
    if (this.made) return this.made;
    if (!this.source) throw new Error('an edited record without its edit');
    const { before, change } = this.source;
    const stamp: Stamp = { r: change.r, s: change.s, t: change.t };
    const heads: Record<string, Heads> = { ...before.heads };
    for (const field in change.f) heads[field] = stamp;
    this.made = { heads, dots: [...before.dots, dotOf(change)] };
    this.source = undefined;
    return this.made;
  }
}

export function stampIn(heads: RecordState['heads'], field: string): Stamp | undefined {
  const found = Object.hasOwn(heads, field) ? heads[field] : undefined;
  return found && !Array.isArray(found) ? (found as Stamp) : undefined;
}
