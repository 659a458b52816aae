/** Orders test files so that no long one begins when all others have ended, also on a first run. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes more than a few seconds, the longest first. */
const long = [
  'property/exchangeHistories.test.ts',
  'simulator/year.test.ts',
  'hostile/corpus.test.ts',
  'property/log.test.ts',
  'property/compaction.test.ts',
  'property/exchangeHostile.test.ts',
  'property/exchangeInterop.test.ts',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((name) => moduleId.endsWith(name));
  return at === -1 ? long.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- no array: the sequencer's own
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
