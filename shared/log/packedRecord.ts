/**
 * A record of a checkpoint, whose fields are parsed when somebody looks at them: a start has to
 * know which records there are, and most of them are not looked at before the first screen stands.
 */
import type { Dot, Fields, RecordId, Value } from './change';
import { dotOf } from './change';
import type { Head, Heads, RecordState, Stamp } from './record';

export type StampRow = readonly [r: string, s: number, ms: number, counter: number];
/** Index of the one stamp, or several as [stamp, value]. */
export type HeadsRow = number | readonly (readonly [number, Value])[];
/** One change set all fields, and nothing happened since: its stamp. */
export type CreatedRow = readonly [values: Fields, stamp: StampRow];
/** Everything else. `heads` is a number when every field has that one stamp as its only head. */
export type EditedRow = readonly [
  values: Fields,
  stamps: readonly StampRow[],
  heads: number | Readonly<Record<string, HeadsRow>>,
  dots: readonly Dot[],
];
export type Row = CreatedRow | EditedRow;

/** The rows of a pack, parsed once. */
export type Rows = () => readonly Row[];

const isEdited = (row: Row): row is EditedRow => row.length === 4;

const stampOf = ([r, s, ms, counter]: StampRow): Stamp => ({ r, s, t: [ms, counter] });

/** A class, because a hundred thousand objects with getters of their own would cost what they save. */
export class PackedRecord implements RecordState {
  readonly id: RecordId;
  readonly kind: string;
  private readonly rows: Rows;
  private readonly at: number;

  constructor(id: RecordId, kind: string, rows: Rows, at: number) {
    this.id = id;
    this.kind = kind;
    this.rows = rows;
    this.at = at;
  }

  /** Packs make an exception of all others. */
  get settled(): true {
    return true;
  }

  get values(): Fields {
    return this.row()[0];
  }

  get heads(): Readonly<Record<string, Heads>> {
    return headsIn(this.row());
  }

  get dots(): readonly Dot[] {
    return dotsIn(this.row());
  }

  stampOf(field: string): Stamp | undefined {
    return stampOfRow(this.row(), field);
  }

  /** As the checkpoint stores it. */
  row(): Row {
    const row = this.rows()[this.at];
    if (!row) throw new Error(`checkpoint: no row ${this.at}`);
    return row;
  }
}

/** Of a row whose fields have one head each. */
function stampOfRow(row: Row, field: string): Stamp | undefined {
  if (!Object.hasOwn(row[0], field)) return undefined;
  if (!isEdited(row)) return stampOf(row[1]);
  const [, stamps, heads] = row;
  const at = typeof heads === 'number' ? heads : heads[field];
  const found = typeof at === 'number' ? stamps[at] : undefined;
  return found && stampOf(found);
}

export function headsIn(row: Row): Record<string, Heads> {
  const out: Record<string, Heads> = {};
  if (!isEdited(row)) {
    const only = stampOf(row[1]);
    for (const field of Object.keys(row[0])) out[field] = only;
    return out;
  }
  const [values, stampRows, heads] = row;
  const stamps = stampRows.map(stampOf);
  const stamp = (i: number): Stamp => {
    const found = stamps[i];
    if (!found) throw new Error('checkpoint: a record names a stamp it does not have');
    return found;
  };
  if (typeof heads === 'number') {
    for (const field of Object.keys(values)) out[field] = stamp(heads);
    return out;
  }
  for (const [field, own] of Object.entries(heads)) {
    out[field] =
      typeof own === 'number'
        ? stamp(own)
        : own.map(([i, value]): Head => ({ stamp: stamp(i), value }));
  }
  return out;
}

export function dotsIn(row: Row): readonly Dot[] {
  if (isEdited(row)) return row[3];
  const [r, s] = row[1];
  return [dotOf({ r, s })];
}
