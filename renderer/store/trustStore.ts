/**
 * Who this device is and whom it trusts: its keys, the organisation's roster, and on headquarters the
 * acts that change the roster. The private half of the root key lies sealed in the roster itself, for
 * headquarters and for the recovery key; it is in memory only while it signs.
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { TrustContext } from '../../shared/exchange/openSegments';
import type { ReplicaId } from '../../shared/log/change';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, type DeviceId, type PublicKeys } from '../../shared/trust/device';
import { rosterMessage } from '../../shared/trust/messages';
import { composeRequest } from '../../shared/trust/request';
import {
  certificateOf,
  inForce,
  isLater,
  parseRoster,
  revocationOf,
  type Anchor,
  type Certificate,
  type Revocation,
  type Roster,
  type SignedRoster,
} from '../../shared/trust/roster';
import type { SigningKey } from '../exchange/engine';
import {
  importRoot,
  newDeviceKeys,
  newRootKey,
  publicKeysOf,
  signWith,
  type DeviceKeys,
} from '../exchange/keys';
import { webCodec } from '../exchange/webCodec';
import type { VaultDb } from './db';
import { openEscrow, sealEscrow } from './escrow';
import { storageRefusal } from './storageRefusal';
import type { DeviceInfo } from './vault';

/** `waiting`: keys but no organisation yet. `none`: headquarters that has not made one. */
export type Standing = 'none' | 'waiting' | 'member' | 'revoked' | 'outsider';

export type Grant = Omit<Certificate, 'device' | 'keys' | 'from' | 'replaces'> & {
  readonly replaces?: DeviceId | null;
};

/** The roster as it is kept: the signed text of the highest version, and what is in force. */
export interface KeptRoster {
  readonly signed: SignedRoster;
  readonly roster: Roster;
}

export interface TrustStore {
  /** Public keys of this device; undefined before it has some. */
  keys(): PublicKeys | undefined;
  roster(): Roster | undefined;
  /** What travels in every file. */
  signedRoster(): SignedRoster | undefined;
  standing(): Standing;
  certificate(): Certificate | undefined;
  /** For opening files: what this device trusts before it looks inside. */
  context(): TrustContext;
  /** Keys to open files with. */
  identities(): readonly CryptoKey[];
  signingKey(): SigningKey | undefined;
  sign(message: string): Promise<string | undefined>;
  /** The text of a request file. Refusals: `commit.notSetUp`, `trust.noKeys`. */
  request(): Promise<Result<string>>;
  /**
   * Makes the organisation's root key and recovery key and enrols this device as headquarters. The
   * recovery key is returned once and kept nowhere. `accepted`: what is here of authors without keys.
   */
  createOrganisation(input: {
    readonly name: string;
    readonly accepted: Readonly<Record<ReplicaId, Anchor>>;
  }): Promise<Result<{ readonly recoveryKey: string }>>;
  /** Refusals of all that change the roster: `trust.notHeadquarters`, `trust.rootKey`, `commit.*`. */
  enrol(device: DeviceId, keys: PublicKeys, grant: Grant): Promise<Result<null>>;
  /**
   * Changes what a member may do; keys and device stay. `accepted`: what is here of it, which a
   * certificate that says less must not take back from those who have yet to hear it.
   */
  regrant(
    device: DeviceId,
    grant: Partial<Grant>,
    accepted?: Readonly<Record<ReplicaId, Anchor>>,
  ): Promise<Result<null>>;
  revoke(revocation: Omit<Revocation, 'at'>): Promise<Result<null>>;
  /** Accepts segments whose authors the roster does not vouch for, for everybody. */
  accept(anchors: Readonly<Record<ReplicaId, Anchor>>): Promise<Result<null>>;
  /** Refusal also: `trust.recoveryKey`. The old one opens older files only. */
  newRecoveryKey(): Promise<Result<{ readonly recoveryKey: string }>>;
  /**
   * Makes this device headquarters with the recovery key, from the roster of any file. Refusals:
   * `trust.recoveryKey`.
   */
  recover(kept: KeptRoster, recoveryKey: string): Promise<Result<null>>;
}

export interface TrustState extends TrustStore {
  load(): Promise<void>;
  /**
   * Keys on a device that has none yet, such as one set up by an earlier release. Refusals: those of
   * the storage.
   */
  ensureKeys(): Promise<Result<null>>;
  /** The row that the arrival of a roster leaves, or undefined when it changes nothing. */
  rowAfter(carried: KeptRoster | undefined): { key: string; value: KeptRoster } | undefined;
  /** After that row is durable. */
  adopted(kept: KeptRoster): void;
}

/** The two tables it keeps things in. */
export interface TrustDb {
  readonly keys: Pick<VaultDb['keys'], 'get' | 'put'>;
  readonly meta: Pick<VaultDb['meta'], 'get' | 'put'>;
}

export interface TrustDeps {
  readonly db: TrustDb;
  readonly device: () => DeviceInfo | undefined;
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  readonly notify: () => void;
}

const KEYS_ROW = 'device';
const ROSTER_KEY = 'roster';

