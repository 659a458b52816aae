/** The refused rows as a file: repair them in a spreadsheet program and import that. */
import { writeCsv, type Delimiter } from './csv';
import { guardCell, guardFormula } from './guard';
import type { RowPlan } from './plan';
import type { Sheet } from './sheet';

/**
 * UTF-8 text with a byte order mark (spreadsheet programs need it), the original columns and one
 * more with the reason in the person's language.
 */
export function refusedCsv(
  sheet: Sheet,
  rows: readonly RowPlan[],
  delimiter: Delimiter,
  reasonHeader: string,
  reasonText: (row: RowPlan) => string,
): string {
  const refused = new Map(
    rows.filter((row) => row.outcome === 'refused').map((row) => [row.row, row]),
  );
  const lines = [[...sheet.headers.map(guardCell), reasonHeader]];
  for (const { row, cells } of sheet.rows) {
    const plan = refused.get(row);
    if (plan) lines.push([...cells.map(guardCell), guardFormula(reasonText(plan))]);
  }
  return `\uFEFF${writeCsv(lines, delimiter)}\r\n`;
}
