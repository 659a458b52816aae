// `npm run check`: what to run before every commit. Every step runs, also after one that failed.
import { checks, runStep, tools } from './runStep.ts';

const steps = [
  ...checks,
  { name: 'unit and property tests', args: [tools.vitest, 'run', '--project', 'node'] },
];

let failed = 0;
for (const step of steps) {
  if (!(await runStep(step, true))) failed += 1;
}
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${steps.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
