import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryTypes } from '../kinds/drillEntry';
import { outcomes, type Entry } from './entry';
import { forecastService, stepsSayBack } from './forecast';
import { elapsed, foldRun } from './run';
import { reportOf } from './report';
import { call, frozen, line, person, service, step } from './testRun';

const plan = frozen({
  steps: [
    step(1),
    step(2, { after: ['t1'] }),
    step(3, { after: ['t1'], restores: 'mail', minutes: 30 }),
    step(4, { after: ['t2', 't3'] }),
  ],
  calls: [
    call('boss', { deputy: person('vice') }),
    call('ops', { calledBy: 'boss', within: 10 }),
    call('desk', { calledBy: 'boss' }),
  ],
  services: [service('mail', { rto: 60, mtpd: 120 }), service('chat')],
});
const statuses = (lines: readonly Entry[], mode: 'drill' | 'real' = 'drill') =>
  foldRun(plan, lines, mode).steps.map((state) => state.status);

test('a step opens when all its predecessors are done or skipped', () => {
  expect(statuses([])).toEqual(['ready', 'waiting', 'waiting', 'waiting']);
  expect(statuses([line(1, 'stepStarted', 't1')])[0]).toBe('running');
  const one = [line(1, 'stepDone', 't1')];
  expect(statuses(one)).toEqual(['done', 'ready', 'ready', 'waiting']);
  const more = [...one, line(2, 'stepSkipped', 't2'), line(3, 'stepDone', 't3')];
  expect(statuses(more)).toEqual(['done', 'skipped', 'done', 'ready']);
});

test('a blocked step goes on from when it first began, and reopening forgets', () => {
  const lines = [
    line(1, 'stepStarted', 't1'),
    line(2, 'stepBlocked', 't1', { text: 'no key' }),
    line(5, 'stepStarted', 't1'),
  ];
  const blocked = foldRun(plan, lines.slice(0, 2), 'drill').steps[0];
  expect(blocked).toMatchObject({ status: 'blocked', reason: 'no key' });
  expect(foldRun(plan, lines, 'drill').steps[0]).toMatchObject({
    status: 'running',
    startedAt: 60_000,
  });
  const again = foldRun(plan, [...lines, line(6, 'stepReopened', 't1')], 'drill').steps[0];
  expect(again).toMatchObject({ status: 'ready', startedAt: undefined, reason: '' });
});

test('what two people did to one step at once: done beats skipped, started and blocked', () => {
  const done = line(3, 'stepDone', 't1');
  for (const type of ['stepStarted', 'stepBlocked', 'stepSkipped'] as const) {
    expect(statuses([done, line(4, type, 't1')])[0]).toBe('done');
    expect(statuses([line(2, type, 't1'), done])[0]).toBe('done');
  }
});

test('steps of the other mode are left out and hand their predecessors on', () => {
  const chain = frozen({
    steps: [step(1), step(2, { after: ['t1'], mode: 'realOnly' }), step(3, { after: ['t2'] })],
  });
  expect(foldRun(chain, [], 'drill').steps.map(({ step: { id }, after }) => [id, after])).toEqual([
    ['t1', []],
    ['t3', ['t1']],
  ]);
  expect(foldRun(chain, [], 'real').steps).toHaveLength(3);
});

test('steps that wait for each other in a circle can still be started', () => {
  const circle = frozen({ steps: [step(1, { after: ['t2'] }), step(2, { after: ['t1'] })] });
  expect(foldRun(circle, [], 'drill').steps.map((state) => state.status)).toEqual([
    'waiting',
    'ready',
  ]);
});

