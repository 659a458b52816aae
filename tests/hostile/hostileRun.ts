/** The program of `npm run hostile`. */
import { pictureOf } from '../simulator/picture';
import { corpus } from './corpus';
import { createVictim, outcome } from './forger';
import { besiege } from './siege';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [mutations, seed] = JSON.parse(process.argv[2] ?? '[10000,1]') as [number, number];
const MB = 1024 * 1024;
const right = (value: unknown, width: number) => String(value).padStart(width);
let wrong = 0;

say(`\n${'made by hand'.padEnd(42)} files  refused  slowest ms`);
const victim = await createVictim();
const before = pictureOf(victim.hq);
let peak = 0;
for (const [category, files] of Object.entries(corpus)) {
  let refused = 0;
  let slowest = 0;
  for (const { name, code, make } of files) {
    const bytes = await make(victim);
    const begun = performance.now();
    const came = await outcome(victim.hq, bytes);
    slowest = Math.max(slowest, performance.now() - begun);
    peak = Math.max(peak, process.memoryUsage().rss);
    if (came === code && pictureOf(victim.hq) === before) refused++;
    else say(`  ${name}: ${came} instead of ${code}`);
  }
  wrong += files.length - refused;
  say(
    `${category.padEnd(42)} ${right(files.length, 5)}  ${right(refused, 7)}  ${right(slowest.toFixed(0), 10)}`,
  );
}
say(`memory of the process at most ${(peak / MB).toFixed(0)} MB`);

const { lines, memory } = await besiege(mutations, seed);
say(`\n${'changed at random'.padEnd(42)} files  refused  harmless  slowest ms  codes`);
for (const [layer, line] of Object.entries(lines)) {
  const codes = Object.entries(line.codes)
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, n]) => `${code.replace('exchange.', '')} ${n}`)
    .join(', ');
  say(
    `${layer.padEnd(42)} ${right(line.files, 5)}  ${right(line.refused, 7)}  ${right(line.harmless, 8)}  ${right(line.slowestMs.toFixed(0), 10)}  ${codes}`,
  );
}
say(`memory at most ${(memory / MB).toFixed(0)} MB above the start; seed ${seed}`);
process.exit(wrong > 0 ? 1 : 0);
