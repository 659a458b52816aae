/** One row's cells as the values of a record, with everything that is wrong about them. */
import type { FieldDef, KindDef, RefField } from '../kinds/define';
import { checkValue, isEmpty } from '../kinds/validate';
import type { Value } from '../log/change';
import { convertCell } from './convert';
import { isErrorCell } from './errorCell';
import { unguardFormula } from './guard';
import type { FieldColumn, RecordMapping } from './mapping';
import { valueKey } from './names';
import type { CellNote, PlanContext } from './plan';
import { defaultPolicy, type Refs } from './refs';
import type { Sheet, SheetRow } from './sheet';

export interface Column {
  readonly header: string;
  /** Position in the row; undefined for a constant. */
  readonly index: number | undefined;
  readonly constant: string;
  readonly name: string;
  readonly field: FieldDef;
  readonly how: FieldColumn;
}

/** A row on its way to a record. */
export interface Draft {
  readonly row: number;
  readonly values: Record<string, Value>;
  /** Cells naming records of the same kind, resolved once every row of the file is known. */
  readonly selfRefs: { readonly column: Column; readonly text: string }[];
  readonly reasons: CellNote[];
  readonly warnings: CellNote[];
}

/** The mapped columns and constants; headers and fields that no longer exist are passed over. */
export function columnsOf(sheet: Sheet, mapping: RecordMapping, kind: KindDef): readonly Column[] {
  const columns: Column[] = [];
  const add = (header: string, index: number | undefined, how: FieldColumn, constant: string) => {
    const field = Object.hasOwn(kind.fields, how.field) ? kind.fields[how.field] : undefined;
    if (field && field.type !== 'json') {
      columns.push({ header, index, constant, name: how.field, field, how });
    }
  };
  sheet.headers.forEach((header, index) => {
    const how = Object.hasOwn(mapping.columns, header) ? mapping.columns[header] : undefined;
    if (how) add(header, index, how, '');
  });
  for (const [field, text] of Object.entries(mapping.constants)) {
    if (!columns.some((column) => column.name === field)) {
      add(field, undefined, { field }, text);
    }
  }
  return columns;
}

export function readRow(
  row: SheetRow,
  columns: readonly Column[],
  mapping: RecordMapping,
  context: PlanContext,
  refs: Refs,
): Draft {
  const draft: Draft = { row: row.row, values: {}, selfRefs: [], reasons: [], warnings: [] };
  if (row.broken) {
    draft.reasons.push(row.broken);
    return draft;
  }
  for (const column of columns) {
    const cell = column.index === undefined ? column.constant : (row.cells[column.index] ?? '');
    if (isErrorCell(cell)) {
      // Neither a value nor an empty cell: the record keeps what it has.
      const params = { text: cell.trim() };
      draft.warnings.push({ code: 'import.errorCell', params, column: column.header });
    } else if (cell.trim()) readCell(cell, column, mapping.kind, draft, context, refs);
    else if (mapping.empty === 'clear' && column.index !== undefined && !column.field.computed) {
      draft.values[column.name] = null;
    }
  }
  return draft;
}

function readCell(
  cell: string,
  column: Column,
  kind: string,
  draft: Draft,
  context: PlanContext,
  refs: Refs,
): void {
  const { name, field, how, header } = column;
  // A cell may say `constructor`.
  const key = valueKey(cell);
  const mapped = how.values && Object.hasOwn(how.values, key) ? how.values[key] : undefined;
  if (mapped === '') return;
  if (field.type === 'ref' && field.to === kind) {
    draft.selfRefs.push({ column, text: unguardFormula(cell) });
    return;
  }
  if (field.type === 'ref') {
    resolveCell(unguardFormula(cell), column, field, draft, context, refs);
    return;
  }
  const value = convertCell(kind, name, field, mapped ?? cell, context);
  const refusal = value.ok ? checkValue(field, value.value) : value.refusal;
  if (refusal) draft.reasons.push({ ...refusal, column: header });
  else if (value.ok && !isEmpty(value.value)) draft.values[name] = value.value;
}

/** Resolves a cell that names a record, into the draft's values, warnings or reasons. */
export function resolveCell(
  text: string,
  column: Column,
  field: RefField,
  draft: Draft,
  context: PlanContext,
  refs: Refs,
): void {
  const policy = column.how.missing ?? defaultPolicy(context.kindOf(field.to));
  const ref = refs.resolve({ field, name: column.name, header: column.header, text, policy });
  if (ref.refusal) draft.reasons.push(ref.refusal);
  if (ref.warning) draft.warnings.push(ref.warning);
  if (ref.id !== undefined) draft.values[column.name] = ref.id;
}
