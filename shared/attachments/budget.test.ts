import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import { buildChanges, type Edit } from '../log/changeset';
import { createProjection } from '../projection/projection';
import { candidatesFor, chooseWithin, leaveNothing, type Candidate } from './budget';

const DAY = 24 * 60 * 60 * 1000;
const shaOf = (n: number) => n.toString(16).padStart(64, '0');

const candidate: fc.Arbitrary<Candidate> = fc.record({
  sha256: fc.integer({ min: 0, max: 1e9 }).map(shaOf),
  size: fc.integer({ min: 1, max: 1000 }),
  name: fc.constant('x'),
  group: fc.constantFrom('picture', 'document', 'other'),
  record: fc.constantFrom('r1', 'r2'),
  kind: fc.constantFrom('site', 'ci'),
  at: fc.integer({ min: 0, max: 10 * DAY }),
  wanted: fc.boolean(),
});
const some = fc.uniqueArray(candidate, { selector: (one) => one.sha256, maxLength: 30 });

const one = (n: number, fields: Partial<Candidate> = {}): Candidate => ({
  sha256: shaOf(n),
  size: 10,
  name: `${n}`,
  group: 'picture',
  record: 'r1',
  kind: 'site',
  at: 0,
  wanted: false,
  ...fields,
});
const names = (list: readonly Candidate[]) => list.map(({ name }) => name);

describe('what goes into a file', () => {
  test('never weighs more than the budget, and what stays carries its reason', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 8000 }), (all, budget) => {
        const { go, left, total } = chooseWithin(all, budget);
        expect(total).toBeLessThanOrEqual(budget);
        expect(total).toBe(go.reduce((sum, { size }) => sum + size, 0));
        expect([...go, ...left.map((l) => l.candidate)].toSorted(bySha)).toEqual(
          all.toSorted(bySha),
        );
        // Nothing stays for want of room that would still fit.
        for (const { candidate } of left) expect(total + candidate.size).toBeGreaterThan(budget);
      }),
    );
  });

  test('does not depend on the order in which it was found', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 8000 }), (all, budget) => {
        expect(chooseWithin(all.toReversed(), budget)).toEqual(chooseWithin(all, budget));
      }),
    );
  });

  test('is what was asked for, then the newest day, then the smallest', () => {
    const all = [
      one(1, { at: 5 * DAY, size: 30 }),
      one(2, { at: 5 * DAY + 1, size: 40 }),
      one(3, { at: 9 * DAY, size: 50 }),
      one(4, { at: 0, size: 60, wanted: true }),
    ];
    expect(names(chooseWithin(all, 1000).go)).toEqual(['4', '3', '1', '2']);
    // The third does not fit, the next one does.
    expect(names(chooseWithin(all, 140).go)).toEqual(['4', '3', '1']);
    expect(names(chooseWithin(all, 100).go)).toEqual(['4', '1']);
  });

  test('leaves out what a person leaves out, asked for or not', () => {
    const all = [
      one(1, { group: 'other', wanted: true }),
      one(2, { record: 'r2', kind: 'ci' }),
      one(3, { kind: 'plan' }),
      one(4, { at: 1 }),
      one(5, { at: 2 * DAY }),
    ];
    const { go, left } = chooseWithin(all, 1000, {
      groups: ['other'],
      kinds: ['plan'],
      records: ['r2'],
      before: DAY,
    });
    expect(names(go)).toEqual(['5']);
    expect(left.map(({ candidate, reason }) => `${candidate.name} ${reason}`).toSorted()).toEqual([
      '1 type',
      '2 record',
      '3 record',
      '4 age',
    ]);
    expect(chooseWithin(all, 1000, leaveNothing).left).toEqual([]);
  });
});

const bySha = (a: Candidate, b: Candidate) => (a.sha256 < b.sha256 ? -1 : 1);

describe('what may go to a receiver', () => {
  const projection = createProjection(kindOf);
  const add = (id: string, n: number, next: number) => {
    const fields = { of: 'site1', name: id, type: 'image/png', size: n, sha256: shaOf(n) };
    const edit: Edit = { do: 'create', kind: 'attachment', id, fields };
    const author = { replica: 'a-0', next, t: [next, 0], by: 'A' } as const;
    projection.apply(
      buildChanges(
        [edit],
        (x) => projection.get(x),
        () => 1,
        author,
      ),
      next,
    );
  };
  add('first', 1, 1);
  add('second', 2, 2);
  add('copyOfFirst', 1, 3);
  const all = () => true;
  const found = (have: number, wants: readonly number[], here = all as (sha: string) => boolean) =>
    candidatesFor(projection, { have: have ? { 'a-0': have } : {}, wants: wants.map(shaOf) }, here)
      .map(({ sha256, wanted }) => `${Number.parseInt(sha256, 16)}${wanted ? ' wanted' : ''}`)
      .toSorted();

  test('is everything for a new laptop, once each', () => {
    expect(found(0, [])).toEqual(['1', '2']);
  });

  test('is what it has not confirmed; bytes it has under another record do not go again', () => {
    expect(found(1, [])).toEqual(['2']);
    expect(found(3, [])).toEqual([]);
  });

  test('is what it asks for although it has the record, as far as it is here', () => {
    expect(found(3, [1, 9])).toEqual(['1 wanted']);
    expect(found(3, [1, 2], (sha256) => sha256 !== shaOf(1))).toEqual(['2 wanted']);
  });

  test('is not sent again because a caption was changed', () => {
    const author = { replica: 'b-0', next: 1, t: [9, 0], by: 'B' } as const;
    const edit: Edit = { do: 'set', id: 'second', fields: { caption: 'Rack 4' } };
    projection.apply(
      buildChanges(
        [edit],
        (x) => projection.get(x),
        () => 1,
        author,
      ),
      9,
    );
    expect(found(3, [])).toEqual([]);
  });
});