test('a pause stops the clocks of a drill, never those of a real loss', () => {
  const lines = [
    line(10, 'paused'),
    line(11, 'paused', 'again'),
    line(30, 'resumed'),
    line(50, 'serviceBack', 'mail'),
  ];
  const drill = foldRun(plan, lines, 'drill');
  expect(drill.services[0]?.achieved).toBe(30);
  expect(elapsed(drill, 60 * 60_000)).toBe(40 * 60_000);
  expect(foldRun(plan, lines, 'real').services[0]?.achieved).toBe(50);
  const still = foldRun(plan, lines.slice(0, 1), 'drill');
  expect(still.paused).toBe(true);
  expect(elapsed(still, 99 * 60_000)).toBe(10 * 60_000);
});

test('a service that is lost again is not back', () => {
  const lines = [line(5, 'serviceBack', 'mail'), line(6, 'serviceLost', 'mail')];
  expect(foldRun(plan, lines, 'real').services[0]?.backAt).toBeUndefined();
  const again = foldRun(plan, [...lines, line(9, 'serviceBack', 'mail')], 'real');
  expect(again.services[0]?.achieved).toBe(9);
});

const calling = (...lines: readonly Entry[]) => foldRun(plan, lines, 'drill').calls;
const dial = (minute: number, node: string, outcome: (typeof outcomes)[number], who = 'person') =>
  line(minute, 'call', node, { detail: { outcome, who: who as 'person' | 'deputy', name: node } });

test('no answer moves to the deputy, then to those who would have been called', () => {
  expect(calling().queue[0]).toMatchObject({ node: { id: 'boss' }, nextWho: 'person' });
  const first = calling(dial(1, 'boss', 'noAnswer'));
  expect(first.queue[0]).toMatchObject({ node: { id: 'boss' }, nextWho: 'deputy' });
  const both = calling(dial(1, 'boss', 'noAnswer'), dial(2, 'boss', 'messageLeft', 'deputy'));
  expect(both.queue.map((state) => state.node.id)).toEqual(['ops', 'desk', 'boss']);
  expect(both.queue[2]?.nextWho).toBe('person');
});

test('reaching the deputy reaches the node', () => {
  const tree = calling(dial(1, 'boss', 'wrongNumber'), dial(2, 'boss', 'reached', 'deputy'));
  expect(tree).toMatchObject({ reached: 1, total: 3 });
  expect(tree.nodes[0]?.reachedAt).toBe(120_000);
});

test('those not reached come round again, the one tried longest ago first', () => {
  const tree = calling(
    dial(1, 'boss', 'reached'),
    dial(2, 'ops', 'noAnswer'),
    dial(3, 'desk', 'noAnswer'),
    dial(4, 'ops', 'noAnswer'),
  );
  expect(tree.queue.map((state) => state.node.id)).toEqual(['desk', 'ops']);
});

test('callers in a circle are called all the same', () => {
  const circle = frozen({
    calls: [call('a', { calledBy: 'b' }), call('b', { calledBy: 'a' })],
  });
  const { calls } = foldRun(circle, [], 'drill');
  expect(calls.nodes.map((state) => state.node.id)).toEqual(['a', 'b']);
  expect(calls.queue).toHaveLength(2);
});

test('the forecast follows the longest way through the open steps', () => {
  const run = foldRun(plan, [line(0, 'stepStarted', 't1')], 'drill');
  const now = 4 * 60_000;
  expect(forecastService(run, 'mail', now)).toEqual({ type: 'at', at: 40 * 60_000 });
  const blocked = foldRun(plan, [line(0, 'stepBlocked', 't1')], 'drill');
  expect(forecastService(blocked, 'mail', now)).toEqual({ type: 'blocked', by: 't1' });
  expect(forecastService(run, 'chat', now)).toEqual({ type: 'unknown' });
  expect(stepsSayBack(run, 'mail')).toBe(false);
  expect(stepsSayBack(foldRun(plan, [line(9, 'stepDone', 't3')], 'drill'), 'mail')).toBe(true);
});

