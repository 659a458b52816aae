import { expect, test } from 'vitest';
import type { Change } from './change';
import { historyOf } from './history';

const base = { by: 'Li Wei', k: 'site', kv: 1, id: 's' } as const;
const first: Change = { ...base, r: 'a-1', s: 1, t: [10, 0], f: { name: 'Main' } };
const north: Change = {
  ...base,
  r: 'a-1',
  s: 2,
  t: [20, 0],
  f: { name: 'North' },
  o: { name: ['a-1:1'] },
};
const south: Change = {
  ...base,
  r: 'b-1',
  s: 1,
  t: [20, 0],
  by: 'Ana',
  f: { name: 'South' },
  o: { name: ['a-1:1'] },
};
const resolved: Change = {
  ...base,
  r: 'b-1',
  s: 2,
  t: [30, 1],
  f: { name: 'South', code: 'S' },
  o: { name: ['a-1:2', 'b-1:1'] },
  why: { op: 'resolve' },
};

test('history: newest first, the same on every replica, whatever order the changes came in', () => {
  const dots = ['b-1:2', 'b-1:1', 'a-1:2', 'a-1:1'];
  expect(historyOf([first, north, south, resolved]).map(({ dot }) => dot)).toEqual(dots);
  expect(historyOf([resolved, south, north, first]).map(({ dot }) => dot)).toEqual(dots);
});

test('history: every step says who set what, from what and why; a resolution replaced several', () => {
  const [latest, , , oldest] = historyOf([first, north, south, resolved]);
  expect(latest).toMatchObject({ at: 30, by: 'Li Wei', replica: 'b-1', why: { op: 'resolve' } });
  expect(latest?.steps).toEqual([
    { field: 'name', from: ['North', 'South'], to: 'South' },
    { field: 'code', from: [], to: 'S' },
  ]);
  expect(oldest?.steps).toEqual([{ field: 'name', from: [], to: 'Main' }]);
});

test('history: a change replaced before it has arrived is left out of what was replaced', () => {
  expect(historyOf([resolved]).at(0)?.steps[0]?.from).toEqual([]);
});

test('a relation added and removed stands in the history of either end, within its commit', () => {
  const link = { ...base, k: 'link', id: 's|dependsOn|x', r: 'b-1' } as const;
  const added: Change = { ...link, s: 3, t: [30, 1], f: { from: 's', rel: 'dependsOn', to: 'x' } };
  const ordered: Change = { ...link, s: 4, t: [35, 0], f: { order: 2 } };
  const removed: Change = { ...link, s: 5, t: [40, 0], f: { $deleted: { saw: ['b-1:3'] } } };
  const history = historyOf([first, resolved], [removed, ordered, added]);
  expect(history.map(({ at, steps, relations }) => [at, steps.length, relations])).toEqual([
    [40, 0, [{ link: link.id, added: false }]],
    [30, 2, [{ link: link.id, added: true }]],
    [10, 1, []],
  ]);
});
