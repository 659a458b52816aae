import { expect, test } from 'vitest';
import { inForce, isActive, parseRoster, type Certificate, type Roster } from './roster';

const key = (letter: string) => letter.repeat(43);
const box = `age1${'q'.repeat(58)}`;

const certificate = (device: string, over: Partial<Certificate> = {}): Certificate => ({
  device,
  keys: { sign: key('k'), box },
  name: `Laptop ${device}`,
  holder: 'Li Na',
  site: 'HB1',
  role: 'coordinator',
  kinds: null,
  from: 0,
  until: null,
  replaces: null,
  ...over,
});

const roster = (over: Partial<Roster> = {}): Roster => ({
  holdfast: 'roster',
  v: 1,
  name: 'Harbour Works',
  root: key('r'),
  version: 1,
  at: 1,
  devices: [certificate('a'), certificate('b')],
  revoked: [],
  accepted: {},
  recovery: box,
  escrow: '',
  ...over,
});

const revoke = (device: string, last = {}) => ({ device, at: 1, reason: 'lost' as const, last });

test('a roster reads back as it was written', () => {
  const whole = roster({
    revoked: [revoke('b', { 'b-0': 7 })],
    accepted: { 'c-0': { to: 3, sha256: '0'.repeat(64) } },
  });
  expect(parseRoster(JSON.stringify(whole))).toEqual({ ok: true, value: whole });
});

test.each<[string, unknown]>([
  ['an unknown key', { ...roster(), extra: 1 }],
  ['no version', { ...roster(), version: 0 }],
  ['one device twice', roster({ devices: [certificate('a'), certificate('a')] })],
  ['one revocation twice', roster({ revoked: [revoke('a'), revoke('a')] })],
  ['a root key of another form', roster({ root: 'short' })],
  ['a role nobody has', roster({ devices: [certificate('a', { role: 'root' as 'hq' })] })],
  [
    'a kind that would be a key of every object',
    roster({ devices: [certificate('a', { kinds: ['constructor'] })] }),
  ],
  ['a device that would be a key of every object', roster({ devices: [certificate('__proto__')] })],
  ['an anchor without a hash', { ...roster(), accepted: { 'c-0': { to: 3 } } }],
])('a roster with %s is refused', (_, value) => {
  const parsed = parseRoster(JSON.stringify(value));
  expect(parsed).toEqual({ ok: false, refusal: { code: 'exchange.roster' } });
});

test('a roster of a later form is held, not misread', () => {
  const parsed = parseRoster(JSON.stringify({ ...roster(), v: 2, more: true }));
  expect(parsed).toEqual({ ok: false, refusal: { code: 'exchange.newer' } });
});

test('the higher version is in force, whichever came first', () => {
  const old = roster();
  const next = roster({ version: 2, name: 'Harbour Works Ltd' });
  expect(inForce(old, next)).toBe(next);
  expect(inForce(next, old)).toBe(next);
});

test('an old roster that is replayed lets nobody back in', () => {
  const old = roster({ version: 1 });
  const revoking = roster({ version: 2, revoked: [revoke('b')] });
  expect(isActive(inForce(revoking, old), 'b')).toBe(false);
});

test('what two headquarters signed at once is all in force', () => {
  const anchor = { to: 3, sha256: '0'.repeat(64) };
  const one = roster({ version: 2, devices: [certificate('a'), certificate('c')] });
  const two = roster({ version: 2, accepted: { 'x-0': anchor } });
  for (const both of [inForce(one, two), inForce(two, one)]) {
    expect(both.devices.map(({ device }) => device).toSorted()).toEqual(['a', 'b', 'c']);
    expect(both.accepted).toEqual({ 'x-0': anchor });
  }
});

test('of two rosters of one version everybody prefers the same one, and loses nothing of the other', () => {
  const before = roster({
    version: 2,
    devices: [certificate('a', { kinds: [] }), certificate('c')],
  });
  const after = roster({
    version: 2,
    at: 5,
    devices: [certificate('a', { kinds: ['ci'] }), certificate('d')],
  });
  const atOnce = { ...before, at: 5, escrow: 'x' };
  for (const [one, two, kinds] of [
    [before, after, ['ci']],
    [atOnce, after, []],
  ] as const) {
    for (const both of [inForce(one, two), inForce(two, one)]) {
      expect(both.devices.find(({ device }) => device === 'a')?.kinds).toEqual(kinds);
      expect(both.devices.map(({ device }) => device).toSorted()).toEqual(['a', 'c', 'd']);
    }
  }
});

test('rights that a later version took away do not come back with an old one', () => {
  const old = roster({ version: 1 });
  const less = roster({ version: 2, devices: [certificate('a', { kinds: [] }), certificate('b')] });
  expect(inForce(less, old).devices[0]?.kinds).toEqual([]);
  expect(inForce(old, less).devices[0]?.kinds).toEqual([]);
});

test('what either of two headquarters revoked stays revoked', () => {
  const one = roster({ version: 2, revoked: [revoke('a')] });
  const two = roster({ version: 3, revoked: [revoke('b')] });
  for (const both of [inForce(one, two), inForce(two, one)]) {
    expect([isActive(both, 'a'), isActive(both, 'b'), both.version]).toEqual([false, false, 3]);
  }
});
