import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale } from './staleBuild.ts';

let project = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'holdfast-build-'));
  for (const folder of ['renderer', 'renderer/app', 'out']) mkdirSync(join(project, folder));
  put('renderer/app/main.tsx', 100);
  put('out/page.html', 200);
  for (const folder of ['renderer', 'renderer/app']) touch(folder, 100);
});
afterEach(() => rmSync(project, { recursive: true }));

function put(path: string, seconds: number) {
  writeFileSync(join(project, path), '');
  touch(path, seconds);
}

function touch(path: string, seconds: number) {
  utimesSync(join(project, path), seconds, seconds);
}

test('a build newer than its sources is fresh, a missing one is stale', () => {
  expect(isStale(project, 'out/page.html')).toBe(false);
  expect(isStale(project, 'out/other.html')).toBe(true);
});

test('a changed source makes it stale, a changed test does not', () => {
  put('renderer/app/main.test.ts', 300);
  touch('renderer/app', 100);
  expect(isStale(project, 'out/page.html')).toBe(false);
  touch('renderer/app/main.tsx', 300);
  expect(isStale(project, 'out/page.html')).toBe(true);
});

test('a removed source makes it stale', () => {
  rmSync(join(project, 'renderer/app/main.tsx'));
  expect(isStale(project, 'out/page.html')).toBe(true);
});
