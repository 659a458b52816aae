/** What the driver calls from outside: each bench by name. */
import { commitBench } from '../commitBench';
import { figure } from '../duel';
import { impactBench } from '../impactBench';
import { importBench } from '../importBench';
import { packageBench } from '../packageBench';
import { peers } from '../peers/run';
import { searchBench } from '../searchBench';
import { startOurs, startPlain } from '../startBench';
import { drop, fill } from '../vaults';

const bench = {
  fill,
  drop,
  startOurs,
  startPlain,
  figure,
  search: searchBench,
  impact: impactBench,
  commit: commitBench,
  import: importBench,
  package: packageBench,
  peers,
};

export type Bench = typeof bench;

Object.assign(globalThis, { bench });
