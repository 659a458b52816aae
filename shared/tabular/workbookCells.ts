/** Typed cells of a workbook as the texts the importer works with. */

/** Days show as days, moments with their time, times of day (before 1900) as `14:30`. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (cell instanceof Date) return dateText(cell);
  return typeof cell === 'number' ? numberText(String(cell)) : '';
}

/** The number as a person sees it: `0.30000000000000004`, made by arithmetic, is 0.3. */
export function numberText(raw: string): string {
  const number = Number(raw);
  // Long whole numbers (account and telephone numbers) would lose digits as numbers.
  if (/^\d{16,}$/u.test(raw) || !Number.isFinite(number)) return raw;
  if (Number.isSafeInteger(number)) return String(number);
  return String(Number(number.toPrecision(15)));
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  // Spreadsheet programs keep fractions of a day, which are milliseconds off.
  const rounded = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  const day = rounded.slice(0, 10);
  const time = rounded.slice(11, 19);
  const shortTime = time.endsWith(':00') ? time.slice(0, 5) : time;
  if (day < '1900-01-01') return shortTime;
  return time === '00:00:00' ? day : `${day} ${shortTime}`;
}
