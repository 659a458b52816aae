import { expect, test } from 'vitest';
import { encodeSegment } from '../../shared/exchange/segment';
import type { Change } from '../../shared/log/change';
import type { Hlc } from '../../shared/log/clock';
import { applyChange } from '../../shared/log/record';
import { webCodec } from '../exchange/webCodec';
import { lostChanges, withDisplaced } from './branches';
import type { Waiting } from './exchangeStore';

const change = (r: string, s: number, t: Hlc, more: Partial<Change> = {}): Change => ({
  r,
  s,
  t,
  by: 'x',
  k: 'ci',
  kv: 1,
  id: 'ci00000000000001',
  f: { name: `${r} ${s}` },
  ...more,
});
const row = (sha256: string, more: Partial<Waiting> = {}): Waiting => ({
  segment: { replica: 'aa-0', from: 1, to: 1, bytes: new Uint8Array(), sha256 },
  reason: 'forked',
  displaced: true,
  fileId: '',
  fileName: '',
  peer: '',
  at: 0,
  ...more,
});

test.each([
  { there: [5, 0] as Hlc, kept: true },
  { there: [6, 0] as Hlc, kept: false },
])(
  'what was overwritten above the state is kept only if the state says the same: $kept',
  async ({ there, kept }) => {
    const lost = change('aa-0', 1, [5, 0]);
    const inState = applyChange(undefined, change('aa-0', 1, there), {}, new Set());
    const above = change('bb-0', 1, [9, 0], { o: { name: ['aa-0:1'] } });
    const now = applyChange(inState, above, { 'aa-0': 1 }, new Set());
    const segment = await encodeSegment([lost], undefined, webCodec);
    const found = await lostChanges([row('x', { segment })], {
      log: { find: async () => [] },
      get: () => now,
      bases: {
        have: () => ({ 'aa-0': 1 }),
        shown: async () => ({ get: () => inState, recordOf: () => undefined }),
      },
      codec: webCodec,
    });
    expect(found.changes).toEqual([lost]);
    expect(found.kept(lost)).toBe(kept);
  },
);

test('what is held already stays as it was decided, and is looked at again', () => {
  const held = [
    row('a', { state: true, rescued: true }),
    row('b', { state: true, overwritten: true, meant: { 'aa-0': 2 }, restated: ['said'] }),
    row('c'),
  ];
  const again = [
    row('a', { state: true, meant: { 'aa-0': 1 } }),
    row('b', { state: true, overwritten: true, meant: { 'aa-0': 4 } }),
    row('d', { state: true }),
  ];
  const after = withDisplaced(held, again);
  expect(after.map(({ segment }) => segment.sha256)).toEqual(['a', 'b', 'c', 'd']);
  expect(after[0]).toMatchObject({ rescued: true, meant: { 'aa-0': 1 }, unjudged: { dots: [] } });
  expect(after[1]).toMatchObject({
    overwritten: true,
    meant: { 'aa-0': 4 },
    restated: ['said'],
    unjudged: { dots: [] },
  });
  expect(after[2]).toEqual(held[2]);
});
