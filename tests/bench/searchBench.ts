import { kindOf, kinds } from '../../shared/kinds/registry';
import type { Value } from '../../shared/log/change';
import { createProjection, type Projection } from '../../shared/projection/projection';
import { createSearch, type Search } from '../../shared/search/search';
import { states } from './data';
import { duel, figure, timed, type Figure } from './duel';

/** As typed: every key stroke of these asks once. */
const TYPED = [
  'router-01',
  'crane',
  '10.12.3',
  'asset-4',
  '调度',
  '备用 电',
  'vm host 12',
  'HQ7K-CI-0042',
];
export const KEYSTROKES = TYPED.flatMap((query) =>
  Array.from({ length: query.length }, (_, i) => query.slice(0, i + 1)),
).filter((query) => query.trim() && !query.endsWith(' '));

const weighted = new Map(
  kinds.map((kind) => [
    kind.name,
    Object.entries(kind.fields)
      .filter(([, field]) => (field.weight ?? 0) > 0)
      .map(([name]) => name),
  ]),
);

/** Lower-cases every record for every key stroke and keeps the first fifty that hold all words. */
export function naiveFind(projection: Projection, query: string): number {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const hits: string[] = [];
  let total = 0;
  for (const [kind, fields] of weighted) {
    for (const state of projection.records(kind)) {
      let text = '';
      for (const field of fields) text += `${textOf(state.values[field])}\n`;
      const lower = text.toLowerCase();
      if (!words.every((word) => lower.includes(word))) continue;
      total++;
      if (hits.length < 50) hits.push(state.id);
    }
  }
  return total;
}

const textOf = (value: Value | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function inMemory(n: number, relations: number): Projection {
  const projection = createProjection(kindOf);
  projection.load({ records: states(n, relations), have: {}, early: [], clock: [1, 0] });
  return projection;
}

export function warmUp(search: Search): number {
  let longest = 0;
  for (let ready = false; !ready;) {
    const start = performance.now();
    ready = search.warm();
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}

export async function searchBench(n: number, rounds: number): Promise<readonly Figure[]> {
  const projection = inMemory(n, 0);
  const search = createSearch(projection, kindOf);
  warmUp(search);
  for (const query of KEYSTROKES) {
    const ours = search.find(query).total;
    const theirs = naiveFind(projection, query);
    if (ours !== theirs) throw new Error(`"${query}": ${ours} found, a plain scan finds ${theirs}`);
  }
  const mine: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const query of KEYSTROKES) {
      if (round % 2) mine.push(await timed(() => search.find(query)));
      other.push(await timed(() => naiveFind(projection, query)));
      if (!(round % 2)) mine.push(await timed(() => search.find(query)));
    }
  }
  const peer = 'lower-case every record for every key stroke';
  const slow = (times: readonly number[]) => [
    times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0,
  ];
  const prepare = await duel(
    { name: 'search: prepare everything', peer: 'lower-case every record once', n },
    3,
    () => timed(() => warmUp(createSearch(projection, kindOf))),
    () => timed(() => naiveFind(projection, 'zzz')),
  );
  return [
    figure('search: key stroke', peer, n, mine, other),
    figure('search: slowest 5 % of key strokes', peer, n, slow(mine), slow(other)),
    prepare,
    figure(
      'search: longest slice of preparing',
      'one frame of 60 per second',
      n,
      [1, 2, 3].map(() => warmUp(createSearch(projection, kindOf))),
      [1000 / 60],
    ),
  ];
}
