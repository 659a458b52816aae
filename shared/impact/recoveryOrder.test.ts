import { expect, test } from 'vitest';
import { kinds } from '../kinds/registry';
import { graphOf } from './graphOf';
import { impactOf } from './impact';
import { recoveryOrder } from './recoveryOrder';
import { vaultOf, type Sketch } from './testGraph';

function orderOf(sketch: Sketch, lost: readonly string[]) {
  const vault = vaultOf(sketch);
  return recoveryOrder(impactOf(graphOf(vault, kinds), lost), vault.get);
}

test('a service comes after the affected services it needs, even through items', () => {
  const order = orderOf(
    {
      nodes: {
        pMain: {},
        cDb: { site: 'pMain' },
        sPay: { criticality: 'critical', rto: 60 },
        sLogin: { criticality: 'low', rto: 240 },
        sMail: { criticality: 'high', rto: 30 },
      },
      links: [
        'sPay dependsOn cDb',
        'cDb dependsOn sLogin',
        'sLogin dependsOn pMain',
        'sMail dependsOn pMain',
      ],
    },
    ['pMain'],
  );
  // sLogin is low itself, but the critical sPay waits for it.
  expect(order.map((item) => item.id)).toEqual(['sLogin', 'sPay', 'sMail']);
  expect(order[0]?.slowerThan).toBe('sPay');
  expect(order[1]?.slowerThan).toBeUndefined();
});

test('free services are ordered by criticality, RTO, MTPD', () => {
  const order = orderOf(
    {
      nodes: {
        pMain: {},
        sA: { criticality: 'low', rto: 1 },
        sB: { criticality: 'high', rto: 60, mtpd: 300 },
        sC: { criticality: 'high', rto: 60, mtpd: 200 },
        sD: { criticality: 'high', rto: 30 },
        sE: { criticality: 'critical' },
      },
      links: ['sA', 'sB', 'sC', 'sD', 'sE'].map((id) => `${id} dependsOn pMain`),
    },
    ['pMain'],
  );
  expect(order.map((item) => item.id)).toEqual(['sE', 'sD', 'sC', 'sB', 'sA']);
});

test('services in a circle stand together, most urgent first, and are flagged', () => {
  const order = orderOf(
    {
      nodes: {
        sA: { criticality: 'low' },
        sB: { criticality: 'high' },
        sC: { criticality: 'critical' },
      },
      links: ['sA dependsOn sB', 'sB dependsOn sA', 'sC dependsOn sA'],
    },
    ['sA'],
  );
  expect(order.map((item) => [item.id, item.circular])).toEqual([
    ['sB', true],
    ['sA', true],
    ['sC', false],
  ]);
});
