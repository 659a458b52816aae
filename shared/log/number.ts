/** Human numbers taken apart: `HB7K-CI-0042` is 42 of the prefix `HB7K-CI`. */
import type { Value } from './change';

const NUMBER = /^(.+)-(\d+)$/;

export interface HumanNumber {
  readonly prefix: string;
  readonly count: number;
}

export function humanNumber(value: Value | undefined): HumanNumber | undefined {
  if (typeof value !== 'string') return undefined;
  const match = NUMBER.exec(value);
  const count = Number(match?.[2]);
  return match?.[1] && Number.isSafeInteger(count) ? { prefix: match[1], count } : undefined;
}

/** The highest number of each prefix among the values; anything else is passed over. */
export function highestNumbers(values: readonly (Value | undefined)[]): readonly string[] {
  const highest = new Map<string, number>();
  for (const value of values) {
    const number = humanNumber(value);
    if (number && number.count > (highest.get(number.prefix) ?? 0)) {
      highest.set(number.prefix, number.count);
    }
  }
  return [...highest].map(([prefix, count]) => `${prefix}-${count}`);
}
