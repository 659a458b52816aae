import { expect, test } from 'vitest';
import type { Change } from '../log/change';
import type { Certificate, Roster } from './roster';
import { distrustOf, type Judged } from './standing';

const change = (over: Partial<Change> = {}): Change => ({
  r: 'a-0',
  s: 1,
  t: [1000, 0],
  by: 'Li Na',
  k: 'ci',
  kv: 1,
  id: 'aaaaaaaaaaaaaaaa',
  f: { name: 'x' },
  ...over,
});
const judged = (over: Partial<Judged> = {}): Judged => ({
  replica: 'a-0',
  to: 5,
  proof: 'signed',
  changes: [change()],
  ...over,
});
const certificate: Certificate = {
  device: 'a',
  keys: { sign: 'k'.repeat(43), box: '' },
  name: 'A',
  holder: 'Li Na',
  site: 'HB1',
  role: 'field',
  kinds: null,
  from: 0,
  until: null,
  replaces: null,
};
const roster = (over: Partial<Certificate> = {}, revoked: Roster['revoked'] = []): Roster => ({
  holdfast: 'roster',
  v: 1,
  name: 'Harbour Works',
  root: 'r'.repeat(43),
  version: 1,
  at: 1,
  devices: [{ ...certificate, ...over }],
  revoked,
  accepted: {},
  recovery: '',
  escrow: '',
});

test('without a roster there is nobody to ask', () => {
  expect(distrustOf(judged({ proof: 'unsigned' }), undefined)).toBeUndefined();
});

test('a signed segment of a member enters, under any epoch of the device', () => {
  expect(distrustOf(judged(), roster())).toBeUndefined();
  expect(distrustOf(judged({ replica: 'a-7' }), roster())).toBeUndefined();
});

test('nobody else enters', () => {
  expect(distrustOf(judged({ replica: 'b-0', proof: 'unknown' }), roster())).toBe('unknown');
  expect(distrustOf(judged({ proof: 'unsigned' }), roster())).toBe('unsigned');
});

test('a revoked device enters up to its last accepted change, and no epoch that is not named', () => {
  const revoked = roster({}, [{ device: 'a', at: 9, reason: 'stolen', last: { 'a-0': 5 } }]);
  expect(distrustOf(judged({ to: 5 }), revoked)).toBeUndefined();
  expect(distrustOf(judged({ to: 6 }), revoked)).toBe('revoked');
  expect(distrustOf(judged({ replica: 'a-1', to: 1 }), revoked)).toBe('revoked');
});

test('a certificate ends by the clock of the change, so that all replicas judge alike', () => {
  expect(distrustOf(judged(), roster({ until: 1000 }))).toBeUndefined();
  expect(distrustOf(judged(), roster({ until: 999 }))).toBe('expired');
});

test('a member writes its kinds, links, and the record of its own device', () => {
  const limited = roster({ kinds: ['ci'] });
  const of = (k: string, id = 'x') => judged({ changes: [change({ k, id })] });
  expect(distrustOf(of('ci'), limited)).toBeUndefined();
  expect(distrustOf(of('link'), limited)).toBeUndefined();
  expect(distrustOf(of('device', 'a-0'), limited)).toBeUndefined();
  expect(distrustOf(of('device', 'b-0'), limited)).toBe('kind');
  expect(distrustOf(of('plan'), limited)).toBe('kind');
});

test('a reader writes nothing but the record of its device', () => {
  const reader = roster({ role: 'reader' });
  expect(distrustOf(judged(), reader)).toBe('kind');
  expect(distrustOf(judged({ changes: [change({ k: 'link' })] }), reader)).toBe('kind');
  expect(
    distrustOf(judged({ changes: [change({ k: 'device', id: 'a-0' })] }), reader),
  ).toBeUndefined();
});
