/** Opens the vault: database, checkpoint, log, writer lock; and puts the parts together. */
import { webCodec } from '../exchange/webCodec';
import { newRecordId } from './ids';
import type { Host } from '../../shared/host';
import type { Change } from '../../shared/log/change';
import type { OpenBase } from '../../shared/exchange/base';
import { historyOf } from '../../shared/log/history';
import { kindOf, kinds } from '../../shared/kinds/registry';
import { createProjection, type Foreseen } from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import { revocationOf } from '../../shared/trust/roster';
import { mayWrite } from '../../shared/trust/standing';
import { GENERATION_KEY } from './branches';
import { createArchive } from './archive';
import { createBases } from './bases';
import { createBlobs } from './blobs';
import { createCheckpoint } from './checkpoint';
import { createCompaction, vouch } from './compaction';
import { createCommitter, type CommitterDeps } from './committer';
import { createDb } from './db';
import { createDeviceState, type DeviceState } from './deviceState';
import { createExchangeState } from './exchangeState';
import { createExtracts } from './extractStore';
import { createHeldWriter } from './heldWriter';
import { createHeldFiles } from './heldFiles';
import { createLogReader } from './logReader';
import { createIdleWork } from './idleWork';
import { createSerial } from './serial';
import { createSettings } from './settings';
import { storageRefusal } from './storageRefusal';
import { sealTail } from './tail';
import { createTrust } from './trustStore';
import { createStandsFor } from './standsStore';
import { createUpkeep } from './upkeep';
import type { Vault } from './vault';
import { claimWriter, type Writer } from './writer';

/** Tail length at which it is sealed when there is time. */
const SEAL_AT = 512;

export interface OpenOptions {
  readonly host: Pick<Host, 'exported' | 'keepExported'>;
  readonly name?: string;
  readonly now?: () => number;
  readonly onProgress?: (done: number, total: number) => void;
}

