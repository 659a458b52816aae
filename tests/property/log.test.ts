import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { dryRunOf } from '../../shared/exchange/recordReport';
import { kindOf } from '../../shared/kinds/registry';
import { dotOf, type Change } from '../../shared/log/change';
import { headsOf } from '../../shared/log/record';
import { covers } from '../../shared/log/vector';
import { createProjection } from '../../shared/projection/projection';
import { holds } from './holds';
import { causalHeads, digest, expectedStates, headTable } from './logDigest';
import {
  byAuthor,
  give,
  histories,
  isClosed,
  interleave,
  newNode,
  picksOf,
  runHistory,
  type Node,
} from './logHistory';

/** Many runs; a busy machine takes its time. */
vi.setConfig({ testTimeout: 60_000 });
const RUNS = 800;

function replay(changes: readonly Change[], picks: readonly number[] = []) {
  const projection = createProjection(kindOf);
  projection.apply(interleave(byAuthor(changes), picks), 0);
  return projection;
}

const knownTo = (node: Node): readonly Change[] => [...node.known.values()].flat();

/** A replica with the same knowledge and nothing else in common. */
function copyOf(node: Node): Node {
  const copy = newNode(node.name);
  give(node, copy);
  return copy;
}

function joined(a: Node, b: Node): Node {
  const both = copyOf(a);
  give(b, both);
  return both;
}

test('I1: any interleaving of the replicas, with duplicates, gives the same projection', () => {
  holds(
    'I1',
    fc.property(histories, picksOf, picksOf, (history, one, other) => {
      const { changes } = runHistory(history);
      const order = interleave(byAuthor(changes), one);
      const projection = createProjection(kindOf);
      for (const change of order) {
        projection.apply([change], 0);
        projection.apply([change, ...order.slice(0, 2).filter((c) => c.s === 1)], 0);
      }
      expect(digest(projection)).toEqual(digest(replay(changes, other)));
      expect(projection.early().size).toBe(0);
    }),
    RUNS,
  );
});

test('I1: once everybody has everything, every replica shows the same', () => {
  holds(
    'I1 replicas',
    fc.property(histories, picksOf, (history, picks) => {
      const { nodes, changes } = runHistory(history);
      for (const to of nodes) for (const from of nodes) give(from, to, [], picks);
      const expected = digest(replay(changes));
      for (const node of nodes) expect(digest(node.projection)).toEqual(expected);
    }),
    RUNS,
  );
});

test('I2: applying again what is there already changes nothing, not even the version', () => {
  holds(
    'I2',
    fc.property(histories, (history) => {
      for (const node of runHistory(history).nodes) {
        const before = digest(node.projection);
        const version = node.projection.version();
        expect(node.projection.apply(knownTo(node), 0).size).toBe(0);
        expect(digest(node.projection)).toEqual(before);
        expect(node.projection.version()).toBe(version);
      }
    }),
    RUNS / 2,
  );
});

test('I3: joining what replicas know is commutative, associative and idempotent', () => {
  holds(
    'I3',
    fc.property(histories, (history) => {
      const { nodes } = runHistory(history);
      const [a, b, c = nodes[0]] = nodes;
      if (!a || !b || !c) throw new Error('at least two replicas');
      const show = (node: Node) => digest(node.projection);
      expect(show(joined(a, b))).toEqual(show(joined(b, a)));
      expect(show(joined(joined(a, b), c))).toEqual(show(joined(a, joined(b, c))));
      expect(show(joined(a, a))).toEqual(show(a));
    }),
    RUNS,
  );
});

test('I4: every change is a head or was overwritten by one that saw it, on every replica always', () => {
  holds(
    'I4',
    fc.property(histories, (history) => {
      runHistory(history, {
        after({ nodes, past }) {
          for (const node of nodes) {
            const heads = headTable(node.projection);
            const causal = causalHeads(knownTo(node), past);
            if (isClosed(node, past)) expect(heads).toEqual(causal);
            for (const [key, dots] of Object.entries(causal)) {
              expect(heads[key]).toEqual(expect.arrayContaining([...dots]));
            }
          }
        },
      });
    }),
    RUNS / 2,
  );
});

test('I4: a change names only what its author had', () => {
  holds(
    'I4 names',
    fc.property(histories, (history) => {
      const { changes, past } = runHistory(history);
      const dots = new Map(changes.map((change) => [dotOf(change), change]));
      for (const change of changes) {
        for (const [field, over] of Object.entries(change.o ?? {})) {
          for (const dot of over) {
            const old = dots.get(dot);
            expect(old?.id).toBe(change.id);
            expect(Object.keys(old?.f ?? {})).toContain(field);
            expect(covers(past.get(dotOf(change)) ?? {}, old?.r ?? '', old?.s ?? 0)).toBe(true);
          }
        }
      }
    }),
    RUNS,
  );
});

