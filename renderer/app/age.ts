/** How long ago, in the largest unit that says enough: `35 minutes`, `7 hours`, `2 days`. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function ageText(elapsedMs: number, locale: string): string {
  const [unit, size] =
    elapsedMs < 2 * HOUR
      ? (['minute', MINUTE] as const)
      : elapsedMs < 2 * DAY
        ? (['hour', HOUR] as const)
        : (['day', DAY] as const);
  const count = Math.max(1, Math.floor(elapsedMs / size));
  return (
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
      .format(count)
      // A number stands apart from a Chinese unit, as everywhere else on the screens.
      .replace(/(\d)(?=\p{Script=Han})/u, '$1 ')
  );
}

export const DAY_MS = DAY;
