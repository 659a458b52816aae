import { expect, test } from 'vitest';
import type { Change } from './change';
import { rescued } from './rescue';

const change = (s: number, over: Partial<Change> = {}): Change => ({
  r: 'a-0',
  s,
  t: [1000 + s, 0],
  by: 'Chen Wei',
  k: 'ci',
  kv: 1,
  id: 'aaaaaaaaaaaaaaaa',
  f: { name: `v${s}` },
  ...over,
});
const rescuer = { replica: 'a-7', next: 1, label: 'Laptop A' };

test('what the branch that stays holds too is not written again', () => {
  const shared = change(1);
  const out = rescued([shared, change(2)], (each) => each === shared, rescuer);
  expect(out.map(({ r, s, f }) => [r, s, f])).toEqual([['a-7', 1, { name: 'v2' }]]);
});

test('author, time and reason stay, and what it overwrote has its new name', () => {
  const lost = [
    change(4, { o: { name: ['hq-0:3', 'a-0:1'] }, g: 4 }),
    change(5, { o: { name: ['a-0:4'] }, why: { op: 'set', change: 'chg0000000000001' } }),
  ];
  const [first, second] = rescued(lost, () => false, rescuer);
  expect(first).toMatchObject({ by: 'Chen Wei', t: [1004, 0], o: { name: ['hq-0:3', 'a-0:1'] } });
  expect(first).not.toHaveProperty('g');
  expect(second?.o).toEqual({ name: ['a-7:1'] });
  expect(second?.why).toEqual({ op: 'rescued', label: 'Laptop A', change: 'chg0000000000001' });
});

test('a deletion still covers the edits it saw', () => {
  const lost = [change(4), change(5, { f: { $deleted: { saw: ['a-0:4', 'hq-0:1'] } } })];
  expect(rescued(lost, () => false, rescuer)[1]?.f).toEqual({
    $deleted: { saw: ['a-7:1', 'hq-0:1'] },
  });
});

test('a record that was merged still leads to the one it was merged into', () => {
  const $deleted = { saw: ['a-0:4'], into: 'bbbbbbbbbbbbbbbb' };
  const lost = [change(4), change(5, { f: { $deleted } })];
  expect(rescued(lost, () => false, rescuer)[1]?.f).toEqual({
    $deleted: { saw: ['a-7:1'], into: 'bbbbbbbbbbbbbbbb' },
  });
});
