/** Sixty days of ten laptops with every fault; `npm run simulate` does a year of two hundred. */
import { expect, test } from 'vitest';
import { faults } from './faults';
import { simulate } from './year';

test('whatever befalls files and devices, nothing is lost and all agree in the end', async () => {
  const { rows, days } = await simulate({ laptops: 10, days: 60, seed: 7, bulk: 300, mishap: 0.8 });
  expect(days).toBe(60);
  expect(Object.keys(rows)).toHaveLength(faults.length);
  expect(Object.values(rows).filter(({ injected }) => injected === 0)).toEqual([]);
  for (const name of ['truncated', 'bit-flipped', 'half-written', 'hostile keys', 'deep nesting']) {
    const row = rows[name];
    const refused = Object.values(row?.refused ?? {}).reduce((sum, n) => sum + n, 0);
    expect([name, refused]).toEqual([name, row?.injected]);
  }
});
