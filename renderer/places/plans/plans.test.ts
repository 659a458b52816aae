import { expect, test } from 'vitest';
import { kindOf } from '../../../shared/kinds/registry';
import type { Fields } from '../../../shared/log/change';
import { buildChanges, type Edit } from '../../../shared/log/changeset';
import { createProjection, type Projection } from '../../../shared/projection/projection';
import { callLines } from './callTree';
import { backAfter, readNumbers, stepsOf } from './steps';

function projectionOf(edits: readonly Edit[]): Projection {
  const projection = createProjection(kindOf);
  const author = { replica: 'r', next: 1, t: [1, 0], by: 'Chen Wei' } as const;
  projection.apply(
    buildChanges(
      edits,
      () => undefined,
      () => 1,
      author,
    ),
    1,
  );
  return projection;
}

const create = (kind: string, id: string, fields: Fields): Edit => ({
  do: 'create',
  kind,
  id,
  fields: { plan: 'plan', ...fields },
});
const step = (id: string, order: number, fields: Fields = {}) =>
  create('planStep', id, { order, title: id, phase: 'recovery', ...fields });
const after = (from: string, to: string): Edit => ({ do: 'link', from, rel: 'after', to });

test('steps are called by their order and a service is back when its last step ends', () => {
  const plan = stepsOf(
    projectionOf([
      step('a', 10, { duration: 20 }),
      step('b', 20, { duration: 30, restores: 'svc' }),
      step('c', 30, { duration: 5 }),
      after('b', 'a'),
      after('c', 'b'),
    ]),
    'plan',
  );
  expect(plan.steps.map(({ no }) => no)).toEqual([10, 20, 30]);
  expect(plan.path.minutes).toBe(55);
  expect(backAfter(plan, 'svc')).toBe(50);
  expect(backAfter(plan, 'other')).toBeUndefined();
});

test('double orders are replaced by places, so that every number names one step', () => {
  const { steps } = stepsOf(projectionOf([step('a', 1), step('b', 1), step('c', 2)]), 'plan');
  expect(steps.map(({ no }) => no)).toEqual([1, 2, 3]);
});

test('predecessors are typed as numbers in either language and unknown ones are named', () => {
  const { steps } = stepsOf(projectionOf([step('a', 1), step('b', 2), step('c', 3)]), 'plan');
  expect(readNumbers(steps, '1, 2')).toEqual({ ids: ['a', 'b'], unknown: undefined });
  expect(readNumbers(steps, '1、3 3')).toEqual({ ids: ['a', 'c'], unknown: undefined });
  expect(readNumbers(steps, '')).toEqual({ ids: [], unknown: undefined });
  expect(readNumbers(steps, '1, 9').unknown).toBe('9');
});

test('everybody of the call tree is listed once, also those who call each other in a circle', () => {
  const node = (id: string, order: number, calledBy?: string) =>
    create('callNode', id, { order, role: id, ...(calledBy ? { calledBy } : {}) });
  const projection = projectionOf([
    node('leader', 1),
    node('network', 3, 'leader'),
    node('switches', 4, 'network'),
    node('security', 2, 'leader'),
    node('x', 5, 'y'),
    node('y', 6, 'x'),
    node('orphan', 7, 'gone'),
  ]);
  expect(callLines(projection, 'plan').map(({ node: { id }, depth }) => `${depth} ${id}`)).toEqual([
    '0 leader',
    '1 security',
    '1 network',
    '2 switches',
    '0 orphan',
    '0 x',
    '1 y',
  ]);
});
