/** A spreadsheet as read from a file: texts and the row numbers a person sees when opening it. */
import type { Refusal } from '../result';

export interface SheetRow {
  /** Row number as spreadsheet programs show it; the header usually is row 1. */
  readonly row: number;
  /** As many cells as there are headers; cells of other types as their text. */
  readonly cells: readonly string[];
  /** Why the row cannot be trusted as read, such as a quotation mark that never closes. */
  readonly broken?: Refusal;
}

export interface RowNote extends Refusal {
  readonly row: number;
  /** Header of the column meant. */
  readonly column?: string;
}

export interface Sheet {
  /** The file's name, or the file's and the sheet's. */
  readonly name: string;
  /** Trimmed and distinct; a column without a header is called `#3` by its position. */
  readonly headers: readonly string[];
  /** Rows that hold anything; blank rows are passed over. */
  readonly rows: readonly SheetRow[];
  /** What was odd about the file, such as rows with more cells than headers. */
  readonly notes: readonly RowNote[];
}

/** Raw rows before the header is taken: position in the array is the row number minus one. */
export interface Grid {
  readonly rows: readonly (readonly string[])[];
  /** Rows (from 0) whose last quotation mark never closes. */
  readonly open: readonly number[];
}

/** More rows or columns than any register has; a file that claims more is not read. */
export const MAX_ROWS = 1_000_000;
export const MAX_COLUMNS = 1000;

/**
 * Takes the first row that holds anything as the header. Rows with other numbers of cells are kept
 * whole and noted (`import.extraCells`, `import.missingCells`): extra cells get columns of their own.
 */
export function sheetFrom(name: string, grid: Grid): Sheet {
  const first = grid.rows.findIndex((cells) => cells.some((cell) => cell.trim()));
  const head = grid.rows[first];
  if (!head) return { name, headers: [], rows: [], notes: [] };
  const trimmed = trimEnd(head);
  const open = new Set(grid.open);
  const rows: SheetRow[] = [];
  const notes: RowNote[] = [];
  let width = trimmed.length;
  for (let i = first + 1; i < grid.rows.length; i++) {
    const cells = grid.rows[i] ?? [];
    const used = trimEnd(cells);
    if (used.length === 0 && !open.has(i)) continue;
    const row = i + 1;
    if (used.length > trimmed.length) {
      notes.push(raggedNote('import.extraCells', row, used.length, trimmed.length));
    } else if (cells.length < trimmed.length) {
      notes.push(raggedNote('import.missingCells', row, cells.length, trimmed.length));
    }
    width = Math.max(width, used.length);
    rows.push({
      row,
      cells: used.length > trimmed.length ? used : cells.slice(0, trimmed.length),
      ...(open.has(i) ? { broken: { code: 'import.openQuote' } } : {}),
    });
  }
  const headers = distinct(Array.from({ length: width }, (_, i) => trimmed[i]?.trim() ?? ''));
  return { name, headers, rows: rows.map((row) => padded(row, width)), notes };
}

const raggedNote = (code: string, row: number, cells: number, headers: number): RowNote => ({
  row,
  code,
  params: { cells, headers },
});

function trimEnd(cells: readonly string[]): readonly string[] {
  let end = cells.length;
  while (end > 0 && !cells[end - 1]?.trim()) end--;
  return end === cells.length ? cells : cells.slice(0, end);
}

function padded(row: SheetRow, width: number): SheetRow {
  if (row.cells.length === width) return row;
  const cells = Array.from({ length: width }, (_, i) => row.cells[i] ?? '');
  return { ...row, cells };
}

/** `name, name` become `name, name (2)`: no column may hide another. */
function distinct(headers: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return headers.map((header, i) => {
    const base = header || `#${i + 1}`;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} (${n})`;
    taken.add(name);
    return name;
  });
}
