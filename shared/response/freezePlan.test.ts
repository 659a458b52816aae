import { expect, test } from 'vitest';
import { graphOf } from '../impact/graphOf';
import { impactOf } from '../impact/impact';
import { vaultOf } from '../impact/testGraph';
import { kinds } from '../kinds/registry';
import type { Value } from '../log/change';
import type { Edit } from '../log/changeset';
import { freezePlan, frozenValue } from './freezePlan';
import { readFrozen } from './readFrozen';

const create = (kind: string, id: string, fields: Record<string, Value>): Edit => ({
  do: 'create',
  kind,
  id,
  fields,
});

const vault = vaultOf(
  { nodes: { pMain: {}, sPay: { rto: 60, mtpd: 240 } }, links: ['sPay dependsOn pMain'] },
  [
    create('plan', 'plan', { name: 'Main site', number: 'HQ-PLAN-0001', revision: '4' }),
    create('planSection', 'sec', { plan: 'plan', title: 'Purpose', topic: 'other', body: 'Text' }),
    create('person', 'ann', { name: 'Ann', mobile: ' 555-0101 ', lastVerified: '2026-01-02' }),
    create('person', 'bo', { name: 'Bo', workPhone: '555-0102' }),
    create('planStep', 'two', { plan: 'plan', order: 2, title: 'Two', restores: 'sPay' }),
    create('planStep', 'one', { plan: 'plan', order: 1, title: 'One', owner: 'ann', duration: 5 }),
    create('callNode', 'call', { plan: 'plan', role: 'Lead', person: 'ann', deputy: 'bo' }),
    { do: 'link', from: 'two', rel: 'after', to: 'one' },
  ],
);
const impact = impactOf(graphOf(vault, kinds), ['pMain']);
const input = { planId: 'plan', lost: ['pMain'], impact, lostAt: 7 };

test('the snapshot holds the plan, people, phones and targets as they stand', () => {
  const frozen = freezePlan(vault, input);
  expect(frozen.plan).toMatchObject({ name: 'Main site', number: 'HQ-PLAN-0001', revision: '4' });
  expect(frozen.steps.map(({ no, title, after }) => [no, title, after])).toEqual([
    [1, 'One', []],
    [2, 'Two', ['one']],
  ]);
  expect(frozen.steps[0]?.owner?.phones).toEqual([{ type: 'mobile', number: '555-0101' }]);
  expect(frozen.calls[0]).toMatchObject({
    person: { name: 'Ann' },
    deputy: { name: 'Bo' },
    lastVerified: '2026-01-02',
  });
  expect(frozen.services).toMatchObject([{ id: 'sPay', rto: 60, mtpd: 240, rpo: null }]);
  expect(frozen.lost).toEqual([{ id: 'pMain', name: 'pMain', kind: 'site' }]);
});

test('the snapshot survives JSON and comes back the same', () => {
  const frozen = freezePlan(vault, input);
  expect(readFrozen(JSON.parse(JSON.stringify(frozenValue(frozen))) as Value)).toEqual(frozen);
});

test('without a plan a run has clocks and a log', () => {
  const frozen = freezePlan(vault, { ...input, planId: undefined });
  expect(frozen).toMatchObject({ plan: null, steps: [], calls: [] });
  expect(frozen.services).toHaveLength(1);
});

test('a snapshot of the wrong shape is read as far as it goes', () => {
  expect(readFrozen(null)).toBeUndefined();
  expect(readFrozen({ v: 2 })).toBeUndefined();
  expect(readFrozen({ v: 1, steps: [1, null, { id: 5, after: 'x' }], plan: [] })).toMatchObject({
    steps: [{ id: '', after: [], mode: 'both', minutes: null }],
    plan: null,
    services: [],
  });
});
