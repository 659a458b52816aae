/** Counts of the runners' JSON reports, in one shape. */
import { existsSync, readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What a reader of the counts should know, in sentences. */
  readonly notes: readonly string[];
}

/** The parts of Vitest's report that count. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** The parts of Playwright's report that count. */
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors: readonly unknown[];
  readonly suites: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0, notes: [] };

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    notes: [...a.notes, ...b.notes],
  };
}

/** A step that is no suite, such as the type check, counts as one. */
export const countStep = (passed: boolean): Counts =>
  passed ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };

export const failure = (note: string): Counts => ({ ...nothing, failed: 1, notes: [note] });

/**
 * A suite must say what it ran: a missing report, no executed test, or a runner that failed although
 * all its tests passed, are failures themselves.
 */
export function countSuite<Report>(
  suite: string,
  file: string,
  endedWell: boolean,
  read: (report: Report) => Counts,
): Counts {
  if (!existsSync(file)) return failure(`The ${suite} suite left no report.`);
  const counts = read(JSON.parse(readFileSync(file, 'utf8')) as Report);
  if (counts.passed + counts.failed === 0) {
    return add(counts, failure(`The ${suite} suite executed no test.`));
  }
  if (!endedWell && counts.failed === 0) {
    return add(counts, failure(`The ${suite} runner failed although no test did.`));
  }
  return counts;
}

export function readVitest(report: VitestReport): Counts {
  // A file that could not even be loaded has no tests to report: it counts as one failure.
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

export function readPlaywright(report: PlaywrightReport): Counts {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected,
    // Without retries nothing is flaky; if something ever is, it failed.
    failed: unexpected + flaky + report.errors.length,
    skipped,
    notes: [...new Set(report.suites.flatMap(skipReasons))],
  };
}

function skipReasons(suite: PlaywrightSuite): readonly string[] {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'skipped')
      .map(
        (test) =>
          test.annotations.find((one) => one.type === 'skip')?.description ??
          `"${spec.title}" was skipped without a reason.`,
      ),
  );
  return [...own, ...(suite.suites ?? []).flatMap(skipReasons)];
}

/** The last line of everything. */
export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
