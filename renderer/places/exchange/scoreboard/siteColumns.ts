/** Columns of the scoreboard: what they say on screen and in the CSV, and how they sort. */
import type { TFunction } from 'i18next';
import type { Sort } from '../../../ui/PlainTable';
import { localMinute } from '../../../ui/times';
import { freshnesses, type SiteRow } from './siteRows';

export const columns = [
  'name',
  'site',
  'freshness',
  'lastIn',
  'lastOut',
  'undelivered',
  'missing',
  'conflicts',
  'attachments',
  'readiness',
] as const;
export type Column = (typeof columns)[number];

/** Numbers, so that the worst of a column is its greatest or least; names sort as words. */
function rank(row: SiteRow, column: Column): number {
  switch (column) {
    case 'freshness':
      return row.newsAt ?? freshnesses.indexOf('never');
    case 'lastIn':
    case 'lastOut':
      return row[column] ?? 0;
    case 'readiness': {
      if (!row.readiness) return -2;
      const { plans, exercised, overdue } = row.readiness;
      return plans === 0 ? -1 : exercised / plans - overdue / plans;
    }
    case 'name':
    case 'site':
      return 0;
    default:
      return row[column];
  }
}

export function sortRows(
  rows: readonly SiteRow[],
  { column, down }: Sort<Column>,
  locale: string,
): readonly SiteRow[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const compare =
    column === 'name' || column === 'site'
      ? (a: SiteRow, b: SiteRow) => collator.compare(a[column], b[column])
      : (a: SiteRow, b: SiteRow) => rank(a, column) - rank(b, column);
  const sign = down ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b) || collator.compare(a.name, b.name));
}

/** Every word of the search somewhere in the names, the site or its person. */
export function searchRows(rows: readonly SiteRow[], search: string): readonly SiteRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return rows;
  return rows.filter((row) => {
    const text = `${row.name} ${row.site} ${row.holder}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Somebody has to be asked about it; what is merely not delivered yet goes with the next file. */
export const needsAttention = (row: SiteRow): boolean =>
  row.freshness === 'never' || row.freshness === 'stale' || row.missing > 0 || row.conflicts > 0;

export function cellText(row: SiteRow, column: Column, t: TFunction): string {
  switch (column) {
    case 'name':
    case 'site':
      return row[column];
    case 'freshness':
      return t(`scoreboard:freshness.${row.freshness}`);
    case 'lastIn':
    case 'lastOut':
      return row[column] === undefined ? '' : localMinute(row[column]);
    case 'readiness':
      return readinessText(row, t);
    default:
      return String(row[column]);
  }
}

export function readinessText({ readiness }: SiteRow, t: TFunction): string {
  if (!readiness) return '';
  const { plans, exercised, overdue } = readiness;
  if (plans === 0) return t('scoreboard:readiness.none');
  const tried = t('scoreboard:readiness.exercised', { exercised, plans });
  return overdue ? `${tried}${t('scoreboard:readiness.overdue', { count: overdue })}` : tried;
}

/** Times are local; the person responsible gets a column too. */
export function csvLines(rows: readonly SiteRow[], t: TFunction): readonly string[][] {
  const head = columns.map((column) => t(`scoreboard:column.${column}`));
  head.splice(2, 0, t('scoreboard:column.holder'));
  const body = rows.map((row) => {
    const cells = columns.map((column) => cellText(row, column, t));
    cells.splice(2, 0, row.holder);
    return cells;
  });
  return [head, ...body];
}
