import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { add, countStep, countSuite, readPlaywright, readVitest, summary } from './counts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number, skipped = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  numTodoTests: 0,
  testResults: [],
});

test('a suite counts what its runner reports', () => {
  const counts = countSuite('unit', report(vitest(5, 1, 2)), false, readVitest);
  expect(counts).toMatchObject({ passed: 5, failed: 1, skipped: 2 });
});

test('a suite that executed no test has failed', () => {
  const counts = countSuite('unit', report(vitest(0, 0, 3)), true, readVitest);
  expect(counts).toMatchObject({ failed: 1, notes: ['The unit suite executed no test.'] });
});

test('a suite without a report has failed', () => {
  const counts = countSuite('unit', join(folder, 'absent.json'), true, readVitest);
  expect(counts.failed).toBe(1);
});

test('a runner that ends badly has failed even when every test passed', () => {
  expect(countSuite('unit', report(vitest(5, 0)), false, readVitest).failed).toBe(1);
});

test('a test file that cannot be loaded has failed', () => {
  const broken = { name: 'a.test.ts', status: 'failed', assertionResults: [] };
  const content = { ...vitest(5, 0), testResults: [broken] };
  const counts = countSuite('unit', report(content), false, readVitest);
  expect(counts).toMatchObject({ failed: 1, notes: ['a.test.ts could not be run.'] });
});

test('a suite that was skipped for a reason says the reason once', () => {
  const skipped = {
    title: 'x',
    tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'No binary.' }] }],
  };
  const content = {
    stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 2 },
    errors: [],
    suites: [{ suites: [{ specs: [skipped, skipped] }] }],
  };
  const counts = countSuite('end-to-end', report(content), true, readPlaywright);
  expect(counts).toEqual({ passed: 3, failed: 0, skipped: 2, notes: ['No binary.'] });
});

test('the last line counts steps and suites together', () => {
  const total = add(add(countStep(true), countStep(false)), {
    passed: 3,
    failed: 0,
    skipped: 1,
    notes: [],
  });
  expect(summary(total)).toBe('4 passed, 1 failed, 1 skipped');
  expect(summary(countStep(true))).toBe('1 passed, 0 failed');
});
