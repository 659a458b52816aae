/** The program of `npm run simulate`. */
import type { YearOptions } from './everyday';
import { simulate, type Row } from './year';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const options = JSON.parse(process.argv[2] ?? '{}') as YearOptions;
const begun = performance.now();
const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
const TELL_EVERY_MS = 10_000;
let last = begun;

const year = await simulate({
  ...options,
  told(day, files) {
    if (performance.now() - last < TELL_EVERY_MS) return;
    last = performance.now();
    say(`day ${day} of ${options.days}, ${files} files, ${seconds()} s`);
  },
});

const sum = (counts: Row['refused']) => Object.values(counts).reduce((all, n) => all + n, 0);
const codes = (counts: Row['refused']) =>
  Object.entries(counts)
    .map(([code, n]) => `${code} ${n}`)
    .join(', ');
say(
  `\n${year.members - 1} laptops and headquarters, ${year.days} days, ${year.files} files, seed ${options.seed}, ${seconds()} s`,
);
say(`${'fault'.padEnd(36)} injected  refused  held  survived  as`);
let injected = 0;
for (const [name, row] of Object.entries(year.rows)) {
  injected += row.injected;
  const numbers = [row.injected, sum(row.refused), sum(row.held), row.survived];
  const [a, b, c, d] = numbers.map(String);
  say(
    `${name.padEnd(36)} ${a?.padStart(8)} ${b?.padStart(8)} ${c?.padStart(5)} ${d?.padStart(9)}  ${codes({ ...row.refused, ...row.held })}`,
  );
}
say(
  `\n${injected} faults. In the end, after ${year.rounds} round(s) of files: every change that a member had is with all, or held to be seen; ${year.changes} changes, all devices equal.`,
);
process.exit(0);
