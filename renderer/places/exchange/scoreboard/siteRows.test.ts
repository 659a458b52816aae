import { expect, test } from 'vitest';
import { createProjection } from '../../../../shared/projection/projection';
import { kindOf } from '../../../../shared/kinds/registry';
import type { Change, Fields } from '../../../../shared/log/change';
import type { Peer } from '../../../store/exchangeStore';
import { freshnessOf, siteRows, type ScoreInput } from './siteRows';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 23);

const peer = (replica: string, more: Partial<Peer> = {}): Peer => ({
  replica,
  name: replica,
  role: 'site',
  have: {},
  sent: {},
  lastIn: undefined,
  lastOut: undefined,
  ...more,
});

/** Changes of one replica after another, each setting these fields. */
function log() {
  const next: Record<string, number> = {};
  const changes: Change[] = [];
  const write = (r: string, k: string, id: string, f: Fields, o?: Change['o']) => {
    const s = (next[r] = (next[r] ?? 0) + 1);
    changes.push({ r, s, t: [NOW, changes.length], by: 'x', k, kv: 1, id, f, ...(o ? { o } : {}) });
  };
  return { changes, write };
}

function rowsOf(changes: readonly Change[], input: Partial<ScoreInput> = {}) {
  const projection = createProjection(kindOf);
  projection.apply(changes, NOW);
  return siteRows({ self: 'hq-0', peers: [], members: [], projection, now: NOW, ...input });
}

test.each([
  [undefined, 'never'],
  [NOW - DAY, 'fresh'],
  [NOW - 31 * DAY, 'ageing'],
  [NOW - 180 * DAY, 'ageing'],
  [NOW - 181 * DAY, 'stale'],
  [NOW + DAY, 'fresh'],
] as const)('news of %s are %s', (at, freshness) => {
  expect(freshnessOf(at, NOW)).toBe(freshness);
});

test('news are as old as the file, not as its arrival; a clock ahead makes them no newer', () => {
  const lastIn = { number: 1, id: 'file-001', at: NOW - DAY };
  const [old, ahead] = rowsOf([], {
    peers: [
      peer('a-0', { lastIn: { ...lastIn, writtenAt: NOW - 200 * DAY } }),
      peer('b-0', { lastIn: { ...lastIn, writtenAt: NOW + 900 * DAY } }),
    ],
  });
  expect(old).toMatchObject({ freshness: 'stale', newsAt: NOW - 200 * DAY, lastIn: NOW - DAY });
  expect(ahead).toMatchObject({ freshness: 'fresh', newsAt: NOW - DAY });
});

test('what is not confirmed and what is missing here are counted, per device over its epochs', () => {
  const { changes, write } = log();
  for (const name of ['1', '2', '3']) write('hq-0', 'ci', `c${name}`, { name });
  write('a-0', 'ci', 'c4', { name: '4' });
  const rows = rowsOf(changes, {
    peers: [
      peer('a-0', { have: { 'hq-0': 2, 'a-0': 1 }, lastIn: { number: 9, id: 'f', at: 1 } }),
      peer('a-1', { have: { 'a-0': 1, 'a-1': 4 }, lastIn: { number: 1, id: 'g', at: 2 } }),
    ],
  });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ device: 'a', undelivered: 1, missing: 4, lastIn: 2 });
  expect(rows[0]?.peer?.replica).toBe('a-1');
});

test('an enrolled device that never sent a file is there, this device is not', () => {
  const member = { name: 'Harbour 2', holder: 'Li Na', site: 'HB', revoked: false };
  const rows = rowsOf([], {
    members: [
      { ...member, device: 'b' },
      { ...member, device: 'hq' },
    ],
    peers: [peer('hq-1')],
  });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ name: 'Harbour 2', freshness: 'never', peer: undefined });
});

test('a conflict counts for the devices that wrote one of its values, and for nobody else', () => {
  const { changes, write } = log();
  write('c-0', 'ci', 'x', { name: 'first' });
  write('a-0', 'ci', 'x', { name: 'A' }, { name: ['c-0:1'] });
  write('b-0', 'ci', 'x', { name: 'B' }, { name: ['c-0:1'] });
  write('c-0', 'ci', 'y', { name: 'y' });
  write('a-0', 'ci', 'y', { $deleted: { saw: ['c-0:2'] } });
  write('b-0', 'ci', 'y', { notes: 'kept' });
  const rows = rowsOf(changes, { peers: [peer('a-0'), peer('b-0'), peer('c-0')] });
  expect(rows.map(({ device, conflicts }) => [device, conflicts])).toEqual([
    ['a', 2],
    ['b', 2],
    ['c', 0],
  ]);
});

test('readiness counts the plans for the loss of the site, tried within a year, overdue', () => {
  const { changes, write } = log();
  write('hq-0', 'site', 'site1', { name: 'Harbour', code: 'hb' });
  for (const [id, fields] of Object.entries({
    p1: { name: '1', reviewDate: '2026-11-22' },
    p2: { name: '2', reviewDate: '2026-11-23' },
    p3: { name: '3', status: 'withdrawn' },
  })) {
    write('hq-0', 'plan', id, fields);
    const link = { from: id, rel: 'covers', to: 'site1' };
    write('hq-0', 'link', `${id}|covers|site1`, link);
  }
  const run = (id: string, plan: string, days: number, status = 'reported') =>
    write('hq-0', 'drill', id, { name: id, plan, status, stoodDownAt: NOW - days * DAY });
  run('r1', 'p2', 300);
  run('r2', 'p1', 400);
  run('r3', 'p1', 2, 'calledOff');
  write('a-0', 'device', 'a-0', { name: 'Harbour laptop', prefix: 'HB7K' });
  const [row] = rowsOf(changes, { peers: [peer('a-0')] });
  expect(row).toMatchObject({
    name: 'Harbour laptop',
    site: 'HB',
    readiness: { plans: 2, exercised: 1, overdue: 1 },
  });
});

test('three hundred sites, each with a vector of as many, are a row each', () => {
  const ids = Array.from({ length: 300 }, (_, i) => `d${i}-0`);
  const have = Object.fromEntries(ids.map((id) => [id, 40]));
  const rows = rowsOf([], { peers: ids.map((id) => peer(id, { have })) });
  expect(rows).toHaveLength(300);
});
