/** Durations as people write them and as the program shows them. The stored value is whole minutes. */

/** Units after translation: `{ hour: 'h', minute: 'min' }` or `{ hour: '小时', minute: '分' }`. */
export interface DurationUnits {
  readonly hour: string;
  readonly minute: string;
}

const PLAIN = /^\d+(?:[.,]0+)?$/;
const CLOCK = /^(\d+)[:：]([0-5]\d)$/;
const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const DAYS = String.raw`(?:days?|d|天|日)`;
const HOURS = String.raw`(?:hours?|hrs?|hr|h|个?小时|个?钟头|时)`;
const MINUTES = String.raw`(?:minutes?|mins?|min|m|分钟|分)`;
/** No duration is longer, and the patterns must not toil over what a foreign cell holds. */
const LONGEST = 60;

const SPOKEN = new RegExp(
  String.raw`^(?:${NUMBER}\s*${DAYS})?\s*(?:${NUMBER}\s*${HOURS})?\s*(?:${NUMBER}\s*${MINUTES}?)?$`,
  'i',
);

/**
 * Whole minutes of `90`, `1h30`, `2 h`, `1.5 h`, `1:30`, `1 d 4 h` or `1 小时 30 分`; undefined when the
 * text is no duration. A number alone is minutes; a number after hours is the minutes of that hour.
 */
export function parseMinutes(text: string): number | undefined {
  const plain = text.trim().normalize('NFKC');
  if (plain.length > LONGEST) return undefined;
  if (PLAIN.test(plain)) return Math.round(toNumber(plain));
  const clock = CLOCK.exec(plain);
  if (clock) return toNumber(clock[1]) * 60 + toNumber(clock[2]);
  const spoken = SPOKEN.exec(plain);
  if (!spoken || (!spoken[1] && !spoken[2] && !spoken[3])) return undefined;
  // A fraction needs its unit: 1.5 alone might be meant as hours.
  if (!spoken[1] && !spoken[2] && /\d$/.test(plain)) return undefined;
  const total = toNumber(spoken[1]) * 1440 + toNumber(spoken[2]) * 60 + toNumber(spoken[3]);
  return Math.round(total);
}

const toNumber = (text: string | undefined): number => Number((text ?? '0').replace(',', '.'));

/** `1 h 30 min`, `45 min`, `72 h`, `0 min`. Minutes below zero keep their sign. */
export function formatMinutes(minutes: number, units: DurationUnits): string {
  const sign = minutes < 0 ? '-' : '';
  const whole = Math.round(Math.abs(minutes));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts = [
    ...(hours ? [`${hours} ${units.hour}`] : []),
    ...(rest || !hours ? [`${rest} ${units.minute}`] : []),
  ];
  return sign + parts.join(' ');
}
