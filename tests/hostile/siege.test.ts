/** A thousand files changed at random; `npm run hostile` takes ten thousand and prints a table. */
import { expect, test } from 'vitest';
import { besiege } from './siege';

const SEED = 20_261_123;
const MB = 1024 * 1024;

test('a changed file is refused or does no harm, in bounded time and memory', async () => {
  const { lines, memory } = await besiege(1000, SEED);
  for (const layer of ['sealed bytes', 'archive bytes', 'signature', 'roster'] as const) {
    const { files, refused } = lines[layer];
    expect([layer, refused]).toEqual([layer, files]);
  }
  for (const { files, refused, harmless, codes } of Object.values(lines)) {
    expect(refused + harmless).toBe(files);
    for (const code of Object.keys(codes)) expect(code).toMatch(/^exchange\./);
  }
  expect(memory).toBeLessThan(256 * MB);
});
