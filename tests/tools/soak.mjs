// `npm run soak`: random histories of exchange, many of them, on every core. Options after `--`:
// `--runs N` histories (100,000), `--minutes M` at most, `--seed S`, `--workers W`. Ends with 1 when a
// history has lost a change or two devices differ; each failure names the seed and the world that
// `--seed S --world N` runs again alone, and makes as small as it can.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildProof } from './buildProof.mjs';
import { inProject } from './runStep.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 2_147_483_647) },
    world: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const [runs, minutes, seed, workers] = [
  values.runs,
  values.minutes,
  values.seed,
  values.workers,
].map(Number);

const program = await buildProof('simulator', 'soakWorker');
const begun = performance.now();
const total = { done: 0, changes: 0, files: 0, tally: {}, met: {} };
const failures = [];
let told = begun;
const alone = values.world !== undefined;
console.log(
  alone
    ? `world ${values.world} of seed ${seed} alone`
    : `${runs} histories on ${workers} processes, seed ${seed}`,
);

const children = alone
  ? [soakIn({ seed, histories: 1, world: Number(values.world) })]
  : Array.from({ length: workers }, (_, i) =>
      soakIn({ seed: seed + i * 1_000_003, histories: Math.ceil(runs / workers) }),
    );
const timer = setTimeout(() => children.forEach(({ child }) => child.kill()), limit());
await Promise.all(children.map(({ ended }) => ended));
clearTimeout(timer);
summary();
process.exitCode = failures.length > 0 ? 1 : 0;

function limit() {
  return Math.min(minutes * 60_000, 2_147_483_647);
}

function soakIn(order) {
  const child = fork(program, [JSON.stringify(order)], { cwd: inProject('.'), stdio: 'inherit' });
  let last = order;
  child.on('message', (report) => {
    last = report.at;
    if ('failed' in report) fail(report.at, report.failed);
    else {
      for (const what of ['done', 'changes', 'files']) total[what] += report[what];
      for (const what of ['tally', 'met']) add(total[what], report[what]);
      progress();
    }
  });
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGTERM')
        fail(last, `a process ended with ${String(code ?? signal)} in this world or one after it`);
      resolve();
    });
  });
  return { child, ended };
}

function fail({ seed: failed, world = 0 }, reason) {
  failures.push(
    `failed: run it alone by npm run soak -- --seed ${failed} --world ${world}\n${reason}`,
  );
  console.error(failures.at(-1));
}

function add(all, some) {
  for (const [what, n] of Object.entries(some)) all[what] = (all[what] ?? 0) + n;
}

function progress() {
  if (alone || performance.now() - told < 10_000) return;
  told = performance.now();
  const seconds = (told - begun) / 1000;
  const left = ((runs - total.done) / total.done) * seconds;
  console.log(
    `${total.done} of ${runs} histories, ${(total.done / seconds).toFixed(1)} a second, ` +
      `${(left / 60).toFixed(0)} minutes to go, ${failures.length} failed`,
  );
}

function summary() {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`\nhistories   ${total.done} in ${seconds} s, seed ${seed}`);
  console.log(`changes     ${total.changes} at every member in the end`);
  console.log(`files       ${total.files}`);
  const deeds = Object.values(total.tally).reduce((sum, n) => sum + n, 0);
  console.log(`deeds       ${deeds}`);
  list(total.tally);
  console.log('checks that met what they are there for');
  list(total.met);
  console.log(`failed      ${failures.length}`);
  for (const failure of failures) console.log(`\n${failure}`);
}

function list(counts) {
  const rows = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...rows.map(([what]) => what.length));
  for (const [what, n] of rows) console.log(`  ${what.padEnd(width)}  ${n}`);
}
