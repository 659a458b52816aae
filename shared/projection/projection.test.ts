import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import { planStep } from '../kinds/planStep';
import { linkId, type Fields } from '../log/change';
import { buildChanges, type Edit } from '../log/changeset';
import { createNumbers } from './numbers';
import type { RecordState } from '../log/record';
import { createProjection, type Projection, type Touched } from './projection';

function vault(replica = 'a-1') {
  const projection = createProjection(kindOf);
  const commit = (...edits: readonly Edit[]) => {
    const changes = buildChanges(edits, projection.get, () => 1, {
      replica,
      next: (projection.have()[replica] ?? 0) + 1,
      t: [1000, 0],
      by: 'x',
    });
    projection.apply(changes, 1000);
    return changes;
  };
  return { projection, commit };
}

const create = (kind: string, id: string, fields = { name: id } as Fields): Edit => ({
  do: 'create',
  kind,
  id,
  fields,
});
const ids = (states: readonly { readonly id: string }[]) => states.map(({ id }) => id).toSorted();
const links = (projection: Projection) => [
  ids(projection.linksFrom('c')),
  ids(projection.linksTo('s', 'locatedIn')),
];
const ends = { from: 'c', rel: 'locatedIn', to: 's' } as const;
const id = linkId('c', 'locatedIn', 's');

test('references: a link is seen from both ends, and not while one end is deleted', () => {
  const { projection, commit } = vault();
  commit(create('ci', 'c'), create('site', 's'), { do: 'link', ...ends });
  expect(links(projection)).toEqual([[id], [id]]);
  expect(projection.linksFrom('c', 'runsOn')).toEqual([]);
  commit({ do: 'delete', id: 's' });
  expect(links(projection)).toEqual([[], [id]]);
  commit({ do: 'restore', id: 's' }, { do: 'unlink', ...ends });
  expect(links(projection)).toEqual([[], []]);
});

test('references: a link whose removal and return came before the link itself is found', () => {
  const here = vault('a-1');
  const there = vault('b-1');
  const made = here.commit(create('ci', 'c'), create('site', 's'), { do: 'link', ...ends });
  there.projection.apply(made, 0);
  const removed = there.commit({ do: 'unlink', ...ends });
  const back = there.commit({ do: 'link', ...ends });
  const { projection } = vault('c-1');
  projection.apply([...removed, ...back, ...made], 0);
  expect(links(projection)).toEqual([[id], [id]]);
});

test('references: two sites that each add a link have both', () => {
  const here = vault('a-1');
  const there = vault('b-1');
  there.projection.apply(here.commit(create('ci', 'c'), create('site', 's')), 0);
  const mine = here.commit({ do: 'link', ...ends });
  const theirs = there.commit(create('site', 't'), { do: 'link', ...ends, to: 't' });
  const same = there.commit({ do: 'link', ...ends });
  here.projection.apply([...theirs, ...same], 0);
  there.projection.apply(mine, 0);
  for (const { projection } of [here, there]) {
    expect(ids(projection.linksFrom('c'))).toEqual([id, linkId('c', 'locatedIn', 't')]);
    expect(projection.conflicts().size).toBe(0);
  }
});

test('references: referrers follow a ref field when it changes, is cleared or its record deleted', () => {
  const { projection, commit } = vault();
  commit(create('ci', 'c', { site: 's' }), create('site', 's'), create('site', 't'));
  expect(projection.referrers('s')).toEqual([{ id: 'c', field: 'site' }]);
  commit({ do: 'set', id: 'c', fields: { site: 't' } });
  expect([projection.referrers('s'), ids(projection.referrers('t'))]).toEqual([[], ['c']]);
  commit({ do: 'delete', id: 'c' });
  expect(projection.referrers('t')).toEqual([]);
  commit({ do: 'restore', id: 'c' }, { do: 'set', id: 'c', fields: { site: null } });
  expect(projection.referrers('t')).toEqual([]);
});

test('projection: parts come in the order of their kind', () => {
  const { projection, commit } = vault();
  commit(
    create('plan', 'p'),
    create('planStep', 'z', { plan: 'p', order: 1 }),
    create('planStep', 'b', { plan: 'p' }),
    create('planStep', 'a', { plan: 'p', order: 2 }),
    create('planStep', 'other', { plan: 'q', order: 0 }),
    create('callNode', 'n', { plan: 'p' }),
  );
  expect(projection.parts('p', planStep).map((part) => part.id)).toEqual(['z', 'a', 'b']);
});

test('projection: lists of a kind follow deletion and restoration', () => {
  const { projection, commit } = vault();
  commit(create('site', 's'), create('site', 't'));
  expect(ids(projection.records('site'))).toEqual(['s', 't']);
  commit({ do: 'delete', id: 's' });
  expect(ids(projection.records('site'))).toEqual(['t']);
  expect(ids(projection.deleted('site'))).toEqual(['s']);
  commit({ do: 'restore', id: 's' });
  expect(ids(projection.records('site'))).toEqual(['s', 't']);
  expect(projection.records('unheardOf')).toEqual([]);
});

