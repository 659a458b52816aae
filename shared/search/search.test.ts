import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { kindOf } from '../kinds/registry';
import type { Change, Fields } from '../log/change';
import { buildChanges, type Edit } from '../log/changeset';
import { createProjection, type Projection } from '../projection/projection';
import { compareEntries, createEntryMaker, type Entry } from './entry';
import { normalise, wordsOf } from './normalise';
import { rankEntry } from './score';
import { createSearch, type FindOptions, type Found, type Search } from './search';

/** Many runs; a busy machine takes its time. */
vi.setConfig({ testTimeout: 60_000 });

interface Bench {
  readonly projection: Projection;
  readonly search: Search;
  edit(...edits: readonly Edit[]): void;
}

function setUp(): Bench {
  const projection = createProjection(kindOf);
  const search = createSearch(projection, kindOf);
  let next = 1;
  return {
    projection,
    search,
    edit(...edits) {
      const author = { replica: 'a-1', next, t: [next, 0] as const, by: 'Li Wei' };
      const changes = buildChanges(edits, projection.get, () => 1, author);
      next += changes.length;
      projection.apply(changes, next);
    },
  };
}

const create = (id: string, kind: string, fields: Fields): Edit => ({
  do: 'create',
  id,
  kind,
  fields,
});

const ids = (found: Found) => found.hits.map((hit) => hit.id);

function warmUp(search: Search, steps?: number): void {
  while (!search.warm(steps));
}

/** What the search must answer, computed from nothing but the records as they are. */
function scan(projection: Projection, query: string, options: FindOptions = {}): Found {
  const entryOf = createEntryMaker(kindOf);
  const words = wordsOf(query);
  const wanted = [...(options.kind ? [options.kind] : []), ...(options.kinds ?? [])];
  const found = [...projection.all()]
    .map((state) => projection.visible(state.id))
    .map((state) => state && entryOf(state))
    .filter((entry): entry is Entry => entry !== undefined && words.length > 0)
    .filter((entry) => wanted.length === 0 || wanted.includes(entry.layout.kind))
    .filter((entry) => words.every((word) => entry.text.includes(word)))
    .map((entry) => ({ entry, ...rankEntry(entry, words) }))
    .toSorted((a, b) => b.score - a.score || compareEntries(a.entry, b.entry));
  return {
    hits: found.slice(0, options.limit ?? 50).map(({ entry, score, field }) => ({
      id: entry.id,
      score,
      field: entry.layout.fields[field] ?? '',
    })),
    total: found.length,
  };
}

const letters = fc.constantFrom(...'aAbB1- 中站电é/ＡＢ'.split(''), 'ﬁ', '𠮷', '\n');
const words = fc.string({ unit: letters, maxLength: 12 });
const queries = fc.string({ unit: letters, minLength: 1, maxLength: 5 });
const recordIds = fc.integer({ min: 0, max: 20 }).map((n) => `r${n}`);
const kinds = fc.constantFrom('ci', 'service', 'person', 'planStep', 'document');
const steps = fc.oneof(
  fc.record({ do: fc.constant('warm'), steps: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('warmUp') }),
  fc.record({ do: fc.constant('delete'), id: recordIds }),
  fc.record({ do: fc.constant('restore'), id: recordIds }),
  fc.record({ do: fc.constant('link'), id: recordIds, other: recordIds }),
  fc.record({
    do: fc.constant('write'),
    many: fc.array(fc.tuple(recordIds, kinds, words, words), { minLength: 1, maxLength: 15 }),
  }),
  fc.record({
    do: fc.constant('find'),
    query: queries,
    limit: fc.integer({ min: 1, max: 6 }),
    kind: fc.option(kinds, { nil: undefined }),
  }),
);

