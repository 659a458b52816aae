import { writeCsv } from '../../shared/tabular/csv';
import { guardFormula } from '../../shared/tabular/guard';

/**
 * Lines of cells as CSV that spreadsheets open without asking: UTF-8 with a byte order mark, CRLF
 * lines. A text that would be taken for a formula gets an apostrophe in front.
 */
export const csvFile = (lines: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${writeCsv(lines.map((line) => line.map(guardFormula)))}`);
