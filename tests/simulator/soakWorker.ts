/** One process of `npm run soak`: runs histories and tells how many, until it is told to end. */
import fc from 'fast-check';
import { run, type Told } from './history';
import { releases } from './releases';
import { PARTS, scripts } from './script';

export interface SoakOrder {
  readonly seed: number;
  readonly histories: number;
  /** Only this one of the worlds of the seed, shrunk when it fails. */
  readonly world?: number;
}

interface Counts {
  readonly done: number;
  readonly changes: number;
  readonly files: number;
  readonly tally: Readonly<Record<string, number>>;
  readonly met: Readonly<Record<string, number>>;
}

/** A world that can be run alone. */
interface Place {
  readonly seed: number;
  readonly world: number;
}

export type SoakReport =
  | (Counts & { readonly at: Place })
  | { readonly failed: string; readonly at: Place };

const order = JSON.parse(process.argv[2] ?? '{}') as SoakOrder;
const tell = (report: SoakReport) => process.send?.(report);
const TELL_EVERY_MS = 1000;
/** A history takes a fraction of a second: one that takes so long hangs. */
const HANGS_MS = 600_000;
/** Worlds of one seed: after a failure the next seed still runs. */
const WORLDS = 250;

const nothing: Counts = { done: 0, changes: 0, files: 0, tally: {}, met: {} };
const at = { seed: order.seed, world: order.world ?? 0 };
let last = performance.now();
let counts = nothing;

function flush(): void {
  tell({ ...counts, at });
  last = performance.now();
  counts = nothing;
}

function sum(a: Counts['tally'], b: Counts['tally']): Counts['tally'] {
  const all = { ...a };
  for (const [what, n] of Object.entries(b)) all[what] = (all[what] ?? 0) + n;
  return all;
}

/** How the world that is made smaller failed first: another failure on the way would lead elsewhere. */
let failure: string | undefined;
const sortOf = (error: unknown): string =>
  (error instanceof Error ? error.message : '').split(/[:,\n]/)[0]?.replaceAll(/\w*\d\w*/g, '') ??
  '';

const property = fc.asyncProperty(fc.nat(), scripts, releases, async (seed, ...history) => {
  let told: Told;
  try {
    told = await run(seed, ...history);
  } catch (error) {
    failure ??= sortOf(error);
    if (order.world !== undefined && failure !== sortOf(error)) return;
    throw error;
  }
  counts = {
    done: counts.done + told.histories,
    changes: counts.changes + told.changes,
    files: counts.files + told.files,
    tally: sum(counts.tally, told.tally),
    met: sum(counts.met, told.met),
  };
  at.world++;
  if (performance.now() - last > TELL_EVERY_MS) flush();
});

async function runWorlds(numRuns: number, world?: number): Promise<void> {
  const result = await fc.check(property, {
    seed: at.seed,
    numRuns,
    timeout: HANGS_MS,
    // Shrinking takes long: who asks for one world alone has it shrunk.
    ...(world === undefined ? { endOnFailure: true } : { path: String(world) }),
  });
  if (!result.failed) return;
  const reason = result.errorInstance instanceof Error ? result.errorInstance.message : '';
  const failed = world ?? Number(result.counterexamplePath ?? at.world);
  tell({
    failed: `${fc.defaultReportMessage(result) ?? ''}\n${reason}`,
    at: { seed: at.seed, world: failed },
  });
}

// What fails beside the history that is running would end the process without a word.
process.on('uncaughtException', (error) => {
  tell({ failed: error.stack ?? String(error), at });
  process.exitCode = 1;
});

if (order.world === undefined) {
  for (let left = order.histories; left > 0; at.seed++, left -= WORLDS * PARTS) {
    at.world = 0;
    await runWorlds(Math.min(WORLDS, Math.ceil(left / PARTS)));
  }
} else await runWorlds(1, order.world);
flush();
process.disconnect();
