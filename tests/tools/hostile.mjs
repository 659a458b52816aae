// `npm run hostile`: files made by hand and files changed at random against one headquarters; prints
// what each sort is refused with. Options after `--`: `--mutations N` (10,000), `--seed S`.
import { parseArgs } from 'node:util';
import { buildProof } from './buildProof.mjs';
import { inProject, runStep } from './runStep.ts';

const { values } = parseArgs({
  options: {
    mutations: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const program = await buildProof('hostile', 'hostileRun');
const order = JSON.stringify([Number(values.mutations), Number(values.seed)]);
process.chdir(inProject('.'));
process.exitCode = (await runStep({ name: 'hostile files', args: [program, order] })) ? 0 : 1;
