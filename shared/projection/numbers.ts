/**
 * Human numbers: site code and device tag, kind code, counter: `HB7K-CI-0042`. Each device counts
 * for itself, so nobody runs out or collides offline.
 */
import type { Value } from '../log/change';
import { humanNumber } from '../log/number';

export interface Numbers {
  note(value: Value | undefined): void;
  next(prefix: string, code: string): string;
}

export function createNumbers(): Numbers {
  const highest = new Map<string, number>();
  return {
    note(value) {
      const number = humanNumber(value);
      if (number && number.count > (highest.get(number.prefix) ?? 0)) {
        highest.set(number.prefix, number.count);
      }
    },
    next(prefix, code) {
      const count = (highest.get(`${prefix}-${code}`) ?? 0) + 1;
      return `${prefix}-${code}-${String(count).padStart(4, '0')}`;
    },
  };
}
