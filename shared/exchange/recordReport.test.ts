import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import type { Change } from '../log/change';
import { createProjection } from '../projection/projection';
import { beginDryRun } from './recordReport';

const change = (s: number, id: string, name: string): Change => ({
  r: 'a-0',
  s,
  t: [1_700_000_000_000 + s, 0],
  by: 'x',
  k: 'ci',
  kv: 1,
  id,
  f: { name },
  ...(s > 1 && id === 'one' && { o: { name: ['a-0:1'] } }),
});

test('a dry run that failed halfway is of nothing, and is not taken over', () => {
  const projection = createProjection(kindOf);
  projection.apply([change(1, 'one', 'old')], 0);
  const [first, second] = [
    [change(2, 'two', 'x'), change(3, 'one', 'new')],
    [change(4, 'four', 'y')],
  ];
  let damaged = true;
  const get: typeof projection.get = (id) => {
    if (damaged && id === 'one') throw new Error('a damaged part of the disk');
    return projection.get(id);
  };
  const run = beginDryRun({ ...projection, get }, kindOf);
  expect(() => run.add(first)).toThrow('damaged');
  damaged = false;
  run.add(second);
  expect(run.isOf([...first, ...second])).toBe(false);
  expect(run.isOf(second)).toBe(false);

  const whole = beginDryRun(projection, kindOf);
  whole.add(first);
  whole.add(second);
  expect(whole.isOf([...first, ...second])).toBe(true);
  projection.apply([...first, ...second], 0, whole);
  expect(projection.have()).toEqual({ 'a-0': 4 });
});
