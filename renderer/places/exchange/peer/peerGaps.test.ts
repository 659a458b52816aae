import { expect, test } from 'vitest';
import type { ExchangeEntry, Peer } from '../../../store/exchangeStore';
import { isStale, missingNumbers, missingRanges, STALE_MS } from './peerGaps';

const peer = (number: number): Peer => ({
  replica: 'lap-1',
  name: 'Harbour',
  role: 'site',
  have: {},
  sent: {},
  lastIn: number ? { number, id: `f${number}`, at: 1000 } : undefined,
  lastOut: undefined,
});

const came = (number: number, replica = 'lap-0'): ExchangeEntry => ({
  id: `${replica}${number}`,
  direction: 'in',
  at: 1,
  name: 'x',
  type: 'delta',
  peer: replica,
  number,
  changes: 1,
  bytes: 1,
});

test('what is missing is named from the first change to the last, per author', () => {
  expect(missingRanges({ a: 5, b: 3 }, { a: 9, b: 3, c: 2 })).toEqual([
    { replica: 'a', from: 6, to: 9 },
    { replica: 'c', from: 1, to: 2 },
  ]);
});

test('numbers of files that have not come are joined into runs, whatever epoch they are of', () => {
  const entries = [came(2), came(3, 'lap-1'), came(7, 'lap-1'), came(5, 'other-0')];
  expect(missingNumbers(entries, peer(7))).toEqual([{ from: 4, to: 6 }]);
  expect(missingNumbers([came(1), came(2), came(4)], peer(4))).toEqual([{ from: 3, to: 3 }]);
  expect(missingNumbers([], peer(0))).toEqual([]);
});

test('a device that nothing has come from for 180 days is stale, one that never wrote is new', () => {
  expect(isStale(peer(1), 1000 + STALE_MS)).toBe(false);
  expect(isStale(peer(1), 1001 + STALE_MS)).toBe(true);
  expect(isStale(peer(0), 1e15)).toBe(false);
});
