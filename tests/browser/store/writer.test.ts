import { expect, test, vi } from 'vitest';
import { claimWriter } from '../../../renderer/store/writer';

const NOBODY = { onAdvance: () => undefined, onTakeOver: () => undefined };

test('other windows are told once of several writes, and of the last one before this window closes', async () => {
  const name = crypto.randomUUID();
  const told = vi.fn<() => void>();
  const writer = await claimWriter(name, NOBODY);
  const other = await claimWriter(name, { ...NOBODY, onAdvance: told });
  expect([writer.holds(), other.holds()]).toEqual([true, false]);
  writer.announce();
  writer.announce();
  await expect.poll(() => told.mock.calls.length).toBe(1);
  writer.announce();
  writer.close();
  writer.announce();
  await expect.poll(() => told.mock.calls.length).toBe(2);
  await expect.poll(() => other.holds()).toBe(true);
  other.close();
});
