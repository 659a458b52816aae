import { expect, test } from 'vitest';
import { kindOf } from '../../../../shared/kinds/registry';
import type { Fields } from '../../../../shared/log/change';
import { buildChanges, type Edit } from '../../../../shared/log/changeset';
import { createProjection } from '../../../../shared/projection/projection';
import { candidates } from './candidates';

const record = (kind: string, id: string, fields: Fields): Edit => ({
  do: 'create',
  kind,
  id,
  fields,
});

function found(query: string): readonly string[] {
  const projection = createProjection(kindOf);
  const edits = [
    record('site', 'site', { name: 'Harbour', type: 'main', address: '1 Feeder Road' }),
    record('ci', 'feedA', { name: 'Power feed A', number: 'HQXB-CI-0001', uid: 'P3-PWR-01' }),
    record('ci', 'feedB', { name: 'Power feed B', number: 'HQXB-CI-0002', uid: 'P3-PWR-02' }),
    record('ci', 'spare', { name: 'Spare for power feed B', number: 'HQXB-CI-0003' }),
  ];
  const author = { replica: 'test-1', next: 1, t: [1, 0], by: '' } as const;
  projection.apply(
    buildChanges(edits, projection.get, (kind) => kindOf(kind)?.version ?? 1, author),
    1,
  );
  return candidates(projection, query).map(({ id }) => id);
}

test('the name that was typed comes before one whose number shares a letter with it', () => {
  expect(found('power feed b')).toEqual(['feedB', 'spare', 'feedA']);
});

test('a close match comes first even when a site matches loosely', () => {
  expect(found('p3-pwr-02')).toEqual(['feedB']);
  expect(found('eed')).toEqual(['feedA', 'feedB', 'spare', 'site']);
});

test('without a query the sites are offered', () => {
  expect(found(' ')).toEqual(['site']);
});
