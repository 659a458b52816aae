import { expect, test } from 'vitest';
import { graphOf } from '../impact/graphOf';
import { impactOf } from '../impact/impact';
import { vaultOf } from '../impact/testGraph';
import { kinds } from '../kinds/registry';
import type { Edit } from '../log/changeset';
import { rankPlans } from './rankPlans';

const plan = (id: string, status: string): Edit => ({
  do: 'create',
  kind: 'plan',
  id,
  fields: { name: id, status },
});
const link = (from: string, rel: string, to: string): Edit => ({ do: 'link', from, rel, to });

test('the plan for this loss comes first, then the one that restores most, approved before drafts', () => {
  const vault = vaultOf(
    {
      nodes: { pMain: {}, pOther: {}, sA: {}, sB: {} },
      links: ['sA dependsOn pMain', 'sB dependsOn sA'],
    },
    [
      plan('draft', 'draft'),
      plan('approved', 'approved'),
      plan('both', 'draft'),
      plan('site', 'draft'),
      plan('elsewhere', 'approved'),
      plan('old', 'withdrawn'),
      link('draft', 'restores', 'sA'),
      link('approved', 'restores', 'sA'),
      link('both', 'restores', 'sA'),
      link('both', 'restores', 'sB'),
      link('site', 'covers', 'pMain'),
      link('elsewhere', 'covers', 'pOther'),
      link('old', 'covers', 'pMain'),
    ],
  );
  const ranked = rankPlans(vault, impactOf(graphOf(vault, kinds), ['pMain']));
  expect(ranked.map(({ plan: { id } }) => id)).toEqual([
    'site',
    'both',
    'approved',
    'draft',
    'elsewhere',
  ]);
});
