import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components } from './components';
import { buildGraph, type Graph } from './graph';
import { spread } from './spread';

interface Random {
  readonly size: number;
  readonly edges: readonly (readonly [number, number])[];
  readonly groups: readonly (readonly [node: number, group: number, minimum: number])[];
  readonly idle: readonly number[];
  readonly lost: readonly number[];
  readonly more: readonly number[];
}

const random: fc.Arbitrary<Random> = fc.integer({ min: 1, max: 14 }).chain((size) => {
  const node = fc.integer({ min: 0, max: size - 1 });
  return fc.record({
    size: fc.constant(size),
    edges: fc.array(fc.tuple(node, node), { maxLength: 40 }),
    groups: fc.array(
      fc.tuple(node, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 3 })),
      { maxLength: 10 },
    ),
    idle: fc.array(node, { maxLength: 3 }),
    lost: fc.array(node, { maxLength: 4 }),
    more: fc.array(node, { maxLength: 4 }),
  });
});

function named(size: number) {
  const ids = Array.from({ length: size }, (_, n) => `n${n}`);
  return { ids, indexOf: new Map(ids.map((id, n) => [id, n])) };
}

function graphOfRandom(input: Random, minimum = (n: number) => n): Graph {
  return buildGraph({
    ...named(input.size),
    kindOf: new Uint8Array(input.size),
    kinds: ['ci'],
    vias: [{ kind: 'ci', name: 'dependsOn', type: 'relation' }],
    from: Int32Array.from(input.edges, ([from]) => from),
    to: Int32Array.from(input.edges, ([, to]) => to),
    via: new Uint16Array(input.edges.length),
    edges: input.edges.length,
    group: new Map(
      input.groups.map(([n, g, least]) => [n, { name: `g${g}`, minimum: minimum(least) }]),
    ),
    idle: Uint8Array.from({ length: input.size }, (_, n) => (input.idle.includes(n) ? 1 : 0)),
  });
}

const downOf = (graph: Graph, lost: readonly number[], plain = false): readonly number[] => [
  ...spread(graph, lost, plain).down,
];

/** The definition, applied until nothing changes. */
function naive(graph: Graph, input: Random, lost: readonly number[]): readonly number[] {
  const down = new Set(lost);
  const membersOf = (g: number) => [...graph.groupOf.keys()].filter((n) => graph.groupOf[n] === g);
  const missing = (n: number) => {
    const g = graph.groupOf[n] ?? -1;
    if (g < 0) return down.has(n);
    const members = membersOf(g);
    if (!members.some((m) => down.has(m))) return false;
    const working = members.filter((m) => !graph.idle[m]);
    const up = working.filter((m) => !down.has(m)).length;
    const minimum = graph.groups.minimum[g] ?? 0;
    return minimum === 0 || up < minimum;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const [from, to] of input.edges) {
      if (down.has(from) || !missing(to)) continue;
      down.add(from);
      changed = true;
    }
  }
  return Array.from({ length: input.size }, (_, n) => (down.has(n) ? 1 : 0));
}

test('the walk equals the naive fixed point', () => {
  fc.assert(
    fc.property(random, (input) => {
      const graph = graphOfRandom(input);
      expect(downOf(graph, input.lost)).toEqual(naive(graph, input, input.lost));
    }),
    { numRuns: 2000 },
  );
});

test('losing more never affects less', () => {
  fc.assert(
    fc.property(random, (input) => {
      const graph = graphOfRandom(input);
      const few = downOf(graph, input.lost);
      const many = downOf(graph, [...input.more, ...input.lost]);
      few.forEach((down, n) => expect(many[n]).toBeGreaterThanOrEqual(down));
    }),
    { numRuns: 1000 },
  );
});

test('members that stand in for each other never make a loss larger', () => {
  fc.assert(
    fc.property(random, (input) => {
      const working = { ...input, idle: [] };
      const graph = graphOfRandom(working, () => 1);
      const grouped = downOf(graph, input.lost);
      const without = downOf(graph, input.lost, true);
      grouped.forEach((down, n) => expect(without[n]).toBeGreaterThanOrEqual(down));
    }),
    { numRuns: 1000 },
  );
});

test('a group that needs more members up never affects less', () => {
  fc.assert(
    fc.property(random, (input) => {
      const easy = downOf(
        graphOfRandom(input, () => 1),
        input.lost,
      );
      const strict = downOf(graphOfRandom(input), input.lost);
      easy.forEach((down, n) => expect(strict[n]).toBeGreaterThanOrEqual(down));
    }),
    { numRuns: 1000 },
  );
});

test('every cause went down before what it caused, unless its group broke without it', () => {
  fc.assert(
    fc.property(random, (input) => {
      const graph = graphOfRandom(input);
      const result = spread(graph, input.lost);
      for (let n = 0; n < input.size; n++) {
        const cause = result.cause[n] ?? -1;
        if (cause < 0) continue;
        const g = graph.groupOf[cause] ?? -1;
        const why = g < 0 ? cause : (result.broke[g] ?? -1);
        expect(result.when[why]).toBeGreaterThanOrEqual(0);
        expect(result.when[why]).toBeLessThan(result.when[n] ?? 0);
      }
    }),
  );
});

test('components come after those they point to, and hold exactly the nodes that reach each other', () => {
  fc.assert(
    fc.property(random, (input) => {
      const graph = graphOfRandom({ ...input, groups: [], idle: [] });
      const all = Int32Array.from({ length: input.size }, (_, n) => n);
      const { of, members } = components(graph.needs, new Uint8Array(input.size).fill(1), all);
      expect(members.flat().toSorted((a, b) => a - b)).toEqual([...all]);
      for (const [from, to] of input.edges) expect(of[to]).toBeLessThanOrEqual(of[from] ?? 0);
      for (let a = 0; a < input.size; a++) {
        const reached = downOf(graph, [a]);
        for (let b = 0; b < input.size; b++) {
          const back = downOf(graph, [b]);
          expect(of[a] === of[b]).toBe(reached[b] === 1 && back[a] === 1);
        }
      }
    }),
  );
});

test('a hundred thousand nodes and three hundred thousand edges are walked at once', () => {
  const size = 100_000;
  let seed = 7;
  const next = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
  const count = 300_000;
  const to = Int32Array.from({ length: count }, () => next(size - 1));
  const graph = buildGraph({
    ...named(size),
    kindOf: new Uint8Array(size),
    kinds: ['ci'],
    vias: [{ kind: 'ci', name: 'dependsOn', type: 'relation' }],
    from: Int32Array.from(to, (t) => t + 1 + next(size - t - 1)),
    to,
    via: new Uint16Array(count),
    edges: count,
    group: new Map(),
    idle: new Uint8Array(size),
  });
  const result = spread(graph, [0, 1, 2]);
  expect(result.count).toBeGreaterThan(1000);
});
