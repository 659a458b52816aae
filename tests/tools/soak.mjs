// `npm run soak`: random histories of exchange, many of them, on every core; each seed is printed when
// it fails. Options after `--`: `--runs N` histories (100,000), `--minutes M` at most, `--seed S`,
// `--workers W`. Ends with 1 when a history has lost a change or two devices differ.
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
const total = { done: 0, changes: 0, tally: {} };
const failures = [];
let told = begun;
console.log(`${runs} histories on ${workers} processes, seed ${seed}`);

const children = Array.from({ length: workers }, (_, i) => soakIn(i));
const timer = setTimeout(() => children.forEach(({ child }) => child.kill()), limit());
await Promise.all(children.map(({ ended }) => ended));
clearTimeout(timer);
summary();
process.exitCode = failures.length > 0 ? 1 : 0;

function limit() {
  return Math.min(minutes * 60_000, 2_147_483_647);
}

function soakIn(i) {
  const order = { seed: seed + i * 1_000_003, histories: Math.ceil(runs / workers) };
  const child = fork(program, [JSON.stringify(order)], { cwd: inProject('.'), stdio: 'inherit' });
  child.on('message', (report) => {
    if ('failed' in report) {
      failures.push(`seed ${order.seed}: ${String(report.failed)}`);
      console.error(failures.at(-1));
      return;
    }
    total.done += report.done;
    total.changes += report.changes;
    for (const [what, n] of Object.entries(report.tally)) {
      total.tally[what] = (total.tally[what] ?? 0) + n;
    }
    progress();
  });
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGTERM')
        failures.push(`a process ended with ${String(code ?? signal)}`);
      resolve();
    });
  });
  return { child, ended };
}

function progress() {
  if (performance.now() - told < 10_000) return;
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
  for (const [what, n] of Object.entries(total.tally).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${what.padEnd(11)} ${n}`);
  }
  console.log(`failed      ${failures.length}`);
  for (const failure of failures) console.log(`\n${failure}`);
}
