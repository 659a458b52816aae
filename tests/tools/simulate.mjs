// `npm run simulate`: a year of headquarters and its laptops with faults, and a table of what came of
// each. Options after `--`: `--laptops N` (200), `--days D` (365), `--seed S`, `--bulk N` changes in
// the great import (2,000; a million takes a while), `--minutes M` ends the year early.
import { parseArgs } from 'node:util';
import { buildProof } from './buildProof.mjs';
import { inProject, runStep } from './runStep.ts';

const { values } = parseArgs({
  options: {
    laptops: { type: 'string', default: '200' },
    days: { type: 'string', default: '365' },
    seed: { type: 'string', default: '1' },
    bulk: { type: 'string', default: '2000' },
    minutes: { type: 'string' },
  },
});
const program = await buildProof('simulator', 'yearRun');
const order = {
  laptops: Number(values.laptops),
  days: Number(values.days),
  seed: Number(values.seed),
  bulk: Number(values.bulk),
  ...(values.minutes ? { budgetMs: Number(values.minutes) * 60_000 } : {}),
};
process.chdir(inProject('.'));
const args = ['--max-old-space-size=4096', program, JSON.stringify(order)];
process.exitCode = (await runStep({ name: 'simulated year', args })) ? 0 : 1;
