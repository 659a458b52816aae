import { expect, test } from 'vitest';
import type { Roster, SignedRoster } from '../trust/roster';
import type { Codec } from './codec';
import type { Manifest } from './manifest';
import { NO_TRUST } from './openSegments';
import { judgesOf } from './whoSent';

const GOOD = 'good';
const root = 'A'.repeat(43);
const roster: Roster = {
  holdfast: 'roster',
  v: 1,
  name: 'Harbour Works',
  root,
  version: 1,
  at: 1,
  escrow: 'AAAA',
  recovery: `age1${'q'.repeat(58)}`,
  devices: [],
  revoked: [],
  accepted: {},
};
const text = JSON.stringify(roster);

function codecThat(counts: { asked: number }): Codec {
  const verify = async (_: string, signature: string) => {
    counts.asked++;
    return signature === GOOD;
  };
  return { verify } as unknown as Codec;
}

async function judged(codec: Codec, signed: SignedRoster, trust = NO_TRUST) {
  const manifest = { roster: signed, from: { replica: 'a-0' } } as Manifest;
  const found = await judgesOf(manifest, trust, codec);
  return found.ok ? found.value.carried?.roster.name : found.refusal.code;
}

test('the signature of a roster that every file carries is checked once', async () => {
  const counts = { asked: 0 };
  const codec = codecThat(counts);
  expect(await judged(codec, { text, sig: GOOD })).toBe('Harbour Works');
  expect(await judged(codec, { text, sig: GOOD })).toBe('Harbour Works');
  expect(counts.asked).toBe(1);
});

test('a roster that was found good vouches for no other text and no other signature', async () => {
  const codec = codecThat({ asked: 0 });
  const other = JSON.stringify({ ...roster, name: 'Harbor Works' });
  expect(await judged(codec, { text, sig: GOOD })).toBe('Harbour Works');
  expect(await judged(codec, { text, sig: 'forged' })).toBe('exchange.roster');
  expect(await judged(codec, { text: other, sig: 'forged' })).toBe('exchange.roster');
  expect(await judged(codec, { text, sig: GOOD })).toBe('Harbour Works');
});

test('a roster that was found good is refused all the same where another organisation is in force', async () => {
  const codec = codecThat({ asked: 0 });
  const trust = { ...NO_TRUST, roster: { ...roster, root: 'B'.repeat(43) } };
  expect(await judged(codec, { text, sig: GOOD })).toBe('Harbour Works');
  expect(await judged(codec, { text, sig: GOOD }, trust)).toBe('exchange.organisation');
});
