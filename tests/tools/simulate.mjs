// `npm run simulate`: a year of headquarters and its laptops with faults, and a table of what came of
// each. Options after `--`: `--laptops N` (200), `--days D` (365), `--seed S`, `--bulk N` changes in
// each great import (100: in a year of 200 laptops some hundred of them come to all 201 devices),
// `--fault NAME` and no other, at chance `--mishap P` of a visit (0.3), `--minutes M` ends early.
// A million changes in one file: `--laptops 2 --days 10 --seed 2 --mishap 1 --bulk 1000000
// --fault "very many changes at once"`.
import { parseArgs } from 'node:util';
import { buildProof } from './buildProof.mjs';
import { inProject, runStep } from './runStep.ts';

const { values } = parseArgs({
  options: {
    laptops: { type: 'string', default: '200' },
    days: { type: 'string', default: '365' },
    seed: { type: 'string', default: '1' },
    bulk: { type: 'string', default: '100' },
    fault: { type: 'string' },
    mishap: { type: 'string' },
    minutes: { type: 'string' },
  },
});
const program = await buildProof('simulator', 'yearRun');
const order = {
  laptops: Number(values.laptops),
  days: Number(values.days),
  seed: Number(values.seed),
  bulk: Number(values.bulk),
  ...(values.fault ? { fault: values.fault } : {}),
  ...(values.mishap ? { mishap: Number(values.mishap) } : {}),
  ...(values.minutes ? { budgetMs: Number(values.minutes) * 60_000 } : {}),
};
process.chdir(inProject('.'));
const args = ['--max-old-space-size=16384', program, JSON.stringify(order)];
process.exitCode = (await runStep({ name: 'simulated year', args })) ? 0 : 1;