test('the coordinator is who took over last', () => {
  const start = line(0, 'started', '', { detail: { name: 'Ann' } });
  expect(foldRun(plan, [start], 'drill').coordinator).toBe('Ann');
  const over = line(5, 'handOver', '', { detail: { name: 'Bo' } });
  expect(foldRun(plan, [start, over], 'drill').coordinator).toBe('Bo');
});

test('the report sets achieved against target and planned against actual', () => {
  const lines = [
    line(0, 'started'),
    line(0, 'stepStarted', 't1'),
    line(15, 'stepDone', 't1'),
    line(20, 'stepSkipped', 't2', { text: 'not needed' }),
    dial(1, 'boss', 'reached'),
    dial(20, 'ops', 'reached'),
    dial(21, 'desk', 'wrongNumber'),
    line(70, 'serviceBack', 'mail'),
    line(90, 'stoodDown'),
  ];
  const report = reportOf(foldRun(plan, lines, 'drill'), 999 * 60_000);
  expect(report).toMatchObject({ duration: 90, done: 1, skipped: 1, open: 2 });
  expect(report.services[0]).toMatchObject({ achieved: 70, rto: 'missed', mtpd: 'met' });
  expect(report.services[1]).toMatchObject({ achieved: undefined, rto: 'noTarget' });
  expect(report.missed).toHaveLength(1);
  expect(report.steps[0]).toMatchObject({ actual: 15, over: 5 });
  expect(report.calls).toMatchObject({
    reached: 2,
    total: 3,
    attempts: 3,
    wrongNumbers: 1,
    lastReached: 20,
    late: 1,
  });
});

test('a service that never came back missed only the targets that passed', () => {
  const report = reportOf(foldRun(plan, [line(90, 'stoodDown')], 'drill'), 0);
  expect(report.services[0]).toMatchObject({ rto: 'missed', mtpd: 'notBack' });
});

const anyLine: fc.Arbitrary<Entry> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3 }),
  at: fc.integer({ min: 0, max: 20 }).map((n) => n * 60_000),
  type: fc.constantFrom(...entryTypes),
  by: fc.constantFrom('Ann', 'Bo'),
  subject: fc.constantFrom('t1', 't2', 't3', 't4', 'mail', 'chat', 'boss', 'ops', 'desk', ''),
  text: fc.constantFrom('', 'because'),
  detail: fc.record(
    {
      outcome: fc.constantFrom(...outcomes),
      who: fc.constantFrom('person' as const, 'deputy' as const),
      name: fc.constantFrom('Ann', 'Bo'),
    },
    { requiredKeys: [] },
  ),
});
const log = fc.uniqueArray(anyLine, { selector: (entry) => entry.id, maxLength: 30 });

test('the same lines give the same run, in whatever order and however often they arrive', () => {
  fc.assert(
    fc.property(log, fc.infiniteStream(fc.nat()), (lines, dice) => {
      const shuffled = lines
        .map((entry) => [entry, dice.next().value ?? 0] as const)
        .toSorted((a, b) => a[1] - b[1])
        .map(([entry]) => entry);
      const mode = 'drill';
      expect(foldRun(plan, [...shuffled, ...lines], mode)).toEqual(foldRun(plan, lines, mode));
    }),
    { numRuns: 500 },
  );
});

test('whatever was logged, no open step waits for nothing and no ready one waits', () => {
  fc.assert(
    fc.property(log, (lines) => {
      const { steps, calls, pauses } = foldRun(plan, lines, 'drill');
      for (const state of steps) {
        if (state.status === 'waiting') expect(state.waitsFor.length).toBeGreaterThan(0);
        if (state.status === 'ready') expect(state.waitsFor).toEqual([]);
      }
      expect(steps.some((s) => !['waiting'].includes(s.status))).toBe(true);
      expect(calls.queue).toHaveLength(calls.total - calls.reached);
      for (const { from, to } of pauses)
        if (to !== undefined) expect(to).toBeGreaterThanOrEqual(from);
    }),
    { numRuns: 500 },
  );
});
