/** What a table shows, as CSV that spreadsheets open without asking and without running anything. */
import type { RecordState } from '../../../shared/log/record';
import { writeCsv } from '../../../shared/tabular/csv';
import { guardFormula } from '../../../shared/tabular/guard';
import type { Column } from './columns';
import { isQuantity } from './columns';

/**
 * UTF-8 with a byte order mark, CRLF lines. Quantities stay numbers (durations in minutes); a text
 * that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function toCsv(columns: readonly Column[], records: readonly RecordState[]): Uint8Array {
  const head = columns.map((column) => column.label);
  const rows = records.map((record) => columns.map((column) => cell(column, record)));
  return new TextEncoder().encode(`\uFEFF${writeCsv([head, ...rows])}`);
}

function cell(column: Column, record: RecordState): string {
  const value = column.value(record);
  return isQuantity(column) && typeof value === 'number'
    ? String(value)
    : guardFormula(column.text(record));
}
