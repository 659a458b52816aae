/** Forged senders, forged and replayed rosters, forged requests. */
import { importRoot, newRootKey, signWith } from '../../renderer/exchange/keys';
import type { SignedRoster } from '../../shared/trust/roster';
import { rosterMessage } from '../../shared/trust/messages';
import type { Category, Hostile } from './corpus';
import {
  encode,
  packed,
  partsOf,
  signed,
  tar,
  withManifest,
  type Json,
  type Victim,
} from './forger';

type Signature = (victim: Victim, head: Uint8Array) => Promise<Uint8Array | undefined>;

/** A sound manifest with that signature, or with none. */
const signs = (name: string, code: string, signature: Signature): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: async (victim) => {
    const { manifest, entries } = partsOf(victim.good);
    const head = encode(manifest);
    const sig = await signature(victim, head);
    return tar([
      { name: 'manifest.json', bytes: head },
      ...(sig ? [{ name: 'manifest.sig', bytes: sig }] : []),
      ...entries,
    ]);
  },
});

const rewritten =
  (change: (value: Json) => Json): Signature =>
  async ({ laptop }, head) => {
    const value = JSON.parse(new TextDecoder().decode(await signed(laptop, head))) as Json;
    return encode(change(value));
  };

const rosterOf = ({ good }: Victim): SignedRoster => partsOf(good).manifest.roster as SignedRoster;

/** A roster with true signature of a root key that the forger made. */
async function foreignRoot(text: string): Promise<SignedRoster> {
  const root = await newRootKey();
  const roster = { ...(JSON.parse(text) as Json), root: root.publicKey };
  const next = JSON.stringify(roster);
  return { text: next, sig: await signWith(await importRoot(root.secret), rosterMessage(next)) };
}

const roster = (
  name: string,
  code: string,
  change: (victim: Victim, real: SignedRoster) => SignedRoster | Promise<SignedRoster>,
): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: async (victim) => withManifest(victim, { roster: await change(victim, rosterOf(victim)) }),
});

/** The laptop signs a roster itself, as if it were headquarters. */
const usurped = (name: string, code: string, change: (value: Json) => Json): Hostile =>
  roster(name, code, async ({ laptop }, { text }) => {
    const next = JSON.stringify(change(JSON.parse(text) as Json));
    return { text: next, sig: (await laptop.vault.trust.sign(rosterMessage(next))) ?? '' };
  });

export const trusts: Category = {
  signature: [
    signs('none, from a device that has keys', 'signature', async () => undefined),
    signs('of a stranger', 'signature', ({ stranger }, head) => signed(stranger, head)),
    signs('of another manifest', 'signature', ({ laptop }) => signed(laptop, encode('{}'))),
    signs(
      'that names another device',
      'signature',
      rewritten((v) => ({ ...v, device: 'other' })),
    ),
    signs(
      'with a key too many',
      'signature',
      rewritten((v) => ({ ...v, extra: 1 })),
    ),
    signs(
      'of the future',
      'signature',
      rewritten((v) => ({ ...v, v: 2 })),
    ),
    signs(
      'that is too short',
      'signature',
      rewritten((v) => ({ ...v, sig: 'abc' })),
    ),
    signs(
      'of nought',
      'signature',
      rewritten((v) => ({ ...v, sig: 'A'.repeat(86) })),
    ),
    signs(
      'under a key of nought',
      'signature',
      rewritten((v) => ({ ...v, key: 'A'.repeat(43) })),
    ),
    signs('that is no text', 'signature', async () => new Uint8Array([0xff, 0xfe])),
    {
      name: 'of the laptop on a file of headquarters',
      code: 'exchange.signature',
      make: async (victim) => {
        const parts = partsOf(victim.good);
        const from = { replica: victim.hq.vault.device()?.replica, name: 'HQ', role: 'hq' };
        return packed({ ...parts, manifest: { ...parts.manifest, from } }, victim.laptop);
      },
    },
  ],
  roster: [
    roster('of another organisation', 'organisation', ({ foreigner }) => {
      const signedRoster = foreigner.vault.trust.signedRoster();
      if (!signedRoster) throw new Error('the other organisation has a roster');
      return signedRoster;
    }),
    roster('of a root key that the forger made', 'organisation', (_, { text }) =>
      foreignRoot(text),
    ),
    roster('signed by nobody', 'roster', (_, { text }) => ({ text, sig: 'A'.repeat(86) })),
    roster('a letter changed', 'roster', (_, { text, sig }) => ({
      text: text.replace('Harbour', 'Harbor '),
      sig,
    })),
    usurped('in which the laptop is headquarters', 'roster', (value) => ({
      ...value,
      version: 99,
      devices: (value.devices as Json[]).map((device) => ({ ...device, role: 'hq' })),
    })),
    usurped('of the future', 'newer', (value) => ({ ...value, v: 2 })),
    usurped('with a device twice', 'roster', (value) => ({
      ...value,
      devices: [...(value.devices as Json[]), ...(value.devices as Json[])],
    })),
    usurped('with a role that does not exist', 'roster', (value) => ({
      ...value,
      devices: (value.devices as Json[]).map((device) => ({ ...device, role: 'god' })),
    })),
    roster('with __proto__', 'roster', (_, { text, sig }) => ({
      text: text.replace('"accepted":{', '"accepted":{"__proto__":{"to":1},'),
      sig,
    })),
    roster('that is no JSON', 'roster', (_, { sig }) => ({ text: 'roster', sig })),
    {
      name: 'that is no roster at all',
      code: 'exchange.manifest',
      make: (victim) => withManifest(victim, { roster: { text: 1, sig: 2 } }),
    },
  ],
};
