import { expect, test } from 'vitest';
import { kinds, kindOf, partsOf } from '../kinds/registry';
import type { Fields } from '../log/change';
import { createProjection } from '../projection/projection';
import { apartOf, type Apart } from './apart';
import { findDuplicates, mayRepeat, originOf, type DuplicateGroup } from './duplicates';

type Row = readonly [id: string, replica: string, fields: Fields];

function suggested(name: string, rows: readonly Row[], apart: Apart = apartOf([])) {
  const projection = createProjection(kindOf);
  const next = new Map<string, number>();
  for (const [id, r, f] of rows) {
    const s = (next.get(r) ?? 0) + 1;
    next.set(r, s);
    projection.apply([{ r, s, t: [s, 0], by: 'A', k: name, kv: 1, id, f }], 1e12);
  }
  const kind = kindOf(name);
  if (!kind) throw new Error(name);
  const steps = findDuplicates(kind, projection.records(name), apart);
  for (;;) {
    const step = steps.next();
    if (step.done) return { groups: step.value, projection };
  }
}
const brief = (groups: readonly DuplicateGroup[]) =>
  groups.map(({ fields, ids }) => [fields.join(), ids.join()]);

test('suggests what two devices entered under one name, whatever its case, width and blanks', () => {
  const { groups } = suggested('person', [
    ['p1', 'hq-0', { name: 'Li Na', email: 'li@x.org' }],
    ['p2', 'hb-0', { name: ' li  ＮＡ', email: 'LI@x.org' }],
    ['p3', 'hb-0', { name: 'Wang' }],
  ]);
  expect(brief(groups)).toEqual([['name,email', 'p1,p2']]);
});

test('what one device entered twice it meant twice, also in a later epoch of its database', () => {
  const { groups, projection } = suggested('ci', [
    ['c1', 'hq-0', { name: 'switch' }],
    ['c2', 'hq-0', { name: 'switch' }],
    ['c3', 'hq-1', { name: 'switch' }],
  ]);
  expect(groups).toEqual([]);
  expect(projection.records('ci').map(originOf)).toEqual(['hq', 'hq', 'hq']);
});

test('two serial numbers that differ are two things under one name', () => {
  const { groups } = suggested('ci', [
    ['c1', 'hq-0', { name: 'switch', uid: 'A1' }],
    ['c2', 'hb-0', { name: 'switch', uid: 'B2' }],
    ['c3', 'hb-0', { name: 'switch' }],
  ]);
  expect(brief(groups)).toEqual([['name', 'c1,c3']]);
});

test('what somebody found to be different is not suggested again, but a newcomer is', () => {
  const rows: Row[] = [
    ['c1', 'hq-0', { name: 'switch' }],
    ['c2', 'hb-0', { name: 'switch' }],
  ];
  const { projection } = suggested('distinct', [['d1', 'hq-0', { records: ['c2', 'c1'] }]]);
  const apart = apartOf(projection.records('distinct'));
  expect(suggested('ci', rows, apart).groups).toEqual([]);
  rows.push(['c3', 'la-0', { name: 'switch' }]);
  expect(brief(suggested('ci', rows, apart).groups)).toEqual([['name', 'c1,c2,c3']]);
});

test('parts, logs and what has a log are never suggested', () => {
  const names = kinds.filter((kind) => mayRepeat(kind, partsOf(kind.name))).map(({ name }) => name);
  expect(names).toEqual(
    'plan service sla ci ciClass site person organisation change document'.split(' '),
  );
});

test('a hundred thousand records are looked through in slices', () => {
  const projection = createProjection(kindOf);
  const changes = Array.from({ length: 100_000 }, (_, i) => {
    const r = i % 2 ? 'hq-0' : 'hb-0';
    const f = { name: `switch ${Math.floor(i / 2) % 49_999}` };
    return { r, s: (i >> 1) + 1, t: [i, 0] as const, by: 'A', k: 'ci', kv: 1, id: `c${i}`, f };
  });
  projection.apply(changes, 1e12);
  const kind = kindOf('ci');
  if (!kind) throw new Error('ci');
  const steps = findDuplicates(kind, projection.records('ci'), apartOf([]));
  let slices = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) slices++;
  expect(slices).toBeGreaterThan(50);
  expect(step.value).toHaveLength(49_999);
});
