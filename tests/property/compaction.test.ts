/** I9: compaction is invisible to the view and to later merges; base plus tail equals the full log. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { webCodec } from '../../renderer/exchange/webCodec';
import { encodeBase, openBase, type OpenBase } from '../../shared/exchange/base';
import {
  compactable,
  confirmedByAll,
  createFold,
  isWorthwhile,
  needed,
  STALE_AFTER_MS,
} from '../../shared/exchange/compaction';
import { kindOf } from '../../shared/kinds/registry';
import type { Change } from '../../shared/log/change';
import { overwrittenBy } from '../../shared/log/undo';
import { dominates, join, seen, type Vector } from '../../shared/log/vector';
import { createProjection, type Projection } from '../../shared/projection/projection';
import { dotOf } from '../../shared/log/change';
import type { Roster } from '../../shared/trust/roster';
import { holds, holdsAsync } from './holds';
import { digest } from './logDigest';
import { byAuthor, histories, interleave, picksOf, runHistory, type Node } from './logHistory';

vi.setConfig({ testTimeout: 120_000 });
const RUNS = 400;

const knownTo = (node: Node | undefined): readonly Change[] =>
  [...(node?.known.values() ?? [])].flat();

function plain(...changes: readonly (readonly Change[])[]): Projection {
  const all = new Map(changes.flat().map((change) => [dotOf(change), change]));
  const projection = createProjection(kindOf);
  projection.apply(interleave(byAuthor([...all.values()]), []), 0);
  return projection;
}

/** What is shown, without the names of changes that are nobody's value any more. */
function shown(projection: Projection): unknown {
  const {
    records,
    numbers: _,
    ...rest
  } = digest(projection) as {
    records: readonly { readonly dots: unknown }[];
    numbers: unknown;
  };
  return { ...rest, records: records.map(({ dots: _dots, ...record }) => record) };
}

const shares = fc.array(fc.constantFrom(0, 0.3, 0.7, 1), { minLength: 5, maxLength: 5 });

const cut = (have: Vector, share: readonly number[]): Vector =>
  Object.fromEntries(
    Object.entries(have)
      .map(([replica, to], i) => [replica, Math.floor(to * (share[i] ?? 1))] as const)
      .filter(([, to]) => to > 0),
  );

const upTo = (changes: readonly Change[], have: Vector) =>
  changes.filter((change) => change.s <= seen(have, change.r));

/** Through the bytes, as it travels. */
async function baseOf(
  changes: readonly Change[],
  have: Vector,
  older: readonly OpenBase[] = [],
): Promise<OpenBase> {
  const fold = createFold(kindOf);
  for (const base of older) fold.addBase(base);
  for (const own of byAuthor(upTo(changes, have))) {
    const last = own.at(-1);
    if (last) fold.add(own, { to: last.s, sha256: '0'.repeat(64) });
  }
  expect(fold.have()).toEqual(have);
  const parts = await encodeBase({
    have,
    tips: fold.tips(),
    rows: fold.rows(),
    codec: webCodec,
  });
  const opened = await openBase({ by: 'hq', sig: '', parts }, webCodec);
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal));
  return opened.value;
}

const joinedTo = (projection: Projection, base: OpenBase): void => {
  projection.joinBase({ rows: base.rows, have: base.head.have }, 0);
};

/** What comes later, in an order of its own; what is covered is skipped. */
const later = (projection: Projection, changes: readonly Change[], picks: readonly number[]) =>
  projection.apply(interleave(byAuthor(changes), picks), 0);

test('I9: base and tail show what the whole log shows, whatever comes later', async () => {
  await holdsAsync(
    'I9 tail',
    fc.asyncProperty(histories, shares, picksOf, async (history, share, picks) => {
      const { nodes, changes } = runHistory(history);
      const hq = knownTo(nodes[0]);
      const base = await baseOf(hq, cut(plain(hq).have(), share));
      const start = createProjection(kindOf);
      joinedTo(start, base);
      later(start, hq, picks);
      expect(shown(start)).toEqual(shown(plain(hq)));
      later(start, changes, picks);
      expect(shown(start)).toEqual(shown(plain(changes)));
    }),
    RUNS,
  );
});

test('I9: a base joins with whatever a device has, before or after its own changes travel', async () => {
  await holdsAsync(
    'I9 join',
    fc.asyncProperty(histories, shares, picksOf, async (history, share, picks) => {
      const { nodes, changes } = runHistory(history);
      const hq = knownTo(nodes[0]);
      const base = await baseOf(hq, cut(plain(hq).have(), share));
      for (const node of nodes.slice(1)) {
        const mine = knownTo(node);
        const laptop = plain(mine);
        joinedTo(laptop, base);
        expect(shown(laptop)).toEqual(shown(plain(mine, upTo(hq, base.head.have))));
        const again = shown(laptop);
        joinedTo(laptop, base);
        expect(shown(laptop)).toEqual(again);
        later(laptop, hq, picks);
        expect(shown(laptop)).toEqual(shown(plain(mine, hq)));
        later(laptop, changes, picks);
        expect(shown(laptop)).toEqual(shown(plain(changes)));
      }
    }),
    RUNS,
  );
});

