import { expect, test } from 'vitest';
import { kinds } from '../kinds/registry';
import { kindOf } from '../kinds/registry';
import type { Edit } from '../log/changeset';
import { buildChanges } from '../log/changeset';
import type { Fields } from '../log/change';
import { createProjection } from '../projection/projection';
import { extractRecords } from './scope';
import type { Scope } from './manifest';

const ALL: Scope = { kinds: null, sites: null, withoutPrivate: true };

/** Two sites; a plan for one of them with a call tree; people; a CI on a rack at the other one. */
function world() {
  const projection = createProjection(kindOf);
  let at = 0;
  const write = (edits: readonly Edit[]) => {
    const changes = buildChanges(
      edits,
      (id) => projection.get(id),
      (kind) => kindOf(kind)?.version ?? 1,
      {
        replica: 'hq-0',
        next: (projection.have()['hq-0'] ?? 0) + 1,
        t: [++at, 0],
        by: 'x',
        why: undefined,
      },
    );
    projection.apply(changes, 1e6);
  };
  const create = (kind: string, id: string, fields: Fields): Edit => ({
    do: 'create',
    kind,
    id,
    fields,
  });
  write([
    create('site', 'harbour', { name: 'Harbour' }),
    create('site', 'hill', { name: 'Hill' }),
    create('plan', 'plan1', { name: 'Loss of Harbour' }),
    create('plan', 'plan2', { name: 'Loss of mail' }),
    create('callNode', 'node1', { plan: 'plan1', person: 'anna', role: 'Lead' }),
    create('person', 'anna', {
      name: 'Anna',
      mobile: '+1 555 0100',
      homePhone: '+1 555 0101',
      address: 'Quay 1',
      site: 'hill',
    }),
    create('person', 'ben', { name: 'Ben', site: 'hill', email: 'ben@example.org' }),
    create('person', 'cleo', {
      name: 'Cleo',
      site: 'harbour',
      confidential: true,
      mobile: '+1 555 0102',
      email: 'cleo@example.org',
    }),
    create('ci', 'switch', { name: 'Switch', site: 'hill' }),
    create('drill', 'drill1', { name: 'Autumn drill', mode: 'drill', site: 'harbour' }),
    { do: 'link', from: 'plan1', rel: 'covers', to: 'harbour' },
    { do: 'link', from: 'plan2', rel: 'covers', to: 'switch' },
  ]);
  return projection;
}

const run = (scope: Partial<Scope>, projection = world()) =>
  extractRecords({ projection, kinds, scope: { ...ALL, ...scope }, siteKind: 'site' });
const ids = (scope: Partial<Scope>) =>
  run(scope)
    .map(({ id }) => id)
    .toSorted();
const fieldsOf = (scope: Partial<Scope>, id: string) =>
  run(scope).find((record) => record.id === id)?.f;

test('parts go with the kind they belong to, and a relation only with both its ends', () => {
  expect(ids({ kinds: ['plan', 'site'] })).toEqual([
    'harbour',
    'hill',
    'node1',
    'plan1',
    'plan1|covers|harbour',
    'plan2',
  ]);
});

test('a site brings what names it, the parts of that and what these refer to, and nothing else', () => {
  expect(ids({ sites: ['harbour'] })).toEqual([
    'anna',
    'cleo',
    'drill1',
    'harbour',
    // Anna lies at the other site, and is there because the call tree names her.
    'node1',
    'plan1',
    'plan1|covers|harbour',
  ]);
});

test('the chosen sites go along by themselves, and no other site with them', () => {
  expect(ids({ kinds: ['plan'], sites: ['harbour'] })).toEqual([
    'harbour',
    'node1',
    'plan1',
    'plan1|covers|harbour',
  ]);
});

test('a field that names a record left out is left out with it', () => {
  expect(fieldsOf({ kinds: ['plan'] }, 'node1')).toEqual({ plan: 'plan1', role: 'Lead' });
  expect(fieldsOf({ sites: ['harbour'] }, 'anna')).not.toHaveProperty('site');
});

test('private numbers and addresses stay here, and every number of a confidential person', () => {
  const anna = fieldsOf({ kinds: ['person'] }, 'anna');
  expect(anna).toMatchObject({ name: 'Anna', mobile: '+1 555 0100' });
  expect(anna).not.toHaveProperty('homePhone');
  expect(anna).not.toHaveProperty('address');
  const cleo = fieldsOf({ kinds: ['person'] }, 'cleo');
  expect(cleo).not.toHaveProperty('mobile');
  expect(cleo).not.toHaveProperty('email');
  expect(fieldsOf({ kinds: ['person'], withoutPrivate: false }, 'anna')).toHaveProperty(
    'homePhone',
  );
  expect(fieldsOf({ kinds: ['person'], withoutPrivate: false }, 'cleo')).toHaveProperty('mobile');
});

test('devices, approvals and frozen structures never go', () => {
  const there = new Set(run({}).map(({ k }) => k));
  expect(there.has('device')).toBe(false);
  expect(there.has('approval')).toBe(false);
  for (const { k, f } of run({ withoutPrivate: false })) {
    for (const name of Object.keys(f)) expect(kindOf(k)?.fields[name]?.type).not.toBe('json');
  }
});