test('I5, I11: exactly the edits that did not see each other conflict, and no edit is deleted unseen', () => {
  holds(
    'I5',
    fc.property(histories, (history) => {
      const { nodes, past } = runHistory(history);
      for (const node of nodes.filter((each) => isClosed(each, past))) {
        const { projection } = node;
        const { conflicts, deleted } = expectedStates(knownTo(node), past);
        expect([...projection.conflicts()].toSorted()).toEqual(conflicts);
        const hidden = [...projection.all()].filter(({ id }) => !projection.visible(id));
        expect(hidden.map(({ id }) => id).toSorted()).toEqual(deleted);
      }
    }),
    RUNS,
  );
});

test('I5: replicas that write one after the other, each having seen the last, never conflict', () => {
  holds(
    'I5 sequential',
    fc.property(histories, (history) => {
      runHistory(history, {
        sequential: true,
        after({ nodes, past }) {
          for (const node of nodes.filter((each) => isClosed(each, past))) {
            expect(node.projection.conflicts().size).toBe(0);
          }
        },
      });
    }),
    RUNS,
  );
});

test('I6: clocks ten years off, standing still or running backwards change no head', () => {
  holds(
    'I6',
    fc.property(histories, (history) => {
      const good = runHistory(history, { wall: (_, count) => count * 1000 });
      const bad = runHistory(history);
      const timeless = (change: Change) => ({
        ...change,
        t: undefined,
        o: Object.entries(change.o ?? {}).map(([field, dots]) => [field, dots.toSorted()]),
      });
      expect(bad.changes.map(timeless)).toEqual(good.changes.map(timeless));
      for (const [i, { projection }] of bad.nodes.entries()) {
        const other = good.nodes[i]?.projection;
        if (!other) throw new Error('the same replicas in both');
        expect(headTable(projection)).toEqual(headTable(other));
        expect([...projection.conflicts()].toSorted()).toEqual([...other.conflicts()].toSorted());
      }
    }),
    RUNS,
  );
});

test('I6: of several heads all replicas show the one with the greatest clock', () => {
  holds(
    'I6 shown',
    fc.property(histories, (history) => {
      for (const { projection } of runHistory(history).nodes) {
        for (const state of projection.all()) {
          for (const field of Object.keys(state.heads)) {
            const heads = headsOf(state, field);
            const latest = Math.max(...heads.map(({ stamp }) => stamp.t[0]));
            expect(heads[0]?.stamp.t[0]).toBe(latest);
            expect(state.values[field]).toEqual(heads[0]?.value);
          }
        }
      }
    }),
    RUNS / 2,
  );
});

test('I7: `have` is exactly what came without a hole, and a hole is refused', () => {
  holds(
    'I7',
    fc.property(histories, (history) => {
      for (const { projection, known } of runHistory(history).nodes) {
        const counts = Object.fromEntries([...known].map(([r, own]) => [r, own.length]));
        expect({ ...projection.have() }).toEqual(counts);
        for (const [, own] of known) {
          const last = own.at(-1);
          if (!last) continue;
          const before = digest(projection);
          expect(() => projection.apply([{ ...last, s: last.s + 2 }], 0)).toThrow('hole');
          expect(digest(projection)).toEqual(before);
        }
      }
    }),
    RUNS / 2,
  );
});

test('I14: the projection kept by changes and restarts equals one computed from scratch', () => {
  holds(
    'I14',
    fc.property(histories, picksOf, (history, picks) => {
      for (const node of runHistory(history).nodes) {
        expect(digest(node.projection)).toEqual(digest(replay(knownTo(node), picks)));
      }
    }),
    RUNS,
  );
});

test('I14: what a dry run has foreseen is taken over as if every change were applied', () => {
  holds(
    'I14 foreseen',
    fc.property(histories, picksOf, fc.integer({ min: 1, max: 7 }), (history, picks, size) => {
      const order = interleave(byAuthor(runHistory(history).changes), picks);
      const [here, anew] = [createProjection(kindOf), createProjection(kindOf)];
      let stale = dryRunOf([], here, kindOf);
      for (let at = 0; at < order.length; at += size) {
        const batch = order.slice(at, at + size);
        const foreseen = dryRunOf(batch, here, kindOf);
        // Of what was here before, or of other changes: as good as none.
        const given = at % 3 === 0 ? stale : foreseen;
        expect([...here.apply(batch, 0, given)]).toEqual([...anew.apply(batch, 0)]);
        expect([here.clock(), here.version()]).toEqual([anew.clock(), anew.version()]);
        stale = foreseen;
      }
      expect(digest(here)).toEqual(digest(anew));
    }),
    RUNS,
  );
});
