/** What importing a sheet would do, row by row, before anything is written. */
import type { KindDef } from '../kinds/define';
import type { RecordId, Value } from '../log/change';
import type { Edit } from '../log/changeset';
import type { KindLookup, Projection } from '../projection/projection';
import type { Refusal } from '../result';
import type { ConvertContext } from './convert';

export type Outcome = 'create' | 'update' | 'unchanged' | 'refused';

export interface FieldChange {
  readonly field: string;
  readonly before: Value | undefined;
  readonly after: Value;
}

/** A reason or a warning: a key under `errors`, and the column's header when one cell is meant. */
export interface CellNote extends Refusal {
  readonly column?: string;
}

export interface RowPlan {
  /** Row number in the file. */
  readonly row: number;
  readonly outcome: Outcome;
  /** Name of the record, or `from → to` of a relation. */
  readonly title: string;
  readonly id?: RecordId;
  /** For updates. */
  readonly changes: readonly FieldChange[];
  /** Why the row is refused; empty otherwise. */
  readonly reasons: readonly CellNote[];
  readonly warnings: readonly CellNote[];
}

/** A record created because a cell named one that did not exist. */
export interface AlsoCreated {
  readonly kind: string;
  readonly id: RecordId;
  readonly title: string;
}

/** Records of one kind that share a name which the file uses; the first is the one taken. */
export interface Duplicate {
  readonly kind: string;
  readonly text: string;
  readonly ids: readonly RecordId[];
}

export interface SheetPlan {
  readonly rows: readonly RowPlan[];
  readonly alsoCreated: readonly AlsoCreated[];
  /** For a person to review: cells named them, or rows of the file share their key. */
  readonly duplicates: readonly Duplicate[];
  readonly counts: Readonly<Record<Outcome, number>> & { readonly warnings: number };
  /** All of it, for one commit. */
  readonly edits: readonly Edit[];
}

export interface PlanContext extends ConvertContext {
  readonly projection: Projection;
  readonly kinds: readonly KindDef[];
  readonly kindOf: KindLookup;
  readonly newId: () => RecordId;
  /** A free human number; those of one plan are counted on from it. */
  readonly nextNumber: (kind: string) => string;
}

/** Steps done so far, of `total`. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}
