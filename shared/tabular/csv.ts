/**
 * Delimited text to rows and back. Written here rather than taken from a library because every
 * row must keep its number, a file may mix line ends, and a quotation mark that never closes must be
 * reported for its row instead of failing the file.
 */
import { ok, refuse, type Result } from '../result';
import { MAX_COLUMNS, MAX_ROWS, type Grid } from './sheet';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const QUOTE = 34;
const CR = 13;
const LF = 10;

/**
 * Rows end with CR, LF or CRLF; quoted cells may hold delimiters, line ends and doubled quotation
 * marks. `limit` stops after that many rows. Refusals: `import.tooManyRows`,
 * `import.tooManyColumns`.
 */
export function parseCsv(text: string, delimiter: Delimiter, limit = Infinity): Result<Grid> {
  const rows: string[][] = [];
  const open: number[] = [];
  const comma = delimiter.charCodeAt(0);
  const end = text.length;
  let row: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < end && rows.length < limit) {
    const cell = readCell(text, at, comma);
    if (cell.open) open.push(rows.length);
    row.push(cell.text);
    if (row.length > MAX_COLUMNS) return refuse('import.tooManyColumns', { max: MAX_COLUMNS });
    at = cell.next;
    if (text.charCodeAt(at) === comma && at < end) {
      at++;
      // A delimiter at the very end of the file stands before one more, empty cell.
      if (at === end) row.push('');
      if (at < end) continue;
    } else if (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF) at += 2;
    else at++;
    rows.push(row);
    row = [];
    if (rows.length > MAX_ROWS) return refuse('import.tooManyRows', { max: MAX_ROWS });
  }
  return ok({ rows, open });
}

/** The cell that starts at `at`; `next` is where its delimiter or line end stands. */
function readCell(text: string, at: number, comma: number) {
  if (text.charCodeAt(at) !== QUOTE) {
    const next = plainEnd(text, at, comma);
    return { text: text.slice(at, next), next, open: false };
  }
  let content = '';
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { text: content + text.slice(from), next: text.length, open: true };
    content += text.slice(from, quote);
    if (text.charCodeAt(quote + 1) !== QUOTE) {
      // Whatever follows a closed quotation up to the delimiter is kept, as other programs do.
      const next = plainEnd(text, quote + 1, comma);
      return { text: content + text.slice(quote + 1, next), next, open: false };
    }
    content += '"';
    from = quote + 2;
  }
}

function plainEnd(text: string, at: number, comma: number): number {
  let i = at;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === comma || code === LF || code === CR) break;
  }
  return i;
}

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

/** Rows as delimited text with CRLF line ends (RFC 4180); cells are quoted where they must be. */
export function writeCsv(rows: readonly (readonly string[])[], delimiter: Delimiter): string {
  return rows
    .map((row) =>
      // A row of one empty cell would read as a blank line.
      row.length === 1 && row[0] === ''
        ? '""'
        : row.map((cell) => quoted(cell, delimiter)).join(delimiter),
    )
    .join('\r\n');
}

function quoted(cell: string, delimiter: Delimiter): string {
  // Lone spaces at the ends are quoted because some programs trim them.
  const plain = !/["\r\n]/u.test(cell) && !cell.includes(delimiter) && cell.trim() === cell;
  return plain && !cell.startsWith('\uFEFF') ? cell : `"${cell.replaceAll('"', '""')}"`;
}
