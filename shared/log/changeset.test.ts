import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import { createProjection } from '../projection/projection';
import { DELETED, linkId } from './change';
import { buildChanges, type Edit } from './changeset';
import { conflictsOf, deletion } from './record';

function vault(replica = 'a-1') {
  const projection = createProjection(kindOf);
  const build = (...edits: readonly Edit[]) =>
    buildChanges(edits, projection.get, () => 1, {
      replica,
      next: (projection.have()[replica] ?? 0) + 1,
      t: [1000 + projection.version(), 0],
      by: 'Li Wei',
      why: { op: 'import', label: 'list.csv' },
    });
  const commit = (...edits: readonly Edit[]) => {
    const changes = build(...edits);
    projection.apply(changes, 0);
    return changes;
  };
  return { projection, build, commit };
}

const site: Edit = { do: 'create', kind: 'site', id: 's', fields: { name: 'Main', code: null } };
const ends = { from: 'c', rel: 'locatedIn', to: 's' } as const;

test('changeset: a new record has one change without empty values and without overwritten dots', () => {
  const [change, ...rest] = vault().build(site);
  expect(rest).toEqual([]);
  expect(change).toMatchObject({ r: 'a-1', s: 1, k: 'site', id: 's', f: { name: 'Main' } });
  expect(change).toMatchObject({ by: 'Li Wei', why: { op: 'import', label: 'list.csv' } });
  expect(change?.f).not.toHaveProperty('code');
  expect(change).not.toHaveProperty('o');
  expect(change).not.toHaveProperty('g');
});

test('changeset: only what differs is written, and it names the heads it replaces', () => {
  const { build, commit } = vault();
  commit(site);
  expect(build({ do: 'set', id: 's', fields: { name: 'Main' } })).toEqual([]);
  const [change] = build({ do: 'set', id: 's', fields: { name: 'Harbour', phone: '555' } });
  expect(change?.f).toEqual({ name: 'Harbour', phone: '555' });
  expect(change?.o).toEqual({ name: ['a-1:1'] });
});

test('changeset: writing the value shown resolves a conflict', () => {
  const here = vault('a-1');
  const there = vault('b-1');
  there.projection.apply(here.commit(site), 0);
  const mine = here.commit({ do: 'set', id: 's', fields: { name: 'North' } });
  here.projection.apply(there.commit({ do: 'set', id: 's', fields: { name: 'South' } }), 0);
  there.projection.apply(mine, 0);
  expect(here.projection.conflicts()).toContain('s');
  const shown = here.projection.get('s')?.values.name ?? null;
  const [change] = here.commit({ do: 'set', id: 's', fields: { name: shown } });
  expect(change?.o?.name?.toSorted()).toEqual(['a-1:2', 'b-1:1']);
  expect(here.projection.conflicts().size).toBe(0);
});

test('changeset: changes of one commit share its first sequence', () => {
  const changes = vault().build(site, { ...site, id: 't' });
  expect(changes.map(({ s, g }) => [s, g])).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test('changeset: a link added twice is one link; unlinked and linked again it is back', () => {
  const { projection, build, commit } = vault();
  commit(site, { do: 'link', ...ends });
  expect(build({ do: 'link', ...ends })).toEqual([]);
  commit({ do: 'unlink', ...ends });
  const id = linkId('c', 'locatedIn', 's');
  expect(projection.visible(id)).toBeUndefined();
  commit({ do: 'link', ...ends });
  expect(projection.visible(id)?.values[DELETED]).toBeNull();
  expect(conflictsOf(projection.get(id) ?? never())).toEqual([]);
});

test('changeset: within one commit the later edit wins', () => {
  const { projection, build, commit } = vault();
  expect(build(site, { do: 'delete', id: 's' })).toEqual([]);
  expect(build({ do: 'link', ...ends }, { do: 'unlink', ...ends })).toEqual([]);
  commit(site, { do: 'link', ...ends });
  expect(build({ do: 'unlink', ...ends }, { do: 'link', ...ends })).toEqual([]);
  expect(build({ do: 'delete', id: 's' }, { do: 'restore', id: 's' })).toEqual([]);
  commit({ do: 'set', id: 's', fields: { name: 'Last words' } }, { do: 'delete', id: 's' });
  expect(deletion(projection.get('s') ?? never())).toBe('deleted');
});

test('changeset: edits of records that do not exist are left out', () => {
  expect(
    vault().build(
      { do: 'set', id: 'x', fields: { name: 'y' } },
      { do: 'restore', id: 'x' },
      { do: 'unlink', ...ends },
    ),
  ).toEqual([]);
});

function never(): never {
  throw new Error('the record exists');
}
