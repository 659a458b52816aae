/**
 * Who this device is and whom it trusts: its keys and the organisation's roster. What headquarters
 * does to the roster stands in rosterActs.
 */
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, type DeviceId, type PublicKeys } from '../../shared/trust/device';
import { composeRequest } from '../../shared/trust/request';
import { certificateOf, inForce, isLater, revocationOf } from '../../shared/trust/roster';
import { newDeviceKeys, publicKeysOf, signWith, type DeviceKeys } from '../exchange/keys';
import type { VaultDb } from './db';
import { createRosterActs } from './rosterActs';
import { storageRefusal } from './storageRefusal';
import type { KeptRoster, TrustStore } from './trust';
import type { DeviceInfo } from './vault';

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

  const acts = createRosterActs({
    device: deps.device,
    keys: () => keys && publicKeys && { box: keys.box, publicKeys },
    kept: () => kept,
    isHeadquarters: () => certificate()?.role === 'hq',
    keep,
    serial: deps.serial,
    now: deps.now,
  });

  return {
    ...acts,

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
  };
}
