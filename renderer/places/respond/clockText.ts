/** Times of a run as people read them at arm's length. */
import { offsetAt } from '../../ui/times';

const two = (n: number): string => String(n).padStart(2, '0');

/** `01:38:12`; hours go on past 24, because a response does. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  return `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `00:41` hours and minutes of a duration in minutes. */
export const hourMinute = (minutes: number): string => {
  const whole = Math.round(minutes);
  return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
};

/** `09:02` local. */
export const timeOfDay = (ms: number): string => {
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
};

/** `09:02 +08:00`. */
export const timeWithOffset = (ms: number): string => `${timeOfDay(ms)} ${offsetAt(new Date(ms))}`;

/** `11-23 09:02`, or only the time when it is on the day of `reference`. */
export function dayAndTime(ms: number, reference: number): string {
  const at = new Date(ms);
  const same = at.toDateString() === new Date(reference).toDateString();
  return same ? timeOfDay(ms) : `${two(at.getMonth() + 1)}-${two(at.getDate())} ${timeOfDay(ms)}`;
}

/** Whole days between a day `YYYY-MM-DD` and now; undefined for an empty or wrong day. */
export function daysSince(day: string, now: number): number | undefined {
  const at = new Date(`${day}T00:00:00`).getTime();
  return day && Number.isFinite(at) ? Math.max(0, Math.floor((now - at) / 86_400_000)) : undefined;
}
