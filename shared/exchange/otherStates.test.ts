import { expect, test } from 'vitest';
import { baseRow } from '../log/base';
import type { Change, Fields } from '../log/change';
import { applyChange, type RecordState } from '../log/record';
import { apartFrom } from './otherStates';
import type { PlanInput } from './plan';
import { knownEnds } from './receipt';

const change = (s: number, id: string, f: Fields, ms = s): Change => ({
  r: 'aa-0',
  s,
  t: [ms, 0],
  by: 'x',
  k: 'ci',
  kv: 1,
  id,
  f,
});
const recordOf = (...changes: readonly Change[]): RecordState => {
  const made = changes.reduce<RecordState | undefined>(
    (state, each) => applyChange(state, each, { [each.r]: each.s - 1 }, new Set()),
    undefined,
  );
  if (!made) throw new Error('no change');
  return made;
};

/** A state here that ends with number 2, and a base that reaches further and names no segments. */
function told(here: readonly RecordState[], there: readonly RecordState[]): readonly string[] {
  const ends = knownEnds();
  ends.add('aa-0', 2, 'here');
  const input = {
    projection: { all: () => here, version: () => 1 },
    compacted: { 'aa-0': 2 },
    ends,
    file: { manifest: { stands: null } },
  } as unknown as PlanInput;
  const head = { have: { 'aa-0': 5 }, tips: { 'aa-0': { to: 5, sha256: 'there' } } };
  const rows = there.map((state) => baseRow(state, 1, undefined));
  return apartFrom({ head, rows } as unknown as Parameters<typeof apartFrom>[0], input);
}

test('without marks a base is of another branch where it shows something else under a number', () => {
  const server = recordOf(change(2, 'server', { name: 'server' }));
  const later = recordOf(
    change(2, 'server', { name: 'server' }),
    change(4, 'server', { description: 'later' }),
  );
  expect(told([server], [later])).toEqual([]);
  // Of another record, or said at another time.
  expect(told([server], [recordOf(change(2, 'printer', { name: 'printer' }))])).toEqual(['aa-0']);
  expect(told([server], [recordOf(change(2, 'server', { name: 'x' }, 9))])).toEqual(['aa-0']);
  // Overwritten since, as far as the base tells.
  expect(told([server], [recordOf(change(4, 'server', { name: 'y' }))])).toEqual([]);
});

test('what was written above the state here says nothing of it', () => {
  const above = recordOf(change(3, 'server', { name: 'above' }));
  expect(told([above], [recordOf(change(3, 'printer', { name: 'printer' }))])).toEqual([]);
});
