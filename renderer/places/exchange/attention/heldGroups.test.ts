import { expect, test } from 'vitest';
import type { HoldReason } from '../../../../shared/trust/standing';
import type { Waiting } from '../../../store/exchangeStore';
import type { Roster } from '../../../../shared/trust/roster';
import { anchorsOf, asOneFile, broughtBy, heldGroups, storyOf } from './heldGroups';

const held = (
  replica: string,
  from: number,
  to: number,
  reason: HoldReason,
  more: Partial<Waiting> = {},
): Waiting => ({
  segment: { replica, from, to, bytes: Uint8Array.of(from, to), sha256: `${replica}.${to}` },
  reason,
  fileId: 'f',
  fileName: 'a.holdfast',
  peer: 'hq-0',
  at: 1,
  ...more,
});

test('what waits behind a distrusted segment stands in the group of its author, a gap does not', () => {
  const groups = heldGroups([
    held('lap-0', 11, 20, 'behind'),
    held('lap-0', 1, 10, 'unknown'),
    held('far-0', 5, 9, 'gap'),
  ]);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ device: 'lap', reason: 'unknown', changes: 20 });
  expect(groups[0]?.items.map(({ segment }) => segment.from)).toEqual([1, 11]);
});

test('second versions stand by themselves, those that nobody signed apart from the others', () => {
  const signed = held('lap-0', 3, 4, 'forked');
  const groups = heldGroups([
    held('lap-0', 1, 1, 'forked'),
    { ...signed, segment: { ...signed.segment, sig: 'x' } },
    held('lap-0', 5, 5, 'revoked'),
    held('lap-0', 6, 6, 'behind'),
  ]);
  const told = groups.map(({ reason, items }) => [
    reason,
    items.map(({ segment }) => segment.from),
  ]);
  expect(told).toEqual([
    ['revoked', [5, 6]],
    ['forked', [3]],
    ['forked', [1]],
  ]);
});

test('epochs of one device are one group, each with an anchor at its last segment', () => {
  const [group] = heldGroups([
    held('lap-1', 1, 3, 'revoked'),
    held('lap-0', 4, 6, 'revoked'),
    held('lap-0', 7, 9, 'behind'),
  ]);
  if (!group) throw new Error('no group');
  expect(anchorsOf(group)).toEqual({
    'lap-0': { to: 9, sha256: 'lap-0.9' },
    'lap-1': { to: 3, sha256: 'lap-1.3' },
  });
  expect([...asOneFile(group)]).toEqual([4, 6, 7, 9, 1, 3]);
});

test('a group is kept out when all of it is, and then stands last', () => {
  const keptOut = { by: 'Chen Wei', at: 5 };
  const groups = heldGroups([
    held('aaa-0', 1, 1, 'unsigned', { keptOut }),
    held('bbb-0', 1, 1, 'unsigned', { keptOut }),
    held('bbb-0', 2, 2, 'behind'),
  ]);
  expect(groups.map(({ device, keptOut: by }) => [device, by?.by])).toEqual([
    ['bbb', undefined],
    ['aaa', 'Chen Wei'],
  ]);
});

test('each file that brought something is named once, with the time it came', () => {
  const [group] = heldGroups([
    held('lap-0', 1, 1, 'unknown', { fileName: 'b', at: 9 }),
    held('lap-0', 2, 2, 'behind', { fileName: 'a', at: 3, peer: 'via-0' }),
    held('lap-0', 3, 3, 'behind', { fileName: 'b', at: 9 }),
  ]);
  expect(group && broughtBy(group)).toEqual([
    { peer: 'via-0', file: 'a', at: 3 },
    { peer: 'hq-0', file: 'b', at: 9 },
  ]);
});

test('what state showed that gave way stands by itself', () => {
  const groups = heldGroups([
    held('lap-0', 1, 2, 'forked'),
    held('lap-0', 4, 4, 'forked', { state: true }),
    held('lap-0', 7, 8, 'forked', { state: true }),
  ]);
  expect(groups.map(({ state, changes }) => [state, changes])).toEqual([
    [false, 2],
    [true, 3],
  ]);
});

test('of that state what was written again stands apart from what is still to be decided', () => {
  const groups = heldGroups([
    held('lap-0', 4, 4, 'forked', { state: true, rescued: true }),
    held('lap-0', 7, 8, 'forked', { state: true }),
  ]);
  expect(groups.map(({ rescued, changes }) => [rescued, changes])).toEqual([
    [true, 1],
    [false, 2],
  ]);
});

test('among members a second version tells of a copied device only when its author signed it', () => {
  const roster = {} as Roster;
  const signed = { reason: 'forked', segment: { sig: 'x' } } as const;
  const unsigned = { reason: 'forked', segment: {} } as const;
  const behind = { reason: 'behind', segment: { sig: 'x' } } as const;
  expect(storyOf([signed, unsigned], roster)).toBe('forked');
  expect(storyOf([unsigned, behind], roster)).toBe('contradicts');
  expect(storyOf([unsigned], undefined)).toBe('forked');
  expect(storyOf([{ ...unsigned, reason: 'unsigned' }, behind], roster)).toBe('unsigned');
  expect(storyOf([{ ...unsigned, state: true }, behind], roster)).toBe('state');
  expect(storyOf([behind], roster)).toBeUndefined();
});
