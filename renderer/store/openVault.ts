/** Opens the vault: database, checkpoint, log, writer lock; and puts the parts together. */
import { webCodec } from '../exchange/webCodec';
import { newRecordId } from './ids';
import type { Host } from '../../shared/host';
import type { Change } from '../../shared/log/change';
import type { OpenBase } from '../../shared/exchange/base';
import { historyOf } from '../../shared/log/history';
import { dominates, seen } from '../../shared/log/vector';
import { kindOf, kinds } from '../../shared/kinds/registry';
import { createProjection } from '../../shared/projection/projection';
import { ok, refuse, type Refusal, type Result } from '../../shared/result';
import { revocationOf } from '../../shared/trust/roster';
import { mayWrite } from '../../shared/trust/standing';
import { GENERATION_KEY } from './branches';
import { createArchive } from './archive';
import { createBases, keysNow } from './bases';
import { createBlobs } from './blobs';
import { createCheckpoint } from './checkpoint';
import { createCompaction, vouch } from './compaction';
import { createCommitter } from './committer';
import { createDb, type SegmentKey } from './db';
import { createDeviceState, type DeviceState } from './deviceState';
import { createExchangeState } from './exchangeState';
import { createExtracts } from './extractStore';
import { createHeldFiles } from './heldFiles';
import { createLogReader } from './logReader';
import { pause } from './pause';
import { createSerial } from './serial';
import { createSettings } from './settings';
import { storageRefusal } from './storageRefusal';
import { changesOf, eachSegmentAbove, sealTail } from './tail';
import { createTrust } from './trustStore';
import type { Vault } from './vault';
import { claimWriter, type Writer } from './writer';

/** Tail length at which it is sealed when there is time. */
const SEAL_AT = 512;
/** Quiet time in milliseconds before the checkpoint is written. */
const IDLE_MS = 3000;
const APPLY_SLICE = 5000;

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
  let damaged: readonly SegmentKey[] = [];
  let damagedBase = false;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let replaced = false;
  let generation: unknown;
  let trouble: Refusal | undefined;
  let writer: Writer | undefined;

  const isDamaged = () => damaged.length > 0 || damagedBase;
  const isWriter = () => (writer?.holds() ?? false) && !isDamaged() && !closed && !replaced;

  const readOnly = (): Result<never> =>
    isDamaged() ? refuse('commit.damaged') : refuse('commit.readOnly');

  function notify(): void {
    version++;
    for (const listener of listeners) listener();
  }

  async function show(changes: readonly Change[], added: readonly OpenBase[] = []): Promise<void> {
    for (const base of added) joinBase(base);
    for (let at = 0; at < changes.length; at += APPLY_SLICE) {
      checkpoint.touch(projection.apply(changes.slice(at, at + APPLY_SLICE), now()));
      if (changes.length > APPLY_SLICE) await pause();
    }
    notify();
  }

  function joinBase({ rows, head }: OpenBase): void {
    checkpoint.touch(projection.joinBase({ rows, have: head.have }, now()));
  }

  async function applied(changes: readonly Change[], added?: readonly OpenBase[]): Promise<void> {
    await show(changes, added);
    writer?.announce();
    whenIdle();
  }

  function whenIdle(): void {
    clearTimeout(idle);
    idle = setTimeout(() => {
      void serial(housekeep).then(() => compaction.whenIdle());
    }, IDLE_MS);
  }

  /** Only copies and repacks what is durable already; when it fails it is tried again later. */
  async function housekeep(): Promise<void> {
    if (!isWriter()) return;
    try {
      if (log.tail.length >= SEAL_AT) await sealNow();
      if (checkpoint.dirty()) await checkpoint.save(projection);
      await blobs.sweep(now());
      trouble = undefined;
    } catch (error) {
      const refused = storageRefusal(error);
      trouble = refused.ok ? undefined : refused.refusal;
      notify();
    }
  }

  /** Reads what the log has beyond the projection. */
  async function catchUp(): Promise<void> {
    // In one transaction, or a sealing in the other window could hide changes between two reads.
    const tables = [db.segments, db.archive, db.bases, db.tail];
    const [keys, rows] = await db.transaction('r', tables, async () => {
      await bases.load();
      return [await keysNow(db), await db.tail.orderBy('from').toArray()];
    });
    log.setSegments(keys.segments, keys.archive);
    damagedBase = false;
    for (const row of bases.all()) {
      if (dominates(projection.have(), row.have)) continue;
      const base = await bases.open(row);
      if (base.ok) joinBase(base.value);
      else damagedBase = true;
    }
    damaged = await eachSegmentAbove(
      db,
      codec,
      log.segmentKeys(),
      (replica) => seen(projection.have(), replica),
      applyNext,
      progress,
    );
    const tail = rows.flatMap(changesOf);
    log.setTail(tail);
    applyNext(tail);
  }

  /** Changes behind a damaged segment are not shown; the vault is then read-only. */
  function applyNext(changes: readonly Change[]): void {
    const first = changes[0];
    if (!first || first.s > seen(projection.have(), first.r) + 1) return;
    checkpoint.touch(projection.apply(changes, now()));
  }

  const device: DeviceState = createDeviceState({
    db,
    host: options.host,
    projection,
    isWriter,
    readOnly,
    serial,
    seal: () => sealNow(),
    notify,
    trust: () => trust,
    exchange: () => exchange,
    committer: () => committer,
    trouble(refusal) {
      trouble = refusal;
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
    replica: device.replica,
    trust,
    blobs,
    bases,
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
      whenIdle();
      notify();
    },
    now,
  });
  const committer = createCommitter({
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
  });
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
      whenIdle();
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
    await catchUp();
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
  if (checkpoint.dirty()) whenIdle();

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
    isWriter: () => isWriter() && !device.current()?.outsider,
    damaged: isDamaged,
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
    trouble: () => trouble,
    async close() {
      clearTimeout(idle);
      await compaction.stop();
      await serial(housekeep);
      closed = true;
      writer?.close();
      db.close();
    },
  };
  return ok(vault);
}
