// `npm test`: everything. Ends with one line, `N passed, N failed`, that counts every suite; what did
// not run is said in words above it. Steps go on after a failure, so that one run tells all.
import { mkdirSync, rmSync } from 'node:fs';
import {
  add,
  countStep,
  countSuite,
  failure,
  nothing,
  readPlaywright,
  readVitest,
  summary,
} from './counts.ts';
import { findChromium } from './findChromium.ts';
import { checks, inProject, runStep, tools } from './runStep.ts';

const reports = inProject('out', 'reports');
const reportOf = (name) => inProject('out', 'reports', `${name}.json`);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// Random histories of exchange to try: more than in the quick check.
process.env.HOLDFAST_WORLDS ??= '500';

let total = nothing;
const count = (counts) => {
  total = add(total, counts);
};

for (const step of checks) count(countStep(await runStep(step)));

// The long random histories keep one core: the other builds meanwhile.
const [, built] = await Promise.all([runVitest('unit and property', 'node'), build()]);
for (const passed of built) count(countStep(passed));
await runVitest('packaging', 'packaging');

const chromium = findChromium();
if (chromium) {
  process.env.HOLDFAST_CHROMIUM = chromium;
  await runVitest('browser', 'browser');
  if (built[0]) await runPlaywright();
  else count(failure('The end-to-end suite did not run: the portable edition could not be built.'));
} else {
  count(
    failure('The browser and end-to-end suites did not run: no Chromium here, and none to be had.'),
  );
}

console.log('');
if (!process.env.HOLDFAST_REAL_DATA) {
  console.log('The real data suite did not run: HOLDFAST_REAL_DATA is not set.');
}
for (const note of total.notes) console.log(note);
console.log(summary(total));
process.exitCode = total.failed === 0 ? 0 : 1;

async function build() {
  const quiet = true;
  return [
    await runStep({ name: 'build of the portable edition', args: [tools.vite, 'build'] }, quiet),
    await runStep(
      { name: 'build of the desktop edition', args: [tools.electronVite, 'build'] },
      quiet,
    ),
  ];
}

async function runVitest(suite, projectName) {
  const file = reportOf(projectName);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const endedWell = await runStep({
    name: `${suite} tests`,
    args: [tools.vitest, 'run', '--project', projectName, ...reporters],
  });
  count(countSuite(suite, file, endedWell, readVitest));
}

async function runPlaywright() {
  const file = reportOf('playwright');
  const endedWell = await runStep({
    name: 'end-to-end tests',
    args: [tools.playwright, 'test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  count(countSuite('end-to-end', file, endedWell, readPlaywright));
}
