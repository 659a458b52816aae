/** Pieces that planning records and planning relations share. */
import type { Edit } from '../log/changeset';
import type { AlsoCreated, CellNote, Duplicate, Outcome, RowPlan, SheetPlan } from './plan';
import type { Sheet } from './sheet';

/** Rows handled between two reports of progress. */
export const SLICE = 250;

/** What was odd about each row when the file was read. */
export function notesByRow(sheet: Sheet): ReadonlyMap<number, readonly CellNote[]> {
  const out = new Map<number, CellNote[]>();
  for (const { row, ...note } of sheet.notes) {
    const notes = out.get(row);
    if (notes) notes.push(note);
    else out.set(row, [note]);
  }
  return out;
}

export function finished(
  rows: readonly RowPlan[],
  alsoCreated: readonly AlsoCreated[],
  duplicates: readonly Duplicate[],
  edits: readonly Edit[],
): SheetPlan {
  const counts: Record<Outcome, number> & { warnings: number } = {
    create: 0,
    update: 0,
    unchanged: 0,
    refused: 0,
    warnings: 0,
  };
  for (const row of rows) {
    counts[row.outcome]++;
    if (row.warnings.length) counts.warnings++;
  }
  return { rows, alsoCreated, duplicates, counts, edits };
}
