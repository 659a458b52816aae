import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeWindow, readWindowState, saveWindowState } from './windowState';

const laptop = { x: 0, y: 0, width: 1366, height: 728 };
const external = { x: 1366, y: 0, width: 1920, height: 1040 };
const saved = { bounds: { x: 1500, y: 40, width: 1200, height: 900 }, maximised: false };

test('the first window fits the display', () => {
  expect(placeWindow(undefined, [laptop])).toEqual({
    bounds: { width: 1366, height: 728 },
    maximised: false,
  });
});

test('the window opens where it was', () => {
  expect(placeWindow(saved, [laptop, external])).toEqual(saved);
});

test('a display that is gone does not take the window with it', () => {
  const { bounds } = placeWindow(saved, [laptop]);
  expect(bounds).toEqual({ width: 1200, height: 728 });
});

test('a window whose title bar is out of reach is placed anew', () => {
  const above = { ...saved, bounds: { ...saved.bounds, x: 100, y: -500 } };
  expect(placeWindow(above, [laptop]).bounds.x).toBeUndefined();
  const aside = { ...saved, bounds: { ...saved.bounds, x: 1300, y: 10 } };
  expect(placeWindow(aside, [laptop]).bounds.x).toBeUndefined();
});

test('a maximised window stays so', () => {
  expect(placeWindow({ ...saved, maximised: true }, [laptop]).maximised).toBe(true);
});

test('a missing or damaged state is no state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-window-'));
  const path = join(folder, 'window.json');
  expect(readWindowState(path)).toBeUndefined();
  for (const text of ['', '{', '{"bounds":{"x":0}}', '[]']) {
    writeFileSync(path, text);
    expect(readWindowState(path), text).toBeUndefined();
  }
  rmSync(folder, { recursive: true });
});

test('what is kept is read again, and a folder that cannot be written troubles nobody', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-window-'));
  const path = join(folder, 'window.json');
  saveWindowState(path, saved);
  saveWindowState(path, { ...saved, maximised: true });
  expect(readWindowState(path)).toEqual({ ...saved, maximised: true });
  expect(readdirSync(folder)).toEqual(['window.json']);
  rmSync(folder, { recursive: true });
  saveWindowState(path, saved);
  expect(readWindowState(path)).toBeUndefined();
});
