import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criticalPath, wouldCycle, type PlannedStep } from './criticalPath';

const step = (id: string, minutes: number, ...after: string[]): PlannedStep => ({
  id,
  minutes,
  after,
});

test('the longest chain decides, not the sum of all steps', () => {
  const plan = [step('a', 10), step('b', 30, 'a'), step('c', 5, 'a'), step('d', 20, 'b', 'c')];
  const result = criticalPath(plan);
  expect(result.minutes).toBe(60);
  expect(result.path).toEqual(['a', 'b', 'd']);
  expect(result.starts.get('d')).toBe(40);
  expect(result.cyclic).toEqual([]);
});

test('a plan without steps takes no time', () => {
  expect(criticalPath([])).toEqual({ minutes: 0, path: [], starts: new Map(), cyclic: [] });
});

test('predecessors outside the plan are ignored', () => {
  expect(criticalPath([step('a', 10, 'gone')]).minutes).toBe(10);
});

test('steps without a planned duration still order the chain', () => {
  const result = criticalPath([step('a', 0), step('b', 0, 'a'), step('c', 15, 'b')]);
  expect(result.path).toEqual(['a', 'b', 'c']);
});

test('steps in a circle and those behind it are flagged and counted nowhere', () => {
  const plan = [step('a', 10), step('b', 5, 'c'), step('c', 5, 'b'), step('d', 5, 'c')];
  const result = criticalPath(plan);
  expect(result.cyclic).toEqual(['b', 'c', 'd']);
  expect(result.minutes).toBe(10);
});

test('a predecessor that waits for the step itself is found before it is added', () => {
  const plan = [step('a', 1), step('b', 1, 'a'), step('c', 1, 'b')];
  expect(wouldCycle(plan, 'a', 'c')).toBe(true);
  expect(wouldCycle(plan, 'a', 'a')).toBe(true);
  expect(wouldCycle(plan, 'c', 'a')).toBe(false);
});

test('no step starts before its predecessors end and the path is as long as the plan', () => {
  const plans = fc
    .array(fc.tuple(fc.nat(60), fc.array(fc.nat(30), { maxLength: 4 })), { maxLength: 30 })
    .map((rows) =>
      rows.map(([minutes, earlier], i) =>
        step(`s${i}`, minutes, ...earlier.filter((n) => n < i).map((n) => `s${n}`)),
      ),
    );
  fc.assert(
    fc.property(plans, (plan) => {
      const result = criticalPath(plan);
      const minutesOf = (id: string) => plan.find((s) => s.id === id)?.minutes ?? 0;
      expect(result.cyclic).toEqual([]);
      for (const s of plan) {
        for (const id of s.after) {
          expect(result.starts.get(s.id)).toBeGreaterThanOrEqual(
            (result.starts.get(id) ?? 0) + minutesOf(id),
          );
        }
      }
      expect(result.path.reduce((sum, id) => sum + minutesOf(id), 0)).toBe(result.minutes);
    }),
  );
});