export function createTrust(deps: TrustDeps): TrustState {
  const { db } = deps;
  let keys: DeviceKeys | undefined;
  let publicKeys: PublicKeys | undefined;
  let kept: KeptRoster | undefined;

  const self = (): DeviceId | undefined => {
    const device = deps.device();
    return device && deviceOf(device.replica);
  };
  const certificate = () => certificateOf(kept?.roster, self() ?? '');

  async function keep(next: KeptRoster): Promise<Result<null>> {
    if (!deps.isWriter()) return deps.readOnly();
    try {
      await db.meta.put({ key: ROSTER_KEY, value: next });
    } catch (error) {
      return storageRefusal(error);
    }
    kept = next;
    deps.notify();
    return ok(null);
  }

  /** Signs the next version with the root key, which this device's own key brings out of the escrow. */
  function issue(next: (roster: Roster) => Partial<Roster>): Promise<Result<null>> {
    return deps.serial(async () => {
      if (!kept || !keys || certificate()?.role !== 'hq') return refuse('trust.notHeadquarters');
      const secret = await openEscrow(kept.roster.escrow, keys.box);
      if (!secret) return refuse('trust.rootKey');
      const { roster } = kept;
      const parts = next(roster);
      const changed = { ...roster, ...parts, version: roster.version + 1, at: deps.now() };
      const escrow = await sealEscrow(secret, changed);
      return keep(await signed({ ...changed, escrow }, secret));
    });
  }

  return {
    async load() {
      const row = await db.keys.get(KEYS_ROW);
      const stored = row?.value;
      if (stored && stored !== keys) {
        keys = stored;
        publicKeys = await publicKeysOf(stored);
      }
      kept = (await db.meta.get(ROSTER_KEY))?.value as KeptRoster | undefined;
    },

    async ensureKeys() {
      if (keys || !deps.isWriter() || deps.device()?.outsider) return ok(null);
      const made = await newDeviceKeys();
      const named = await publicKeysOf(made);
      try {
        await db.keys.put({ key: KEYS_ROW, value: made });
      } catch (error) {
        return storageRefusal(error);
      }
      publicKeys = named;
      keys = made;
      return ok(null);
    },

    rowAfter(carried) {
      if (!carried) return undefined;
      const roster = inForce(kept?.roster, carried.roster);
      if (roster === kept?.roster) return undefined;
      const newest = !kept || isLater(carried.roster, kept.roster);
      return {
        key: ROSTER_KEY,
        value: { signed: kept && !newest ? kept.signed : carried.signed, roster },
      };
    },
    adopted(next) {
      kept = next;
    },

    keys: () => publicKeys,
    roster: () => kept?.roster,
    signedRoster: () => kept?.signed,
    certificate,
    standing() {
      const device = deps.device();
      if (device?.outsider) return 'outsider';
      if (!kept) return device?.role === 'hq' ? 'none' : 'waiting';
      return revocationOf(kept.roster, self() ?? '') || !certificate() ? 'revoked' : 'member';
    },
    context() {
      const device = self();
      return {
        roster: kept?.roster,
        self: device && publicKeys ? { device, keys: publicKeys } : undefined,
      };
    },
    identities: () => (keys ? [keys.box] : []),
    signingKey() {
      const device = self();
      if (!device || !keys || !publicKeys) return undefined;
      return { device, publicKey: publicKeys.sign, privateKey: keys.sign.privateKey };
    },
    sign: async (message) => (keys ? signWith(keys.sign.privateKey, message) : undefined),

    async request() {
      const device = deps.device();
      if (!device) return refuse('commit.notSetUp');
      if (!keys || !publicKeys) return refuse('trust.noKeys');
      const { privateKey } = keys.sign;
      const text = await composeRequest(
        {
          holdfast: 'request',
          v: 1,
          replica: device.replica,
          keys: publicKeys,
          name: device.name,
          person: device.person,
          site: device.prefix.slice(0, -2),
          at: deps.now(),
        },
        (message) => signWith(privateKey, message),
      );
      return ok(text);
    },

    createOrganisation: ({ name, accepted }) =>
      deps.serial(async () => {
        const device = deps.device();
        if (!device || !publicKeys) return refuse('trust.noKeys');
        if (kept) return refuse('trust.alreadyMember');
        const recoveryKey = await generateX25519Identity();
        const root = await newRootKey();
        const roster: Roster = {
          holdfast: 'roster',
          v: 1,
          name,
          root: root.publicKey,
          version: 1,
          at: deps.now(),
          devices: [ownCertificate(device, publicKeys, deps.now())],
          revoked: [],
          accepted,
          recovery: await identityToRecipient(recoveryKey),
          escrow: '',
        };
        const escrow = await sealEscrow(root.secret, roster);
        const done = await keep(await signed({ ...roster, escrow }, root.secret));
        return done.ok ? ok({ recoveryKey }) : done;
      }),

    enrol: (device, deviceKeys, { replaces = null, ...grant }) => {
      const known = certificateOf(kept?.roster, device);
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

    accept: (anchors) => issue(({ accepted }) => ({ accepted: { ...accepted, ...anchors } })),

    async newRecoveryKey() {
      const recoveryKey = await generateX25519Identity();
      const recovery = await identityToRecipient(recoveryKey);
      const done = await issue(() => ({ recovery }));
      return done.ok ? ok({ recoveryKey }) : done;
    },

    recover: (from, recoveryKey) =>
      deps.serial(async () => {
        const device = deps.device();
        if (!device || !publicKeys) return refuse('trust.noKeys');
        const secret = await openEscrow(from.roster.escrow, recoveryKey.trim());
        if (!secret) return refuse('trust.recoveryKey');
        const roster = inForce(kept?.roster, from.roster);
        const id = deviceOf(device.replica);
        const changed: Roster = {
          ...roster,
          version: roster.version + 1,
          at: deps.now(),
          devices: [
            ...roster.devices.filter((each) => each.device !== id),
            ownCertificate(device, publicKeys, deps.now()),
          ],
        };
        return keep(
          await signed({ ...changed, escrow: await sealEscrow(secret, changed) }, secret),
        );
      }),
  };
}

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
