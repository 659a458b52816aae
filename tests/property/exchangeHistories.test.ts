/**
 * Histories of an organisation on real vaults with real keys: writing, enrolment, revocation,
 * quarantine, relays, lost, repeated and damaged files, full disks, power cuts, restored backups,
 * copied disks and wrong clocks, in any order. After each, when everybody has exchanged files again,
 * nothing is lost and nobody differs (I1 to I8, I11 to I14). `npm run soak` runs as many as wanted.
 */
import fc from 'fast-check';
import { test } from 'vitest';
import { run } from '../simulator/history';
import { scripts } from '../simulator/world';

const WORLDS = Number(process.env.HOLDFAST_WORLDS ?? 100);

test('after any history nothing is lost and everybody agrees', { timeout: 600_000 }, async () => {
  const total: Record<string, number> = {};
  const begun = performance.now();
  let histories = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), scripts, async (seed, script) => {
      const told = await run(seed, script);
      histories += told.histories;
      for (const [what, n] of Object.entries(told.tally)) total[what] = (total[what] ?? 0) + n;
    }),
    {
      numRuns: WORLDS,
      endOnFailure: process.env.HOLDFAST_QUICK === '1',
      ...(process.env.HOLDFAST_SEED
        ? { seed: Number(process.env.HOLDFAST_SEED), path: process.env.HOLDFAST_PATH ?? '0' }
        : {}),
    },
  );
  console.log(histories, ((performance.now() - begun) / histories).toFixed(1), 'ms each', total);
});