test('I9: compacting again, and two headquarters that compact apart, change nothing', async () => {
  await holdsAsync(
    'I9 again',
    fc.asyncProperty(histories, shares, shares, picksOf, async (history, one, two, picks) => {
      const { nodes, changes } = runHistory(history);
      const hq = knownTo(nodes[0]);
      const other = knownTo(nodes[1]);
      const first = await baseOf(hq, cut(plain(hq).have(), one));
      const further = join(first.head.have, cut(plain(hq).have(), two));
      const second = await baseOf(hq, further, [first]);
      expect(second.rows.length).toBeGreaterThanOrEqual(first.rows.length);
      const apart = await baseOf(other, cut(plain(other).have(), two));
      const start = createProjection(kindOf);
      for (const base of [apart, second, first]) joinedTo(start, base);
      const covered = join(second.head.have, apart.head.have);
      expect(start.have()).toEqual(covered);
      expect(shown(start)).toEqual(
        shown(plain(upTo(hq, second.head.have), upTo(other, apart.head.have))),
      );
      later(start, changes, picks);
      expect(shown(start)).toEqual(shown(plain(changes)));
      const kept = needed([first, second].map((base) => ({ base, have: base.head.have })));
      expect(kept.map(({ base }) => base)).toEqual([second]);
    }),
    RUNS,
  );
});

test('I9: what a compacted device forgets of a record can be found again from what is alive', () => {
  holds(
    'I9 history',
    fc.property(histories, shares, (history, share) => {
      const { nodes } = runHistory(history);
      const hq = knownTo(nodes[0]);
      const projection = plain(hq);
      const before = shown(projection);
      const whole = new Map([...projection.all()].map(({ id, dots }) => [id, dots]));
      projection.forget(cut(projection.have(), share), [...whole.keys()]);
      expect(shown(projection)).toEqual(before);
      const byDot = new Map(hq.map((change) => [dotOf(change), change]));
      for (const [id, dots] of whole) {
        const found = new Set(projection.get(id)?.dots);
        expect([...found][0]).toBe(dots[0]);
        for (const dot of found) {
          const change = byDot.get(dot);
          for (const old of change ? overwrittenBy([change]) : [])
            if (byDot.has(old)) found.add(old);
        }
        expect([...found].toSorted()).toEqual(dots.toSorted());
      }
    }),
    RUNS,
  );
});

test('the same state gives the same bytes, whatever order the changes came in', async () => {
  await holdsAsync(
    'base bytes',
    fc.asyncProperty(histories, shares, async (history, share) => {
      const { changes } = runHistory(history);
      const have = cut(plain(changes).have(), share);
      const one = await baseOf(changes, have);
      const other = await baseOf(changes.toReversed(), have);
      // The change that created a record is the first that came, so it may differ.
      const bare = (base: OpenBase) => base.rows.map((row) => ({ ...row, c: undefined }));
      expect(bare(other)).toEqual(bare(one));
    }),
    100,
  );
});

const DAY = 24 * 60 * 60 * 1000;

test('only what every device that is waited for has confirmed is compacted', () => {
  const roster = {
    devices: ['hq', 'a', 'b', 'gone', 'lost'].map((device) => ({ device, from: 0 })),
    revoked: [{ device: 'lost' }],
  } as unknown as Roster;
  const now = STALE_AFTER_MS + 10 * DAY;
  const peers = [
    { replica: 'a-0', have: { 'hq-0': 9, 'a-0': 4 }, lastIn: { at: now - DAY } },
    { replica: 'b-1', have: { 'hq-0': 7, 'a-0': 6 }, lastIn: { at: now - DAY } },
    { replica: 'gone-0', have: { 'hq-0': 1 }, lastIn: { at: 5 * DAY } },
  ];
  const mine = { 'hq-0': 12, 'a-0': 5, 'b-1': 3 };
  expect(confirmedByAll(mine, roster, 'hq', peers, now)).toEqual({
    have: { 'hq-0': 7, 'a-0': 4 },
    awaited: [],
  });
  // Enrolled and never heard of: everything waits for it, until it is stale.
  const fresh = { ...roster, devices: [...roster.devices, { device: 'new', from: now - DAY }] };
  expect(confirmedByAll(mine, fresh as Roster, 'hq', peers, now)).toEqual({
    have: {},
    awaited: ['new'],
  });
});

test('unasked, only a lot of dead changes is compacted, and more than are alive', () => {
  expect(isWorthwhile(30_000, 20_000)).toBe(true);
  expect(isWorthwhile(10_500, 10_000)).toBe(false);
  expect(isWorthwhile(100_000, 40_000)).toBe(false);
});

test('whole segments in a row are compacted, from the base on', () => {
  const segment = (replica: string, from: number, to: number) => ({ replica, from, to });
  const all = [
    segment('a-0', 11, 20),
    segment('a-0', 1, 10),
    segment('a-0', 21, 40),
    segment('b-0', 5, 9),
    segment('c-0', 3, 4),
  ];
  const have = compactable(all, { 'c-0': 2 }, { 'a-0': 30, 'b-0': 9, 'c-0': 4 });
  expect(have).toEqual([segment('a-0', 1, 10), segment('a-0', 11, 20), segment('c-0', 3, 4)]);
  expect(dominates({ 'a-0': 20 }, { 'a-0': 21 })).toBe(false);
});
