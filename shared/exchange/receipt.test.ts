import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownEnds, provenReceipt, type ReceiptHere } from './receipt';

const here = (
  ends: readonly (readonly [number, string])[],
  over: Partial<ReceiptHere> = {},
): ReceiptHere => {
  const known = knownEnds();
  for (const [to, sha256] of ends) known.add('a-0', to, sha256);
  return {
    have: { 'a-0': Math.max(0, ...ends.map(([to]) => to)) },
    ends: known,
    compacted: {},
    forked: [],
    self: 'b',
    known: {},
    ...over,
  };
};
const says = (to: number, tip?: string) => ({
  have: { 'a-0': to },
  tips: tip === undefined ? {} : { 'a-0': [tip] },
});

const proven = (...all: Parameters<typeof provenReceipt>) => {
  const { have, apart } = provenReceipt(...all);
  return { have, apart };
};

test('the same end confirms what it ends', () => {
  const both = here([
    [2, 'x'],
    [5, 'y'],
  ]);
  expect(proven(says(5, 'y'), both)).toEqual({ have: { 'a-0': 5 }, apart: [] });
  expect(proven(says(2, 'x'), both)).toEqual({ have: { 'a-0': 2 }, apart: [] });
});

test('as many changes of another branch confirm nothing', () => {
  expect(proven(says(2, 'other'), here([[2, 'x']]))).toEqual({ have: {}, apart: ['a-0'] });
});

test('where ours ends elsewhere, no more than the end before is taken for received', () => {
  const ours = here([
    [2, 'x'],
    [5, 'y'],
  ]);
  expect(proven(says(4, 'z'), ours)).toEqual({ have: { 'a-0': 2 }, apart: [] });
  expect(proven(says(1, 'z'), ours)).toEqual({ have: {}, apart: [] });
});

test('overlapping segments that agree are the same branch', () => {
  const ours = here([
    [2, 'x'],
    [2, 'again'],
  ]);
  expect(proven(says(2, 'again'), ours)).toEqual({ have: { 'a-0': 2 }, apart: [] });
});

test('of more of our own than there is here, no more is confirmed than before', () => {
  const own = (known: number) => here([[2, 'x']], { self: 'a', known: { 'a-0': known } });
  expect(proven(says(9, 'z'), own(0))).toEqual({ have: {}, apart: [] });
  expect(proven(says(9, 'z'), own(1))).toEqual({ have: { 'a-0': 1 }, apart: [] });
  // An earlier format names no content, and the count alone says as much.
  expect(proven(says(9), own(1))).toEqual({ have: { 'a-0': 1 }, apart: [] });
});

test('what cannot be compared is believed: not here, compacted, or said by an earlier format', () => {
  expect(provenReceipt(says(9, 'z'), here([[2, 'x']])).have).toEqual({ 'a-0': 9 });
  const compacted = here([[8, 'y']], { compacted: { 'a-0': 5 } });
  expect(proven(says(4, 'z'), compacted)).toEqual({ have: { 'a-0': 4 }, apart: [] });
  expect(provenReceipt(says(2), here([[2, 'x']])).have).toEqual({ 'a-0': 2 });
});

test('what the file itself brings a second version of is not confirmed by it', () => {
  const ours = here([[2, 'x']], { forked: ['a-0'] });
  expect(proven(says(9, 'z'), ours)).toEqual({ have: {}, apart: ['a-0'] });
  expect(proven(says(2), ours)).toEqual({ have: {}, apart: ['a-0'] });
});

test('sure is only what ends with a segment that is here, or was before it was compacted', () => {
  const ours = here([[2, 'x']], { hasSegment: (sha256) => sha256 === 'archived' });
  expect(provenReceipt(says(2, 'x'), ours).sure).toEqual({ 'a-0': 2 });
  expect(provenReceipt(says(2, 'other'), ours).sure).toEqual({});
  expect(provenReceipt(says(2), ours).sure).toEqual({});
  expect(provenReceipt(says(9, 'z'), ours).sure).toEqual({});
  const later = here([[8, 'y']], { ...ours, have: { 'a-0': 8 }, compacted: { 'a-0': 5 } });
  expect(provenReceipt(says(4, 'archived'), later).sure).toEqual({ 'a-0': 4 });
  expect(provenReceipt(says(4, 'z'), later).sure).toEqual({});
});

test('what was known before stays known, and unchanged', () => {
  const first = knownEnds();
  first.add('a-0', 2, 'x');
  const all = knownEnds(first);
  all.add('a-0', 4, 'y');
  all.add('a-0', 2, 'z');
  expect([all.at('a-0', 2), all.before('a-0', 9), all.before('a-0', 4)]).toEqual([
    ['z', 'x'],
    4,
    2,
  ]);
  expect([first.at('a-0', 2), first.before('a-0', 9), first.at('b-0', 1)]).toEqual([['x'], 2, []]);
});

test('a receipt is sound (I8): of two chains, never more than what they share and name is confirmed', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(cuts, cuts, cuts, (shared, mine, theirs) => {
      /** Ends of a chain: those both share, then those of one branch. */
      const chain = (own: readonly number[], name: string) => {
        let to = 0;
        const common = shared.map((n): [number, string] => [(to += n), `shared ${to}`]);
        return [...common, ...own.map((n): [number, string] => [(to += n), `${name} ${to}`])];
      };
      const common = shared.reduce((sum, n) => sum + n, 0);
      const [ours, others] = [chain(mine, 'mine'), chain(theirs, 'theirs')];
      const known = here(ours);
      for (const [to, tip] of others) {
        const { have } = provenReceipt(says(to, tip), known);
        const confirmed = have['a-0'] ?? 0;
        const last = ours.at(-1)?.[0] ?? 0;
        if (to <= common) expect(confirmed).toBe(to);
        // Up to an end of ours the segment that follows is sent, and its link gives the branch away.
        else if (to <= last) expect(confirmed).toBeLessThan(to);
      }
    }),
  );
});
