/**
 * The acts that change the organisation's roster. The private half of the root key lies sealed in the
 * roster itself, for headquarters and for the recovery key; it is in memory only while it signs.
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, type PublicKeys } from '../../shared/trust/device';
import { rosterMessage } from '../../shared/trust/messages';
import {
  certificateOf,
  inForce,
  parseRoster,
  type Certificate,
  type Roster,
} from '../../shared/trust/roster';
import { importRoot, newRootKey, signWith } from '../exchange/keys';
import { webCodec } from '../exchange/webCodec';
import { openEscrow, sealEscrow } from './escrow';
import type { KeptRoster, RosterActs } from './trust';
import type { DeviceInfo } from './vault';

export interface RosterActDeps {
  readonly device: () => DeviceInfo | undefined;
  /** Keys of this device: the private one that opens what is sealed for it, and the public halves. */
  readonly keys: () => { readonly box: CryptoKey; readonly publicKeys: PublicKeys } | undefined;
  readonly kept: () => KeptRoster | undefined;
  readonly isHeadquarters: () => boolean;
  /** Durably. */
  readonly keep: (next: KeptRoster) => Promise<Result<null>>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
}

export function createRosterActs(deps: RosterActDeps): RosterActs {
  /** Signs the next version with the root key, which this device's own key brings out of the escrow. */
  function issue(
    next: (roster: Roster) => Partial<Roster>,
    isCurrent = () => true,
  ): Promise<Result<null>> {
    return deps.serial(async () => {
      if (!isCurrent()) return refuse('exchange.meanwhile');
      const kept = deps.kept();
      const keys = deps.keys();
      if (!kept || !keys || !deps.isHeadquarters()) return refuse('trust.notHeadquarters');
      const secret = await openEscrow(kept.roster.escrow, keys.box);
      if (!secret) return refuse('trust.rootKey');
      const { roster } = kept;
      const parts = next(roster);
      const changed = { ...roster, ...parts, version: roster.version + 1, at: deps.now() };
      const escrow = await sealEscrow(secret, changed);
      return deps.keep(await signed({ ...changed, escrow }, secret));
    });
  }

  return {
    createOrganisation: ({ name, accepted }) =>
      deps.serial(async () => {
        const device = deps.device();
        const mine = deps.keys()?.publicKeys;
        if (!device || !mine) return refuse('trust.noKeys');
        if (deps.kept()) return refuse('trust.alreadyMember');
        const recoveryKey = await generateX25519Identity();
        const root = await newRootKey();
        const roster: Roster = {
          holdfast: 'roster',
          v: 1,
          name,
          root: root.publicKey,
          version: 1,
          at: deps.now(),
          devices: [ownCertificate(device, mine, deps.now())],
          revoked: [],
          accepted,
          recovery: await identityToRecipient(recoveryKey),
          escrow: '',
        };
        const escrow = await sealEscrow(root.secret, roster);
        const done = await deps.keep(await signed({ ...roster, escrow }, root.secret));
        return done.ok ? ok({ recoveryKey }) : done;
      }),

    enrol: (device, deviceKeys, { replaces = null, ...grant }) => {
      const known = certificateOf(deps.kept()?.roster, device);
      if (known && (known.keys.sign !== deviceKeys.sign || known.keys.box !== deviceKeys.box)) {
        return Promise.resolve(refuse('trust.otherKeys', { name: known.name }));
      }
      return issue(({ devices }) => ({
        devices: [
          ...devices.filter((each) => each.device !== device),
          { device, keys: deviceKeys, ...grant, from: known?.from ?? deps.now(), replaces },
        ],
      }));
    },

    regrant: (device, grant, anchors = {}) =>
      issue(({ devices, accepted }) => ({
        devices: devices.map((each) => (each.device === device ? { ...each, ...grant } : each)),
        accepted: { ...accepted, ...anchors },
      })),

    revoke: (revocation) =>
      issue(({ revoked }) => ({
        revoked: [
          ...revoked.filter(({ device }) => device !== revocation.device),
          {
            device: revocation.device,
            at: deps.now(),
            reason: revocation.reason,
            last: revocation.last,
          },
        ],
      })),

    accept: (anchors, isCurrent) =>
      issue(
        ({ accepted }) => ({ accepted: { ...accepted, ...notBelow(accepted, anchors) } }),
        isCurrent,
      ),

    async newRecoveryKey() {
      const recoveryKey = await generateX25519Identity();
      const recovery = await identityToRecipient(recoveryKey);
      const done = await issue(() => ({ recovery }));
      return done.ok ? ok({ recoveryKey }) : done;
    },

    recover: (from, recoveryKey) =>
      deps.serial(async () => {
        const device = deps.device();
        const mine = deps.keys()?.publicKeys;
        if (!device || !mine) return refuse('trust.noKeys');
        const secret = await openEscrow(from.roster.escrow, recoveryKey.trim());
        if (!secret) return refuse('trust.recoveryKey');
        const roster = inForce(deps.kept()?.roster, from.roster);
        const id = deviceOf(device.replica);
        const changed: Roster = {
          ...roster,
          version: roster.version + 1,
          at: deps.now(),
          devices: [
            ...roster.devices.filter((each) => each.device !== id),
            ownCertificate(device, mine, deps.now()),
          ],
        };
        return deps.keep(
          await signed({ ...changed, escrow: await sealEscrow(secret, changed) }, secret),
        );
      }),
  };
}

/** What was accepted once stays so, whoever has decided meanwhile. */
const notBelow = (accepted: Roster['accepted'], anchors: Roster['accepted']): Roster['accepted'] =>
  Object.fromEntries(
    Object.entries(anchors).filter(([replica, { to }]) => to >= (accepted[replica]?.to ?? 0)),
  );

const ownCertificate = (device: DeviceInfo, keys: PublicKeys, from: number): Certificate => ({
  device: deviceOf(device.replica),
  keys,
  name: device.name,
  holder: device.person,
  site: device.prefix.slice(0, -2),
  role: 'hq',
  kinds: null,
  from,
  until: null,
  replaces: null,
});

/** Throws when the root key does not fit or the roster is such that no reader would accept it: a bug. */
async function signed(roster: Roster, secret: Uint8Array): Promise<KeptRoster> {
  const text = JSON.stringify(roster);
  const read = parseRoster(text);
  if (!read.ok) throw new Error('a roster that cannot be read back');
  const sig = await signWith(await importRoot(secret), rosterMessage(text));
  const fits = await webCodec.verify(roster.root, sig, rosterMessage(text));
  if (!fits) throw new Error('the root key does not fit the roster');
  return { signed: { text, sig }, roster: read.value };
}