export async function openVault(options: OpenOptions): Promise<Result<Vault>> {
  const name = options.name ?? 'holdfast';
  const now = options.now ?? (() => Date.now());
  const progress = options.onProgress ?? (() => {});
  const db = createDb(name);
  const codec = webCodec;
  const log = createLogReader(db, codec);
  const projection = createProjection(kindOf);
  const checkpoint = createCheckpoint(db, kinds);
  const serial = createSerial();
  const listeners = new Set<() => void>();
  let version = 0;
  let closed = false;
  let replaced = false;
  let generation: unknown;
  let writer: Writer | undefined;

  const isWriter = () => (writer?.holds() ?? false) && !upkeep.damaged() && !closed && !replaced;

  const readOnly = (): Result<never> =>
    upkeep.damaged() ? refuse('commit.damaged') : refuse('commit.readOnly');

  function notify(): void {
    version++;
    for (const listener of listeners) listener();
  }

  async function applied(
    changes: readonly Change[],
    added?: readonly OpenBase[],
    foreseen?: Foreseen,
  ): Promise<void> {
    await upkeep.show(changes, added, foreseen);
    notify();
    writer?.announce();
    idle.soon();
  }

  const device: DeviceState = createDeviceState({
    db,
    host: options.host,
    projection,
    log,
    isWriter,
    readOnly,
    serial,
    seal: () => sealNow(),
    notify,
    trust: () => trust,
    exchange: () => exchange,
    committer: () => committer,
    heldWriter: () => heldWriter,
    trouble: (refusal) => {
      idle.report(refusal);
    },
  });
  const trust = createTrust({
    db,
    device: device.current,
    isWriter,
    readOnly,
    serial,
    now,
    notify,
  });
  const sealNow = () => sealTail(db, log, codec, (message) => trust.sign(message));
  const bases = createBases({
    db,
    codec,
    vouch: (head) => vouch({ trust, replica: device.replica }, head),
  });
  const upkeep = createUpkeep({ db, codec, log, projection, checkpoint, bases, now, progress });
  const archive = createArchive({
    db,
    codec,
    projection,
    log,
    bases,
    isWriter,
    readOnly,
    serial,
    notify,
  });
  const blobs = createBlobs({ db, projection, isWriter, readOnly, notify });
  const exchange = createExchangeState({
    db,
    log,
    projection,
    role: () => device.current()?.role,
    isWriter,
    readOnly,
    serial,
    seal: sealNow,
    applied,
    notify,
    travelled: device.travelled,
    forked: device.settle,
    replaced: giveUp,
    rescue: device.rescue,
    restate: device.restate,
    replica: device.replica,
    trust,
    blobs,
    bases,
    standsFor: createStandsFor({ db, codec, archive, trust, replica: device.replica }),
    archive,
    async rosterCame() {
      if (trust.certificate()?.role === 'hq') await device.becomeHeadquarters();
    },
    isRevoked: (id) => revocationOf(trust.roster(), id) !== undefined,
    person: () => device.current()?.person ?? '',
    now,
  });
  const compaction = createCompaction({
    db,
    codec,
    log,
    bases,
    projection,
    replica: device.replica,
    trust,
    peers: () => exchange.peers(),
    isWriter,
    readOnly,
    serial,
    seal: sealNow,
    touched: (ids) => checkpoint.touch(ids),
    done() {
      writer?.announce();
      idle.soon();
      notify();
    },
    now,
  });
  const idle = createIdleWork({
    serial,
    isWriter,
    async work() {
      if (log.tail.length >= SEAL_AT) await sealNow();
      if (checkpoint.dirty()) await checkpoint.save(projection);
      await blobs.sweep(now());
    },
    async afterwards() {
      await device.settleAgain();
      await compaction.whenIdle();
    },
    notify,
  });
  const writing: CommitterDeps = {
    db,
    log,
    projection,
    kindOf,
    device: device.current,
    isWriter,
    readOnly,
    serial,
    now,
    mayWrite(change) {
      const certificate = trust.certificate();
      return !certificate || mayWrite(certificate, change);
    },
    applied,
  };
  const committer = createCommitter(writing);
  const heldWriter = createHeldWriter({ ...writing, bases });
  const settings = createSettings(db, notify);
  const heldFiles = createHeldFiles({ db, isWriter, readOnly, serial, now, notify });
  const extract = createExtracts({
    db,
    codec,
    device: device.current,
    isWriter,
    readOnly,
    serial,
    async shown() {
      generation = undefined;
      await follow();
      writer?.announce();
      idle.soon();
    },
    replaced: giveUp,
  });

  /** The database holds another log than memory shows. */
  function giveUp(): void {
    replaced = true;
    writer?.announce();
    notify();
  }

  async function follow(): Promise<void> {
    const now = (await db.meta.get(GENERATION_KEY))?.value ?? 0;
    generation ??= now;
    replaced ||= now !== generation;
    if (replaced) {
      notify();
      return;
    }
    await upkeep.catchUp();
    await Promise.all([exchange.load(), committer.load(), settings.load(), blobs.load()]);
    await archive.load();
    await Promise.all([trust.load(), heldFiles.load(), extract.load()]);
    await device.load();
    notify();
  }

  try {
    await db.open();
    writer = await claimWriter(name, {
      onAdvance: () => void serial(follow),
      onTakeOver: () => void serial(follow).then(device.settle),
    });
    const loaded = await checkpoint.load(projection, progress);
    await follow();
    if (!loaded) checkpoint.touch([...projection.all()].map((record) => record.id));
  } catch (error) {
    writer?.close();
    db.close();
    return storageRefusal(error);
  }
  if (checkpoint.dirty()) idle.soon();

  await device.settle();

  const vault: Vault = {
    projection,
    exchange,
    trust: {
      ...trust,
      async recover(from, recoveryKey) {
        const done = await trust.recover(from, recoveryKey);
        return done.ok ? device.becomeHeadquarters() : done;
      },
    },
    blobs,
    archive,
    compaction,
    heldFiles,
    extract,
    device: device.current,
    setUp: device.setUp,
    signIn: device.signIn,
    exported: device.exported,
    isWriter: () => isWriter() && !device.current()?.outsider,
    damaged: upkeep.damaged,
    replaced: () => replaced,
    newId: newRecordId,
    nextNumber: (kind) =>
      projection.nextNumber(device.current()?.prefix ?? '', kindOf(kind)?.code ?? ''),
    commit: (edits, why) => committer.commit(edits, why),
    undoStep: () => committer.undoStep(),
    undo: () => committer.undo(),
    async history(id) {
      const state = projection.get(id);
      if (!state) return [];
      const links = projection.linksOf(id).flatMap((link) => link.dots);
      const { changes: found } = await log.findBack([...state.dots, ...links]);
      const isOwn = (change: Change) => change.id === id;
      return historyOf(
        found.filter(isOwn),
        found.filter((change) => !isOwn(change)),
      );
    },
    async lostPast(id) {
      const links = projection.linksOf(id).flatMap((link) => link.dots);
      const { missing } = await log.findBack([...(projection.get(id)?.dots ?? []), ...links]);
      return archive.lostPast(missing);
    },
    changes: async (dots) => (await log.findBack(dots)).changes,
    saveDraft: (key, fields) => settings.saveDraft(key, fields),
    draft: (key) => settings.draft(key),
    setting: <T>(key: string) => settings.get(key) as T | undefined,
    setSetting: (key, value) => settings.set(key, value),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    version: () => version,
    trouble: idle.trouble,
    async close() {
      idle.stop();
      await compaction.stop();
      await idle.now();
      closed = true;
      writer?.close();
      db.close();
    },
  };
  return ok(vault);
}