function run(bench: Bench, step: Record<string, unknown>): void {
  const { projection, search, edit } = bench;
  const id = String(step.id);
  if (step.do === 'warm') search.warm(Number(step.steps));
  else if (step.do === 'warmUp') warmUp(search);
  else if (step.do === 'delete') edit({ do: 'delete', id });
  else if (step.do === 'restore') edit({ do: 'restore', id });
  else if (step.do === 'link')
    edit({ do: 'link', from: id, rel: 'dependsOn', to: String(step.other) });
  else if (step.do === 'write') {
    for (const [target, kind, name, more] of step.many as [string, string, string, string][]) {
      const title = kindOf(kind)?.title ?? '';
      const fields = { [title]: name, number: `A-${target}`, instructions: more, model: more };
      if (projection.get(target)) edit({ do: 'set', id: target, fields });
      else edit(create(target, kind, fields));
    }
  } else {
    const options = {
      limit: Number(step.limit),
      ...(typeof step.kind === 'string' ? { kind: step.kind } : {}),
    };
    const query = String(step.query);
    expect(search.find(query, options)).toEqual(scan(projection, query, options));
  }
}

test('search: the answer equals a plain scan, whatever was changed, prepared or asked before', () => {
  fc.assert(
    fc.property(fc.array(steps, { minLength: 5, maxLength: 40 }), queries, (plan, last) => {
      const bench = setUp();
      for (const step of plan) run(bench, step);
      for (const options of [{}, { limit: 2 }, { kinds: ['ci', 'person'] }]) {
        expect(bench.search.find(last, options)).toEqual(scan(bench.projection, last, options));
      }
    }),
    { numRuns: 400 },
  );
});

test('search: the answer equals a plain scan with more changed records than the index bears', () => {
  const bench = setUp();
  const many = (from: number, to: number, name: string) =>
    Array.from({ length: to - from }, (_, i) =>
      create(`r${from + i}`, 'ci', { name: `${name} ${from + i}`, address: `10.0.${i % 7}.1` }),
    );
  bench.edit(...many(0, 1000, 'server'));
  warmUp(bench.search);
  bench.edit(...many(1000, 1900, 'switch'));
  bench.search.warm(100);
  bench.edit(...many(1900, 2000, 'server'), { do: 'delete', id: 'r5' });
  bench.edit({ do: 'set', id: 'r7', fields: { name: 'gone elsewhere' } });
  for (let round = 0; round < 20; round++) {
    for (const query of ['s', 'se', 'server 1', '10.0.3', 'switch 10.0', 'else']) {
      expect(bench.search.find(query, { limit: 5 })).toEqual(
        scan(bench.projection, query, { limit: 5 }),
      );
    }
    bench.search.warm(400);
  }
  warmUp(bench.search);
  expect(bench.search.find('server').total).toBe(scan(bench.projection, 'server').total);
});

test('search: exact before prefix before word start before inside, and heavier fields first', () => {
  const { search, edit } = setUp();
  edit(
    create('inside', 'ci', { name: 'webmail' }),
    create('wordStart', 'ci', { name: 'Old mail relay' }),
    create('prefix', 'ci', { name: 'Mail relay' }),
    create('exact', 'ci', { name: 'mail' }),
    create('light', 'ci', { name: 'Relay', description: 'carries mail' }),
  );
  expect(ids(search.find('mail'))).toEqual(['exact', 'prefix', 'wordStart', 'light', 'inside']);
  expect(search.find('carries').hits[0]?.field).toBe('description');
});

test('search: a human number typed in full comes first', () => {
  const { search, edit } = setUp();
  edit(
    create('b', 'ci', { name: 'HQ-CI-0042 spare', number: 'HQ-CI-0043' }),
    create('a', 'ci', { name: 'Core router', number: 'HQ-CI-0042' }),
  );
  expect(ids(search.find('hq-ci-0042'))).toEqual(['a', 'b']);
});