test('projection: listeners hear which records were touched, until they unsubscribe', () => {
  const { projection, commit } = vault();
  const heard: Touched[] = [];
  const stop = projection.subscribe((touched) => heard.push(touched));
  const changes = commit(create('ci', 'c'), { do: 'link', ...ends });
  expect(heard.map((touched) => [...touched])).toEqual([['c', id]]);
  projection.apply(changes, 0);
  stop();
  commit(create('site', 's'));
  expect(heard).toHaveLength(1);
});

test('projection: kinds of a newer release are kept though nothing is known of them', () => {
  const { projection, commit } = vault();
  commit(create('riskOfTomorrow', 'x', { name: 'n' }));
  expect(projection.visible('x')?.values).toEqual({ name: 'n' });
  expect(ids(projection.records('riskOfTomorrow'))).toEqual(['x']);
});

test('I7: a change after a hole is refused', () => {
  const { projection, commit } = vault();
  const [change] = commit(create('site', 's'));
  if (!change) throw new Error('one change');
  expect(() => projection.apply([{ ...change, s: 3 }], 0)).toThrow('hole before a-1:3');
  expect(projection.have()).toEqual({ 'a-1': 1 });
});

test('numbers: each prefix and kind counts for itself and never backwards', () => {
  const numbers = createNumbers();
  for (const value of ['HQ7K-CI-0041', 'HQ7K-CI-0007', 'HB1-CI-0100', 'free text', null, 12]) {
    numbers.note(value);
  }
  expect(numbers.next('HQ7K', 'CI')).toBe('HQ7K-CI-0042');
  expect(numbers.next('HB1', 'CI')).toBe('HB1-CI-0101');
  expect(numbers.next('HQ7K', 'SVC')).toBe('HQ7K-SVC-0001');
  numbers.note('HQ7K-CI-99999999999999999999');
  expect(numbers.next('HQ7K', 'CI')).toBe('HQ7K-CI-0042');
});

test('numbers: one that lost a conflict is not given out again', () => {
  const { projection, commit } = vault();
  const [mine] = commit(create('ci', 'c', { number: 'HQ7K-CI-0009' }));
  if (!mine) throw new Error('one change');
  const other = createProjection(kindOf);
  other.apply([mine, { ...mine, r: 'b-1', t: [2000, 0], f: { number: 'HB1-CI-0001' } }], 0);
  expect(other.nextNumber('HQ7K', 'CI')).toBe('HQ7K-CI-0010');
  expect(projection.nextNumber('HQ7K', 'CI')).toBe('HQ7K-CI-0010');
});

test('lists: the array of a kind is the same one until a record of the kind changes', () => {
  const { projection, commit } = vault();
  commit(create('ci', 'a'), create('ci', 'b'), create('site', 's'));
  const before = projection.records('ci');
  commit({ do: 'set', id: 's', fields: { name: 'Pier' } });
  expect(projection.records('ci')).toBe(before);
  commit({ do: 'set', id: 'a', fields: { name: 'Router' } });
  expect(projection.records('ci')).not.toBe(before);
  expect(before.map((state) => state.values.name)).toEqual(['a', 'b']);
});

/** Records work some of it out when they are asked. */
const shown = ({ id, kind, values, heads, dots }: RecordState) => ({
  id,
  kind,
  values,
  heads,
  dots,
});

test('lists: kept up edit by edit they are what listing anew gives, in the same order', () => {
  const edit = fc.tuple(fc.constantFrom('set', 'delete', 'restore', 'create'), fc.nat(59));
  fc.assert(
    fc.property(fc.array(fc.array(edit, { maxLength: 50 }), { maxLength: 12 }), (batches) => {
      const { projection, commit } = vault();
      const log = commit(...Array.from({ length: 40 }, (_, i) => create('ci', `r${i}`)));
      for (const [turn, batch] of batches.entries()) {
        log.push(
          ...commit(
            ...batch.map(([what, i]): Edit => {
              if (what === 'create') return create('ci', `r${i}`, { name: `${turn}` });
              if (what === 'set') return { do: 'set', id: `r${i}`, fields: { notes: `${turn}` } };
              return { do: what, id: `r${i}` };
            }),
          ),
        );
        // Asked after every batch here, never before the end there.
        expect(projection.records('ci').length + projection.deleted('ci').length).toBe(
          [...projection.all()].length,
        );
      }
      const anew = createProjection(kindOf);
      anew.apply(log, 1000);
      expect(projection.records('ci').map(shown)).toEqual(anew.records('ci').map(shown));
      expect(projection.deleted('ci').map(shown)).toEqual(anew.deleted('ci').map(shown));
    }),
  );
});
