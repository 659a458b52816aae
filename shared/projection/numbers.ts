/**
 * Human numbers: site code and device tag, kind code, counter: `HB7K-CI-0042`. Each device counts
 * for itself, so nobody runs out or collides offline.
 */
import type { Value } from '../log/change';

const NUMBER = /^(.+)-(\d+)$/;

export interface Numbers {
  note(value: Value | undefined): void;
  next(prefix: string, code: string): string;
}

export function createNumbers(): Numbers {
  const highest = new Map<string, number>();
  return {
    note(value) {
      if (typeof value !== 'string') return;
      const match = NUMBER.exec(value);
      if (!match?.[1] || !match[2]) return;
      const count = Number(match[2]);
      if (Number.isSafeInteger(count) && count > (highest.get(match[1]) ?? 0)) {
        highest.set(match[1], count);
      }
    },
    next(prefix, code) {
      const count = (highest.get(`${prefix}-${code}`) ?? 0) + 1;
      return `${prefix}-${code}-${String(count).padStart(4, '0')}`;
    },
  };
}