test('search: every word must be found, in any field; the phrase as typed ranks higher', () => {
  const { search, edit } = setUp();
  edit(
    create('apart', 'ci', { name: 'Switch of the core' }),
    create('together', 'ci', { name: 'The core switch' }),
    create('fields', 'ci', { name: 'Switch 7', role: 'core' }),
    create('missing', 'ci', { name: 'Switch 8' }),
  );
  const found = search.find('core switch');
  expect(found.total).toBe(3);
  expect(ids(found)[0]).toBe('together');
});

test('search: Chinese is found by any part, full width equals half width, accents are ignored', () => {
  const { search, edit } = setUp();
  edit(
    create('zh', 'service', { name: '港口调度系统', description: '备用站点：ＵＰＳ供电' }),
    create('fr', 'person', { name: 'Zoë Lefèvre' }),
  );
  expect(ids(search.find('调度'))).toEqual(['zh']);
  expect(ids(search.find('度'))).toEqual(['zh']);
  expect(ids(search.find('ups'))).toEqual(['zh']);
  expect(ids(search.find('港口　备用'))).toEqual(['zh']);
  expect(ids(search.find('zoe lefevre'))).toEqual(['fr']);
  expect(ids(search.find('ＺＯＥ'))).toEqual(['fr']);
});

test('search: plan steps and sections are found; deleted records are not, until restored', () => {
  const { search, edit } = setUp();
  edit(
    create('p', 'plan', { name: 'Main site lost' }),
    create('s', 'planStep', { plan: 'p', title: 'Redirect telephones' }),
  );
  expect(ids(search.find('telephones', { kind: 'planStep' }))).toEqual(['s']);
  edit({ do: 'delete', id: 's' });
  expect(search.find('telephones').total).toBe(0);
  edit({ do: 'restore', id: 's' });
  expect(ids(search.find('telephones'))).toEqual(['s']);
});

test('search: records loaded from a checkpoint are found', () => {
  const source = setUp();
  source.edit(create('a', 'ci', { name: 'Generator' }));
  const { projection, search } = setUp();
  expect(search.warm()).toBe(true);
  projection.load({
    records: source.projection.all(),
    have: source.projection.have(),
    early: [],
    clock: [1, 0],
  });
  expect(ids(search.find('gener'))).toEqual(['a']);
});

test('search: preparing can be cut into slices of any size and comes to an end', () => {
  const { search, edit } = setUp();
  edit(...Array.from({ length: 700 }, (_, i) => create(`c${i}`, 'ci', { name: `Node ${i}` })));
  let slices = 1;
  while (!search.warm(50)) slices++;
  expect(slices).toBeGreaterThan(20);
  expect(search.warm(1)).toBe(true);
  expect(search.find('node').total).toBe(700);
});

test('search: a closed search stops listening', () => {
  const { search, edit } = setUp();
  search.close();
  edit(create('a', 'ci', { name: 'Late' }));
  expect(search.find('late').total).toBe(0);
});

test('search: nothing is found by an empty query', () => {
  const { search, edit } = setUp();
  edit(create('a', 'ci', { name: 'Anything' }));
  expect(search.find('').total).toBe(0);
  expect(search.find('  　').total).toBe(0);
});

test('normalise: the same text written in other ways compares equal', () => {
  for (const [a, b] of [
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁle', 'FILE'],
    ['İstanbul', 'istanbul'],
    ['ｶﾞ', 'ガ'],
    [' a \t b ', 'A B'],
  ] as const) {
    expect(normalise(a)).toBe(normalise(b));
  }
});

test('normalise: normalising again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(normalise(normalise(text))).toBe(normalise(text));
    }),
    { numRuns: 2000 },
  );
});

const blank: Change = { r: 'a-1', s: 1, t: [0, 0], by: '', k: 'ci', kv: 1, id: 'x', f: {} };
test('search: a record without any text is not found and does no harm', () => {
  const projection = createProjection(kindOf);
  const search = createSearch(projection, kindOf);
  projection.apply([blank, { ...blank, s: 2, k: 'unheardOf', id: 'y', f: { name: 'z' } }], 0);
  warmUp(search);
  expect(search.find('z').total).toBe(0);
});
