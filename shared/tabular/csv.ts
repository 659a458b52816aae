/**
 * Delimited text to rows and back. The browser builds of the libraries are the same in Node, so that
 * what tests prove is what people run.
 */
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { stringify } from 'csv-stringify/browser/esm/sync';
import { ok, refuse, type Result } from '../result';
import { MAX_COLUMNS, MAX_ROWS, type Grid } from './sheet';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Rows end with CR, LF or CRLF; quoted cells may hold delimiters, line ends and doubled quotation
 * marks. `limit` stops after that many rows. Refusals: `import.tooManyRows`,
 * `import.tooManyColumns`.
 */
export function parseCsv(text: string, delimiter: Delimiter, limit = MAX_ROWS + 1): Result<Grid> {
  const grid = closedOrNot(text, delimiter, limit);
  if (grid.rows.length > MAX_ROWS) return refuse('import.tooManyRows', { max: MAX_ROWS });
  if (grid.rows.some((row) => row.length > MAX_COLUMNS)) {
    return refuse('import.tooManyColumns', { max: MAX_COLUMNS });
  }
  return ok(grid);
}

function closedOrNot(text: string, delimiter: Delimiter, limit: number): Grid {
  try {
    return { rows: rowsOf(text, delimiter, limit), open: [] };
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    // The quotation runs to the end of the file: closing it there gives its row, to be reported.
    const rows = rowsOf(`${text}"`, delimiter, limit);
    return { rows, open: [rows.length - 1] };
  }
}

const rowsOf = (text: string, delimiter: Delimiter, limit: number): readonly string[][] =>
  parse(text, {
    bom: true,
    delimiter,
    // One file may mix line ends.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // A quotation mark in the middle of a cell is text, as other programs have it.
    relax_quotes: true,
    to: limit,
  });

/** The delimiter that cuts the first rows most evenly; a comma when nothing tells. */
export function guessDelimiter(text: string): Delimiter {
  // An explicit `sep=;` line is a habit of one spreadsheet program.
  const said = /^\uFEFF?sep=(.)\r?\n/u.exec(text)?.[1];
  const explicit = delimiters.find((delimiter) => delimiter === said);
  if (explicit) return explicit;
  const start = text.slice(0, 200_000);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = evenness(start, delimiter);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

function evenness(text: string, delimiter: Delimiter): number {
  const parsed = parseCsv(text, delimiter, 40);
  if (!parsed.ok) return 0;
  const widths = parsed.value.rows.filter((row) => row.some((cell) => cell)).map((r) => r.length);
  const first = widths[0] ?? 0;
  if (first < 2) return 0;
  const same = widths.filter((width) => width === first).length;
  return (same / widths.length) * 100 + Math.min(first, 50) / 100;
}

/** Parses a whole text; a leading `sep=` line is not data. */
export function parseDelimited(text: string, delimiter: Delimiter): Result<Grid> {
  const parsed = parseCsv(text, delimiter);
  if (!parsed.ok || !/^\uFEFF?sep=.\r?\n/u.test(text)) return parsed;
  const [, ...rows] = parsed.value.rows;
  return ok({ rows: [[], ...rows], open: parsed.value.open });
}

/**
 * Rows as delimited text with CRLF line ends (RFC 4180), without one after the last row. Cells are
 * quoted where they must be, and where blanks at their ends would be trimmed by other programs.
 */
export const writeCsv = (
  rows: readonly (readonly string[])[],
  delimiter: Delimiter = ',',
): string =>
  stringify([...rows], {
    delimiter,
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]|^\s|\s$/u,
    eof: false,
  });
