/**
 * This device: its name and replica, set up once; the epoch it may write under; and what it wrote on a
 * branch of its log that was given up.
 */
import type { Host } from '../../shared/host';
import { laterEpoch, safeEpoch } from '../../shared/log/epoch';
import { seen } from '../../shared/log/vector';
import type { Projection } from '../../shared/projection/projection';
import { ok, refuse, type Refusal, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { FORKED_KEY } from './branches';
import type { Committer } from './committer';
import type { HeldWriter } from './heldWriter';
import type { VaultDb } from './db';
import type { ExchangeState } from './exchangeState';
import type { Waiting } from './exchangeStore';
import { newDeviceTag, newReplicaId } from './ids';
import { storageRefusal } from './storageRefusal';
import type { MeantBy } from './unjudged';
import { signSealed } from './tail';
import type { TrustState } from './trustStore';
import type { DeviceInfo, Vault } from './vault';
import type { LogReader } from './logReader';

const DEVICE_KEY = 'device';

export interface DeviceDeps {
  readonly db: VaultDb;
  readonly host: Pick<Host, 'exported' | 'keepExported'>;
  readonly projection: Pick<Projection, 'get' | 'have'>;
  readonly log: Pick<LogReader, 'tail'>;
  readonly isWriter: () => boolean;
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly seal: () => Promise<void>;
  readonly notify: () => void;
  readonly trust: () => TrustState;
  readonly exchange: () => ExchangeState;
  readonly committer: () => Committer;
  readonly heldWriter: () => HeldWriter;
  /** Something failed that a later start tries again. */
  readonly trouble: (refusal: Refusal) => void;
}

export interface DeviceState extends Pick<Vault, 'setUp' | 'signIn' | 'exported'> {
  load(): Promise<void>;
  current(): DeviceInfo | undefined;
  replica(): string;
  /** Before anything is written: keys, a safe epoch, what is to be rescued, the device's record. */
  settle(): Promise<void>;
  /** Only where the last attempt failed. */
  settleAgain(): Promise<void>;
  /** Changes of this device up to that sequence are known elsewhere: never use those again. */
  travelled(sequence: number): Promise<void>;
  /** By the recovery key or its certificate: whom it delivers to and what its files say follow. */
  becomeHeadquarters(): Promise<Result<null>>;
  /** Of held segments, and shown as held no longer than that. */
  rescue(held: readonly Waiting[]): Promise<Result<number>>;
  /** What was taken away by who knew those held segments, and not what is here. */
  restate(held: readonly Waiting[], meant: MeantBy): Promise<Result<number>>;
}

export function createDeviceState(deps: DeviceDeps): DeviceState {
  const { db, projection } = deps;
  let device: DeviceInfo | undefined;
  let unsettled: Refusal | undefined;

  async function keep(next: DeviceInfo): Promise<Result<null>> {
    if (!deps.isWriter()) return deps.readOnly();
    try {
      await db.meta.put({ key: DEVICE_KEY, value: next });
    } catch (error) {
      return storageRefusal(error);
    }
    device = next;
    deps.notify();
    return ok(null);
  }

  /** The device's own record, so that every history can name it. */
  function register({ replica, name, role, prefix }: DeviceInfo) {
    const fields = { name, role, prefix };
    return deps
      .committer()
      .commit([{ do: 'create', kind: 'device', id: replica, fields }], { op: 'device' });
  }

  /** On a device set up by an earlier release, what it wrote is signed afterwards. */
  async function haveKeys(): Promise<void> {
    const trust = deps.trust();
    if (!device || trust.keys()) return;
    const made = await trust.ensureKeys();
    // Everything but exchange goes on without; the next start tries again.
    if (!made.ok) deps.trouble(made.refusal);
    else await signSealed(db, deviceOf(device.replica), (message) => trust.sign(message));
  }

  async function moveToSafeEpoch(): Promise<Result<null>> {
    if (!device) return ok(null);
    const forked = (await db.meta.get(FORKED_KEY))?.value;
    // What is not sealed cannot have been exported by this database, but by a later state of it.
    const [first] = deps.log.tail;
    const sealed = { ...projection.have(), ...(first && { [first.r]: first.s - 1 }) };
    const replica =
      forked === device.replica
        ? laterEpoch(device.replica, crypto.getRandomValues(new Uint16Array(1))[0] ?? 0)
        : await safeEpoch(device.replica, sealed, (r) => deps.host.exported(r));
    if (replica === device.replica) return ok(null);
    // The tail holds one replica's changes, by sequence; those of the old epoch leave it now.
    await deps.seal();
    const site = device.prefix.slice(0, -newDeviceTag().length);
    return keep({ ...device, replica, prefix: `${site}${newDeviceTag()}` });
  }

  async function rescue(held: readonly Waiting[]): Promise<Result<number>> {
    return afterwards(await deps.heldWriter().rescue(held));
  }

  async function restate(held: readonly Waiting[], meant: MeantBy): Promise<Result<number>> {
    return afterwards(await deps.heldWriter().restate(held, meant));
  }

  async function afterwards(result: Result<number>): Promise<Result<number>> {
    if (result.ok) await deps.exchange().load();
    deps.notify();
    return result;
  }

  /** What this device wrote on a branch that was given up is written again; of state a person decides. */
  async function rescueOwn(): Promise<Result<number>> {
    const own = deviceOf(device?.replica ?? '');
    const lost = deps
      .exchange()
      .waiting()
      .filter((w) => w.displaced && !w.state && !w.rescued && deviceOf(w.segment.replica) === own);
    return lost.length > 0 ? rescue(lost) : ok(0);
  }

  async function settleNow(): Promise<Result<null>> {
    if (!device || device.outsider || !deps.isWriter()) return ok(null);
    try {
      await deps.serial(haveKeys);
      const moved = await deps.serial(moveToSafeEpoch);
      if (!moved.ok) return moved;
      const rescued = await rescueOwn();
      const restated = rescued.ok ? await deps.exchange().restate([]) : rescued;
      // Missing too when set-up was cut off between its two writes.
      if (!projection.get(device.replica)) await register(device);
      return restated.ok ? ok(null) : restated;
    } catch (error) {
      return storageRefusal(error);
    }
  }

  /** Where the disk is full it says so, and is tried again when there is time, and at the next start. */
  async function settle(): Promise<void> {
    const settled = await settleNow();
    unsettled = settled.ok ? undefined : settled.refusal;
    if (unsettled) deps.trouble(unsettled);
  }

  return {
    async load() {
      device = (await db.meta.get(DEVICE_KEY))?.value as DeviceInfo | undefined;
    },
    current: () => device,
    replica: () => device?.replica ?? '',
    settle,
    settleAgain: async () => (unsettled ? settle() : undefined),
    async exported() {
      const replica = device?.replica ?? '';
      // What is kept outside the database may have been cleared.
      const noted = deps
        .exchange()
        .peers()
        .map((peer) => seen(peer.sent, replica));
      return Math.max(await deps.host.exported(replica), ...noted);
    },
    async travelled(sequence) {
      if (!device || sequence <= seen(projection.have(), device.replica)) return;
      await deps.host.keepExported(device.replica, sequence);
      await settle();
    },
    async becomeHeadquarters() {
      if (!device || device.role === 'hq') return ok(null);
      const { replica } = device;
      const kept = await keep({ ...device, role: 'hq' });
      if (!kept.ok) return kept;
      const edit = { do: 'set', id: replica, fields: { role: 'hq' } } as const;
      const told = await deps.committer().commit([edit], { op: 'device' });
      return told.ok ? ok(null) : told;
    },
    rescue,
    restate,
    async setUp(input) {
      if (device) return refuse('commit.alreadySetUp');
      const next: DeviceInfo = {
        replica: newReplicaId(),
        name: input.name,
        role: input.role,
        person: input.person,
        prefix: `${input.siteCode.trim().toUpperCase()}${newDeviceTag()}`,
      };
      const kept = await keep(next);
      if (!kept.ok) return kept;
      const made = await deps.serial(() => deps.trust().ensureKeys());
      if (!made.ok) return made;
      const committed = await register(next);
      return committed.ok ? ok(next) : committed;
    },
    async signIn(person) {
      return device ? keep({ ...device, person }) : refuse('commit.notSetUp');
    },
  };
}
