/** Counts of the runners' JSON reports, in one shape. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number, notes: string[] }} Counts */

export const nothing = { passed: 0, failed: 0, skipped: 0, notes: [] };

/** @returns {Counts} */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    notes: [...a.notes, ...b.notes],
  };
}

/** A step that is no suite, such as the type check, counts as one. */
export const countStep = (passed) => ({
  ...nothing,
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
});

/**
 * A suite must say what it ran: a missing report, no executed test, or a runner that failed although
 * all its tests passed, are failures themselves.
 * @param {string} suite its name, for people
 * @param {(report: any) => Counts} read
 * @returns {Counts}
 */
export function countSuite(suite, file, endedWell, read) {
  if (!existsSync(file)) return failure(`The ${suite} suite left no report.`);
  const counts = read(JSON.parse(readFileSync(file, 'utf8')));
  if (counts.passed + counts.failed === 0) {
    return add(counts, failure(`The ${suite} suite executed no test.`));
  }
  if (!endedWell && counts.failed === 0) {
    return add(counts, failure(`The ${suite} runner failed although no test did.`));
  }
  return counts;
}

const failure = (note) => ({ ...nothing, failed: 1, notes: [note] });

/** A file that could not even be loaded has no tests to report: it counts as one failure. */
export function readVitest(report) {
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    notes: broken.map((file) => `${file.name} could not be run.`),
  };
}

export function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected,
    // Without retries nothing is flaky; if something ever is, it failed.
    failed: unexpected + flaky + report.errors.length,
    skipped,
    notes: skipReasons(report.suites),
  };
}

/** Each reason once, however many tests it kept from running. */
function skipReasons(suites) {
  const reasons = new Set();
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status !== 'skipped') continue;
        const said = test.annotations.find((one) => one.type === 'skip')?.description;
        reasons.add(said ?? `"${spec.title}" was skipped without a reason.`);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of suites) visit(suite);
  return [...reasons];
}

/** The last line of everything. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
