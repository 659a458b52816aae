import { expect, test } from 'vitest';
import { DELETED, sameValue, type Change, type Fields } from './change';
import {
  applyChange,
  conflictsOf,
  deletion,
  headDots,
  type EarlyOverwrites,
  type RecordState,
} from './record';
import { decodePack, encodePack } from './checkpoint';

const change = (r: string, s: number, f: Fields, o?: Record<string, string[]>, ms = s): Change => ({
  r,
  s,
  t: [ms, 0],
  by: 'x',
  k: 'site',
  kv: 1,
  id: 'a',
  f,
  ...(o ? { o } : {}),
});

function project(...changes: readonly Change[]) {
  const early: EarlyOverwrites = new Set();
  const have: Record<string, number> = {};
  let state: RecordState | undefined;
  for (const next of changes) {
    state = applyChange(state, next, have, early);
    have[next.r] = next.s;
  }
  if (!state) throw new Error('at least one change');
  return { state, early };
}

const created = change('a', 1, { name: 'Main' });

test('I4: an overwriting change that comes first leaves nothing for the overwritten one', () => {
  const { state, early } = project(change('b', 1, { name: 'New' }, { name: ['a:1'] }), created);
  expect(headDots(state, 'name')).toEqual(['b:1']);
  expect(state.values.name).toBe('New');
  expect(early.size).toBe(0);
});

test('I4: a change overwritten twice before it arrives is gone once', () => {
  const { state, early } = project(
    change('b', 1, { name: 'B' }, { name: ['a:1'] }),
    change('c', 1, { name: 'C' }, { name: ['a:1'] }),
    created,
  );
  expect(headDots(state, 'name').toSorted()).toEqual(['b:1', 'c:1']);
  expect(early.size).toBe(0);
});

test('I5: equal values that did not see each other are no conflict, distinct ones are', () => {
  const same = project(created, change('b', 1, { name: 'Main' }));
  expect(conflictsOf(same.state)).toEqual([]);
  expect(headDots(same.state, 'name')).toHaveLength(2);
  expect(conflictsOf(project(created, change('b', 1, { name: 'Other' })).state)).toEqual(['name']);
});

test('I6: a clock ten years ahead is shown but removes nothing', () => {
  const ahead = change('b', 1, { name: 'Future' }, undefined, 315_576_000_000);
  const { state } = project(ahead, created);
  expect(state.values.name).toBe('Future');
  expect(headDots(state, 'name')).toEqual(['b:1', 'a:1']);
});

test('I6: equal clocks are told apart by replica, the same everywhere', () => {
  const one = change('a', 1, { name: 'A' });
  const two = change('b', 1, { name: 'B' });
  expect(project(one, two).state.values).toEqual(project(two, one).state.values);
});

test('I11: an edit that the deleter had not seen keeps the record, marked as a conflict', () => {
  const removed = change('b', 1, { [DELETED]: { saw: ['a:1'] } });
  const edit = change('a', 2, { name: 'Still needed' }, { name: ['a:1'] });
  expect(deletion(project(created, removed).state)).toBe('deleted');
  for (const order of [
    [created, removed, edit],
    [created, edit, removed],
  ]) {
    const { state } = project(...order);
    expect(deletion(state)).toBe('contested');
    expect(conflictsOf(state)).toEqual([DELETED]);
    expect(state.values.name).toBe('Still needed');
  }
});

test('I11: two who delete agree; delete beside restore is a conflict', () => {
  const one = change('a', 2, { [DELETED]: { saw: ['a:1'] } });
  const two = change('b', 1, { [DELETED]: { saw: ['a:1'] } });
  expect(deletion(project(created, one, two).state)).toBe('deleted');
  expect(conflictsOf(project(created, one, two).state)).toEqual([]);
  const back = change('b', 1, { [DELETED]: null });
  expect(conflictsOf(project(created, one, back).state)).toEqual([DELETED]);
});

test('I14: a checkpoint gives back the same records, conflicts and nested values included', () => {
  const { state } = project(
    created,
    change('b', 1, { name: 'Other', notes: 'x', tags: ['a', 'b'] }),
    change('b', 2, { notes: null }, { notes: ['b:1'] }),
  );
  expect(decodePack(encodePack(state.kind, [state], [])).records).toEqual([
    { ...state, settled: undefined },
  ]);
});

test('values: equal when their JSON means the same', () => {
  expect(sameValue({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toBe(true);
  expect(sameValue([], {})).toBe(false);
  expect(sameValue({}, [])).toBe(false);
  expect(sameValue(0, '0')).toBe(false);
  expect(sameValue(null, undefined)).toBe(false);
  expect(sameValue({ toString: 1 }, { valueOf: 1 })).toBe(false);
});
