/**
 * Histories of an organisation on real vaults with real keys: writing, deleting, attaching, enrolment,
 * revocation, quarantine, relays, receipts, extracts for outsiders, lost, repeated and damaged files,
 * full disks, power cuts, restored backups, copied disks, wrong clocks, compaction and members of other
 * releases, in any order.
 * After each, when everybody has exchanged files again, nothing is lost and nobody differs (I1, I2, I4
 * to I9, I11 to I14). `npm run soak` runs as many as wanted, and tells how to run one that fails alone
 * and shrink it; then it belongs into failedOnce.ts.
 */
import fc from 'fast-check';
import { test } from 'vitest';
import { failedOnce } from '../simulator/failedOnce';
import { run } from '../simulator/history';
import { ALIKE, releases, type Releases } from '../simulator/releases';
import { scripts, type Script } from '../simulator/script';

/** Each of four parts. `npm test` asks for 500; the quick check before a commit is content with less. */
const WORLDS = Number(process.env.HOLDFAST_WORLDS ?? 20);
const seed = Number(process.env.HOLDFAST_SEED);

test('after any history nothing is lost and everybody agrees', { timeout: 900_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), scripts, releases, async (world, ...history) => {
      await run(world, ...history);
    }),
    {
      numRuns: WORLDS,
      examples: failedOnce.map(([world, script, mixed = ALIKE]): [number, Script, Releases] => [
        world,
        script,
        mixed,
      ]),
      ...(seed ? { seed } : {}),
    },
  );
});
