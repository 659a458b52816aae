/**
 * A record that one change created and nothing has touched since: nearly every record of an import.
 * What it remembers of its fields follows from that change, so it is worked out when somebody asks.
 */
import { DELETED, dotOf, type Change, type Dot, type Fields, type RecordId } from './change';
import type { CreatedRow } from './packedRecord';
import type { Heads, RecordState, Stamp } from './record';

/** A class, because a hundred thousand objects with getters of their own would cost what they save. */
export class CreatedRecord implements RecordState {
  readonly id: RecordId;
  readonly kind: string;
  readonly values: Fields;
  readonly settled: boolean;
  private readonly stamp: Stamp;

  constructor(change: Change) {
    this.id = change.id;
    this.kind = change.k;
    this.values = change.f;
    this.settled = !Object.hasOwn(change.f, DELETED);
    // A change is a stamp and more. Copying it would cost more than keeping the rest.
    this.stamp = change;
  }

  get heads(): Readonly<Record<string, Heads>> {
    const { r, s, t } = this.stamp;
    const stamp: Stamp = { r, s, t };
    const heads: Record<string, Heads> = {};
    for (const field in this.values) heads[field] = stamp;
    return heads;
  }

  stampOf(field: string): Stamp | undefined {
    return Object.hasOwn(this.values, field) ? this.stamp : undefined;
  }

  get dots(): readonly Dot[] {
    return [dotOf(this.stamp)];
  }

  /** As a checkpoint stores it. */
  row(): CreatedRow {
    const { r, s, t } = this.stamp;
    return [this.values, [r, s, t[0], t[1]]];
  }
}
