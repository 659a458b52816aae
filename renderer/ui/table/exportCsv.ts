/** What a table shows, as CSV that spreadsheets open without asking and without running anything. */
import Papa from 'papaparse';
import type { RecordState } from '../../../shared/log/record';
import type { Column } from './columns';
import { isQuantity } from './columns';

/**
 * UTF-8 with a byte order mark, CRLF lines. Quantities stay numbers (durations in minutes); a text
 * that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function toCsv(columns: readonly Column[], records: readonly RecordState[]): Uint8Array {
  const rows = records.map((record) => columns.map((column) => cell(column, record)));
  const csv = Papa.unparse(
    { fields: columns.map((column) => column.label), data: rows },
    { newline: '\r\n', escapeFormulae: /^[=+\-@\t\r]/ },
  );
  return new TextEncoder().encode(`\uFEFF${csv}`);
}

function cell(column: Column, record: RecordState): string | number {
  const value = column.value(record);
  return isQuantity(column) && typeof value === 'number' ? value : column.text(record);
}
