import { expect, test } from 'vitest';
import { DELETED, dotOf, type Change } from './change';
import { saidAgain, unseen } from './unseen';

const change = (r: string, s: number, over: Partial<Change> = {}): Change => ({
  r,
  s,
  t: [1000 + s, 0],
  by: 'Chen Wei',
  k: 'ci',
  kv: 1,
  id: 'aaaaaaaaaaaaaaaa',
  f: { name: `${r} ${s}` },
  ...over,
});
const gone = change('a-0', 4, { t: [900, 0], f: { name: 'gave way' } });
const stays = change('a-0', 4, { f: { name: 'stays', owner: 'Li' }, g: 3 });
const found = (all: readonly Change[], meant: (change: Change) => boolean = () => true) =>
  unseen(
    [gone],
    {
      at: (dot) => [stays, ...all].find((each) => dotOf(each) === dot),
      of: (id) => [stays, ...all].filter((each) => each.id === id),
    },
    meant,
  );
const over = change('b-0', 1, { o: { name: ['a-0:4'] } });

test('the field that was overwritten by who knew the other branch is found, and no other', () => {
  expect(found([over]).map(({ s, f }) => [s, f])).toEqual([[4, { name: 'stays' }]]);
});

test('a deletion takes every field away', () => {
  const removed = change('b-0', 1, { f: { [DELETED]: { saw: ['a-0:4'] } } });
  expect(found([removed]).map(({ f }) => f)).toEqual([{ name: 'stays', owner: 'Li' }]);
});

test('not where somebody had seen it, the author himself went on, or it was said again', () => {
  expect(found([over], () => false)).toEqual([]);
  expect(
    found([over, change('c-0', 1, { o: { name: ['a-0:4'] } })], ({ r }) => r === 'b-0'),
  ).toEqual([]);
  expect(found([change('a-0', 5, { o: { name: ['a-0:4'] } })])).toEqual([]);
  expect(found([over, { ...stays, r: 'b-0', s: 2, f: { name: 'stays' } }])).toEqual([]);
  expect(found([])).toEqual([]);
});

test('not where both branches say the same, or speak of different records', () => {
  const logged = { at: () => gone, of: () => [gone, over] };
  expect(unseen([gone], logged, () => true)).toEqual([]);
  const other = { ...stays, id: 'bbbbbbbbbbbbbbbb' };
  expect(unseen([gone], { at: () => other, of: () => [other, over] }, () => true)).toEqual([]);
});

test('it is said again with author and time, in place of what still stands under its number', () => {
  const rescuer = { replica: 'b-0', next: 7, label: 'Laptop B' };
  const [first] = saidAgain(
    [{ ...stays, o: { name: ['a-0:3'] }, why: { op: 'set', change: 'chg0000000000001' } }],
    (_, field) => field === 'owner',
    rescuer,
  );
  expect(first).toEqual({
    ...change('b-0', 7, { t: stays.t, f: stays.f, o: { name: ['a-0:3'], owner: ['a-0:4'] } }),
    why: { op: 'unseen', label: 'Laptop B', change: 'chg0000000000001' },
  });
});
