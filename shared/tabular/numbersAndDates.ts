/** Numbers and dates as people and spreadsheet programs write them. */
import { isDate } from '../kinds/validate';

/**
 * `1234.5`, `1,234.5`, `1.234,5`, `1 234,5`. One separator with three digits behind it, which could
 * be either, is read the English way: `1,234` is a thousand and more, `1.234` is one and more.
 */
export function parseNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[\s'’_]/gu, '');
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/iu.test(plain)) return Number(plain);
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/u.test(plain)) return Number(plain.replaceAll(',', ''));
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/u.test(plain) || /^[+-]?\d{1,3}(\.\d{3}){2,}$/u.test(plain)) {
    return Number(plain.replaceAll('.', '').replace(',', '.'));
  }
  if (/^[+-]?\d+,\d+$/u.test(plain)) return Number(plain.replace(',', '.'));
  if (/^[+-]?\.\d+$/u.test(plain)) return Number(plain);
  return undefined;
}

const pad = (n: string | number): string => String(n).padStart(2, '0');

function iso(year: string, month: string, day: string): string | undefined {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  return isDate(date) ? date : undefined;
}

const YEAR_FIRST = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u;
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/u;
const SERIAL = /^\d{4,5}$/u;

/**
 * A day as `YYYY-MM-DD`, from ISO, `2026/11/23`, `23.11.2026`, `2026年11月23日`, `20261123` or the
 * serial number of spreadsheet programs (days since 1899-12-30). `11/23/2026` is read where only one
 * order makes a day; an ambiguous `3/4/2026` gives undefined rather than a wrong day.
 */
export function parseDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s/gu, '');
  const yearFirst = YEAR_FIRST.exec(plain) ?? COMPACT.exec(plain);
  if (yearFirst) return iso(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '');
  const dotted = DOTTED.exec(plain);
  if (dotted) return iso(dotted[3] ?? '', dotted[2] ?? '', dotted[1] ?? '');
  const slashed = SLASHED.exec(plain);
  if (slashed) {
    const [, a = '', b = '', year = ''] = slashed;
    const dayFirst = iso(year, b, a);
    const monthFirst = iso(year, a, b);
    if (dayFirst && monthFirst && dayFirst !== monthFirst) return undefined;
    return dayFirst ?? monthFirst;
  }
  if (SERIAL.test(plain)) return fromSerial(Number(plain))?.slice(0, 10);
  const withTime = /^(.+?)[T\s]\d{1,2}:\d{2}/u.exec(text.trim());
  return withTime?.[1] ? parseDay(withTime[1]) : undefined;
}

const DAY_MS = 86_400_000;
const SERIAL_EPOCH = -25_569;

function fromSerial(serial: number): string | undefined {
  // 1 is 1900-01-01 in spreadsheet programs; below 1000 a number is hardly meant as a day.
  const date = new Date((serial + SERIAL_EPOCH) * DAY_MS);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const TIME = /[T\s](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/iu;

/**
 * A moment in milliseconds since 1970-01-01 UTC. `offsetMinutes` (east positive) tells how far local
 * time is from UTC on that day; it counts where the text names no zone.
 */
export function parseMoment(
  text: string,
  offsetMinutes: (utcMs: number) => number,
): number | undefined {
  const trimmed = text.normalize('NFKC').trim();
  const serial = /^\d{4,5}\.\d+$/u.test(trimmed) ? fromSerial(Number(trimmed)) : undefined;
  if (serial) {
    const rounded = Math.round(new Date(serial).getTime() / 1000) * 1000;
    return rounded - offsetMinutes(rounded) * 60_000;
  }
  const time = TIME.exec(trimmed);
  const day = parseDay(time ? trimmed.slice(0, time.index) : trimmed);
  if (!day) return undefined;
  const [, h = '0', m = '0', s = '0', ms = '0', zone] = time ?? [];
  if (Number(h) > 23 || Number(m) > 59 || Number(s) > 59) return undefined;
  const utc = new Date(`${day}T${pad(h)}:${m.padStart(2, '0')}:${pad(s)}.${ms.padEnd(3, '0')}Z`);
  const at = utc.getTime();
  if (!zone) return at - offsetMinutes(at) * 60_000;
  if (/^z$/iu.test(zone)) return at;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '');
  return at - sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
