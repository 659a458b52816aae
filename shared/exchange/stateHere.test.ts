import { expect, test } from 'vitest';
import type { Change, Fields } from '../log/change';
import { applyChange, type RecordState } from '../log/record';
import { knownEnds } from './receipt';
import { acrossState, denyingBy, endsAsState } from './stateHere';

const change = (s: number, id: string, f: Fields, r = 'hq-0'): Change => ({
  r,
  s,
  t: [1000 + s, 0],
  by: 'x',
  k: 'ci',
  kv: 1,
  id,
  f,
});
const recordOf = (...changes: readonly Change[]): RecordState | undefined =>
  changes.reduce<RecordState | undefined>(
    (state, each) => applyChange(state, each, { [each.r]: each.s - 1 }, new Set()),
    undefined,
  );

test('what was written above the state does not answer for it', () => {
  const below = change(1, 'server', { name: 'server' });
  const above = change(3, 'server', { description: 'above' }, 'aa-0');
  const [alone, all] = [recordOf(below), recordOf(below, above)];
  const kindOf = () => undefined;
  const asked = change(2, 'server', { description: 'of the other branch' });
  const projection = { get: () => all };
  const state = { get: () => alone, recordOf: () => undefined };
  expect(denyingBy(projection, kindOf)(asked)).toBe(false);
  expect(denyingBy(projection, kindOf, state)(asked)).toBe(true);
  expect(denyingBy(projection, kindOf, state)(below)).toBe(false);
});

test('a number that is alive in another record is denied by the state', () => {
  const server = recordOf(change(2, 'server', { name: 'server' }));
  const state = { get: () => server, recordOf: () => 'printer' };
  expect(denyingBy(state, () => undefined, state)(change(2, 'server', { name: 'x' }))).toBe(true);
});

test('a segment says the same as what the state ends with if its last change is alive there', () => {
  const last = change(2, 'server', { description: 'last' });
  const record = recordOf(change(1, 'server', { name: 'server' }), last);
  const state = { get: () => record, recordOf: () => undefined };
  const open = (...changes: readonly Change[]) => ({
    segment: { replica: 'hq-0', from: 1, to: 2, bytes: new Uint8Array(), sha256: 'x' },
    prev: null,
    proof: 'signed' as const,
    changes,
  });
  const first = change(1, 'server', { name: 'server' });
  expect(endsAsState(open(first, last), state)).toBe(true);
  expect(endsAsState(open(first, { ...last, t: [9, 9] }), state)).toBe(false);
  expect(endsAsState(open(first, { ...last, r: 'aa-0' }), state)).toBe(false);
  expect(endsAsState(open(), state)).toBe(false);
  // What was written again keeps its time, and two branches may each have done so.
  const again = { ...last, why: { op: 'unseen' } };
  expect(endsAsState(open(first, again), state)).toBe(false);
});

test('only segments that reach over the end of the state, or end with it otherwise, are asked about', () => {
  const of = (from: number, to: number) => ({
    segment: { replica: 'hq-0', from, to, bytes: new Uint8Array(), sha256: `${from}` },
    prev: null,
    proof: 'signed' as const,
    changes: Array.from({ length: to - from + 1 }, (_, i) => change(from + i, 'server', {})),
  });
  const known = knownEnds();
  known.add('hq-0', 5, '1');
  const asked = acrossState([of(1, 3), of(4, 7), of(6, 8), of(1, 5)], {
    compacted: { 'hq-0': 5 },
    ends: known,
    hashes: new Set(),
  });
  expect(asked.map(({ s }) => s)).toEqual([4, 5]);
  const unknown = acrossState([of(1, 5)], {
    compacted: { 'hq-0': 5 },
    ends: knownEnds(),
    hashes: new Set(),
  });
  expect(unknown.map(({ s }) => s)).toEqual([1, 2, 3, 4, 5]);
});
