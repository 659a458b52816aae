import { expect, test } from 'vitest';
import type { Certificate, Roster } from '../../../../shared/trust/roster';
import type { Peer } from '../../../store/exchangeStore';
import { deviceRows, STALE_MS } from './deviceRows';

const NOW = Date.UTC(2026, 10, 23);

const certificate = (device: string, more: Partial<Certificate> = {}): Certificate => ({
  device,
  keys: { sign: '', box: '' },
  name: `Laptop ${device}`,
  holder: 'Li Na',
  site: 'HB1',
  role: 'field',
  kinds: null,
  from: NOW - 1000,
  until: null,
  replaces: null,
  ...more,
});

const peer = (replica: string, at: number, more: Partial<Peer> = {}): Peer => ({
  replica,
  name: `Peer ${replica}`,
  role: 'site',
  have: {},
  sent: {},
  lastIn: { number: 1, id: 'f', at },
  lastOut: undefined,
  ...more,
});

const roster = (devices: readonly Certificate[], revoked: Roster['revoked'] = []): Roster => ({
  holdfast: 'roster',
  v: 1,
  name: 'Harbour',
  root: '',
  version: 1,
  at: NOW,
  devices,
  revoked,
  accepted: {},
  recovery: '',
  escrow: '',
});

const rows = (value: Roster | undefined, peers: readonly Peer[] = []) =>
  deviceRows({ roster: value, peers, have: { 'hq-0': 10, 'a-0': 4 }, self: 'hq', now: NOW });

const stateOf = (all: ReturnType<typeof rows>, device: string) =>
  all.find((row) => row.device === device)?.state;

test('a device waits until its first file, is active after it, and ends with its certificate', () => {
  const all = rows(
    roster([
      certificate('hq', { role: 'hq' }),
      certificate('a'),
      certificate('b'),
      certificate('c', { until: NOW - 1 }),
    ]),
    [peer('b-1', NOW)],
  );
  expect(all.map(({ device, state }) => [device, state])).toEqual([
    ['hq', 'active'],
    ['a', 'waiting'],
    ['b', 'active'],
    ['c', 'expired'],
  ]);
});

test('whoever sent files without being enrolled is shown, and so is a revoked device nobody knows', () => {
  const all = rows(roster([], [{ device: 'x', at: NOW, reason: 'lost', last: {} }]), [
    peer('old-0', NOW),
  ]);
  expect(stateOf(all, 'old')).toBe('unenrolled');
  expect(stateOf(all, 'x')).toBe('revoked');
});

test('revoked outweighs everything else', () => {
  const all = rows(
    roster([certificate('a')], [{ device: 'a', at: NOW, reason: 'stolen', last: {} }]),
    [peer('a-0', NOW)],
  );
  expect(stateOf(all, 'a')).toBe('revoked');
});

test('a device without news for half a year is stale, by the day its last file was written', () => {
  const old = NOW - STALE_MS - 1;
  const written = peer('b-0', NOW, { lastIn: { number: 1, id: 'f', at: NOW, writtenAt: old } });
  const all = rows(roster([certificate('a', { from: old }), certificate('b')]), [written]);
  expect(all.map(({ stale }) => stale)).toEqual([true, true]);
  expect(rows(roster([certificate('a')]))[0]?.stale).toBe(false);
});

test('what it has not confirmed and what is missing here are told apart', () => {
  const [row] = rows(roster([certificate('a')]), [
    peer('a-0', NOW, { have: { 'hq-0': 7, 'a-0': 6 } }),
  ]);
  expect(row).toMatchObject({ unconfirmed: 3, missing: 2 });
});

test('nobody waits for what a revoked device confirms', () => {
  const revoked = [{ device: 'a', at: NOW, reason: 'lost', last: {} }] as const;
  const [row] = rows(roster([certificate('a')], revoked), [
    peer('a-0', NOW, { have: { 'hq-0': 7, 'a-0': 6 } }),
  ]);
  expect(row).toMatchObject({ unconfirmed: 0, missing: 2 });
});
