/** Times as people read them: local, with the offset, day first by size so that it sorts. */

const two = (n: number): string => String(n).padStart(2, '0');

/** `+08:00` for the local zone at that moment. */
export function offsetAt(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `2026-11-23`, local day. */
export const localDay = (ms: number): string => {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

/** `2026-11-23 14:05`, local. */
export const localMinute = (ms: number): string => {
  const at = new Date(ms);
  return `${localDay(ms)} ${two(at.getHours())}:${two(at.getMinutes())}`;
};

/** `2026-11-23 14:05 +08:00`. */
export const localTime = (ms: number): string => `${localMinute(ms)} ${offsetAt(new Date(ms))}`;

/** Value of an input of type datetime-local. */
export const toDateTimeInput = (ms: number): string => localMinute(ms).replace(' ', 'T');

/** Milliseconds since 1970-01-01 UTC of a datetime-local input, read as local time. */
export function fromDateTimeInput(text: string): number | undefined {
  const ms = new Date(text).getTime();
  return text && Number.isFinite(ms) ? ms : undefined;
}
