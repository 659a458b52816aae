/** One process of `npm run soak`: runs histories and tells how many, until it is told to end. */
import fc from 'fast-check';
import { run } from './history';
import { PARTS, scripts } from './script';

export interface SoakOrder {
  readonly seed: number;
  readonly histories: number;
}

export type SoakReport =
  | { readonly done: number; readonly changes: number; readonly tally: Record<string, number> }
  | { readonly failed: string };

const order = JSON.parse(process.argv[2] ?? '{}') as SoakOrder;
const tell = (report: SoakReport) => process.send?.(report);
const TELL_EVERY_MS = 1000;

let last = performance.now();
let done = 0;
let changes = 0;
let tally: Record<string, number> = {};

function flush(): void {
  tell({ done, changes, tally });
  last = performance.now();
  done = 0;
  changes = 0;
  tally = {};
}

/** Worlds in one go: after a failure the next ones still run. */
const WORLDS = 250;

for (let go = 0, left = order.histories; left > 0; go++, left -= WORLDS * PARTS) {
  const result = await fc.check(
    fc.asyncProperty(fc.nat(), scripts, async (seed, script) => {
      const told = await run(seed, script);
      done += told.histories;
      changes += told.changes;
      for (const [what, n] of Object.entries(told.tally)) tally[what] = (tally[what] ?? 0) + n;
      if (performance.now() - last > TELL_EVERY_MS) flush();
    }),
    {
      seed: order.seed + go,
      numRuns: Math.min(WORLDS, Math.ceil(left / PARTS)),
      // Shrinking takes long: the test of the same property does it, given seed and path.
      endOnFailure: true,
    },
  );
  if (!result.failed) continue;
  const reason = result.errorInstance instanceof Error ? result.errorInstance.message : '';
  tell({ failed: `${fc.defaultReportMessage(result) ?? ''}\n${reason}` });
}
flush();
process.disconnect();
