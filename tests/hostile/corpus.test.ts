/** Files made by hand: each is refused with its code, and headquarters is as it was (I12). */
import { beforeAll, describe, expect, test } from 'vitest';
import { pictureOf } from '../simulator/picture';
import { corpus } from './corpus';
import { createVictim, outcome, type Victim } from './forger';

/** More than this for one file would be felt; most of it is making the file. */
const MOST_MS = 20_000;

let victim: Victim;
let before: string;
beforeAll(async () => {
  victim = await createVictim();
  before = pictureOf(victim.hq);
});

const all = Object.values(corpus).flat();

test('there are enough of them, of every sort', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
});

describe.each(Object.entries(corpus))('%s', (_, files) => {
  test.each(files)('$name', async ({ make, code }) => {
    const bytes = await make(victim);
    const begun = performance.now();
    expect(await outcome(victim.hq, bytes)).toBe(code);
    expect(performance.now() - begun).toBeLessThan(MOST_MS);
    expect(pictureOf(victim.hq)).toBe(before);
  });
});
