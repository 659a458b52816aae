/** The exchange side of the store: peers, files that came and went, the inbox, delivery status. */
import type { OpenBase } from '../../shared/exchange/base';
import { parseDot, type Change, type Dot } from '../../shared/log/change';
import { join, meet, missingCount, seen, type Vector } from '../../shared/log/vector';
import type { Foreseen, Projection } from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import type { BlobKeeper } from './blobs';
import type { BlobRow, MetaRow, SegmentKey, VaultDb } from './db';
import type {
  Arrival,
  Delivery,
  ExchangeEntry,
  ExchangeStore,
  Peer,
  Segment,
  Waiting,
} from './exchangeStore';
import type { LogReader } from './logReader';
import { displaceSegments, FORKED_KEY, withDisplaced } from './branches';
import { overwrittenState } from './overwrittenState';
import { storageRefusal } from './storageRefusal';
import type { ArchiveStore } from './archive';
import { BASE_TABLES, keysNow, type Bases } from './bases';
import { createHereIndex, sameRow } from './hereIndex';
import { standsRow } from './standsStore';
import type { TrustState } from './trustStore';
import { judge, toBeJudged, type MeantBy } from './unjudged';
import { writeAtOnce, type AtOnceTable } from './writeAtOnce';

export interface ExchangeDeps {
  readonly db: VaultDb;
  readonly log: LogReader;
  readonly projection: Projection;
  readonly role: () => 'hq' | 'site' | undefined;
  readonly isWriter: () => boolean;
  /** Why nothing is written when this is not the writer. */
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly seal: () => Promise<void>;
  /** Puts changes into the projection and tells screens and other windows. */
  readonly applied: (
    changes: readonly Change[],
    bases?: readonly OpenBase[],
    foreseen?: Foreseen,
  ) => Promise<void>;
  readonly bases: Bases;
  readonly standsFor: ExchangeStore['standsFor'];
  readonly archive: Pick<ArchiveStore, 'wasHere' | 'hashes'>;
  readonly notify: () => void;
  /** Changes of this device up to that sequence are known elsewhere: never use those again. */
  readonly travelled: (sequence: number) => Promise<void>;
  /** Somebody else writes under this device's replica, as noted in `meta`: go on under another. */
  readonly forked: () => Promise<void>;
  /** Segments were replaced: what is in memory is not what the log says. */
  readonly replaced: () => void;
  readonly rescue: (held: readonly Waiting[]) => Promise<Result<number>>;
  readonly restate: (held: readonly Waiting[], meant: MeantBy) => Promise<Result<number>>;
  readonly replica: () => string;
  readonly trust: Pick<TrustState, 'rowAfter' | 'adopted' | 'certificate'>;
  readonly blobs: Pick<BlobKeeper, 'rowsFor' | 'arrived'>;
  /** The rights of this device may be others now. */
  readonly rosterCame: () => Promise<void>;
  readonly isRevoked: (device: DeviceId) => boolean;
  readonly person: () => string;
  readonly now: () => number;
}

export interface ExchangeState extends ExchangeStore {
  load(): Promise<void>;
}

/** Everything that an arrival writes to, beside peers and the list of files. */
const TOUCHED = ['inbox', 'meta', 'blobs', 'archiveFiles', 'setAside', ...BASE_TABLES] as const;

export function createExchangeState(deps: ExchangeDeps): ExchangeState {
  const { db, log, projection } = deps;
  const here = createHereIndex(db, log, deps.archive, deps.bases);
  let peers: readonly Peer[] = [];
  let entries: readonly ExchangeEntry[] = [];
  let waiting: readonly Waiting[] = [];

  /** What must have a change before it counts as delivered: HQ, or for HQ every laptop. */
  function receivers(): readonly Peer[] {
    const active = peers.filter(({ replica }) => !deps.isRevoked(deviceOf(replica)));
    return deps.role() === 'site' ? active.filter((peer) => peer.role === 'hq') : active;
  }

  /** Of all epochs of this device. */
  const ownHave = (): Vector =>
    Object.fromEntries(
      Object.entries(projection.have()).filter(
        ([replica]) => deviceOf(replica) === deviceOf(deps.replica()),
      ),
    );

  /** By its receipts: that much of the branch that is here, and of no other. */
  const provesToHave = (device: DeviceId, replica: string, to: number): boolean =>
    peers.some(
      (peer) =>
        deviceOf(peer.replica) === device &&
        peer.tellsBranches !== false &&
        seen(peer.sure ?? peer.have, replica) >= to,
    );

  const shown = (): readonly Waiting[] =>
    waiting.some(({ overwritten }) => overwritten)
      ? waiting.filter(({ overwritten }) => !overwritten)
      : waiting;

  const isBlind = judge({ self: () => deviceOf(deps.replica()), provesToHave });

  const earlierEpochs = ({ replica }: Peer): readonly Peer[] =>
    peers.filter(
      (known) => known.replica !== replica && deviceOf(known.replica) === deviceOf(replica),
    );

  async function remember(
    tables: readonly (typeof TOUCHED)[number][],
    peer: Peer | undefined,
    entry: ExchangeEntry | undefined,
    write: () => Promise<void>,
  ): Promise<void> {
    await db.transaction(
      'rw',
      [...tables.map((table) => db[table]), db.peers, db.exchanges],
      async () => {
        await write();
        if (peer) {
          // An earlier epoch of the same device is the same peer.
          await db.peers.bulkDelete(earlierEpochs(peer).map((each) => each.replica));
          await db.peers.put(peer);
        }
        if (entry) await db.exchanges.put(entry);
      },
    );
    noted(peer, entry);
  }

  /** Only adds, as most files do: one transaction that reads nothing. */
  async function writeArrival(
    arrival: Arrival,
    held: readonly Waiting[],
    rows: readonly (MetaRow | undefined)[],
    blobs: readonly BlobRow[],
  ): Promise<void> {
    const { segments, peer, entry } = arrival;
    const forked = arrival.ownForked ? { key: FORKED_KEY, value: deps.replica() } : undefined;
    const meta = [...rows, forked].filter((row) => row !== undefined);
    const inbox = waiting.length > 0 || held.length > 0;
    const tables: readonly AtOnceTable[] = [
      'segments',
      'peers',
      'exchanges',
      ...(meta.length > 0 ? (['meta'] as const) : []),
      ...(blobs.length > 0 ? (['blobs'] as const) : []),
      ...(inbox ? (['inbox'] as const) : []),
    ];
    await writeAtOnce(db, tables, (store) => {
      for (const segment of segments) store('segments').put(segment);
      for (const row of meta) store('meta').put(row);
      for (const row of blobs) store('blobs').put(row);
      if (inbox) store('inbox').clear();
      for (const value of held) {
        store('inbox').put({ key: value.segment.sha256, value });
      }
      if (peer) {
        // An earlier epoch of the same device is the same peer.
        for (const each of earlierEpochs(peer)) store('peers').delete(each.replica);
        store('peers').put(peer);
      }
      if (entry) store('exchanges').put(entry);
    });
  }

  /** What is durable now. */
  function noted(peer: Peer | undefined, entry: ExchangeEntry | undefined): void {
    if (peer) {
      const device = deviceOf(peer.replica);
      peers = [...peers.filter((known) => deviceOf(known.replica) !== device), peer];
    }
    if (entry) entries = [entry, ...entries.filter((known) => known.id !== entry.id)];
  }

  return {
    async load() {
      here.forget();
      peers = await db.peers.toArray();
      entries = (await db.exchanges.toArray()).toSorted((a, b) => b.at - a.at);
      waiting = (await db.inbox.toArray()).map((row) => row.value as Waiting);
    },

    seal: () =>
      deps.serial(async () => {
        if (!deps.isWriter()) return deps.readOnly();
        try {
          await deps.seal();
          return ok(null);
        } catch (error) {
          return storageRefusal(error);
        }
      }),

    async segmentsSince(have) {
      const keys = log.segmentKeys().filter(([replica, , to]) => to > seen(have, replica));
      const rows = await db.segments.bulkGet(keys.map((key): SegmentKey => key));
      return rows.filter((row): row is Segment => row !== undefined);
    },

    basesAbove: (have) => deps.bases.above(have),
    standsFor: (bases) => deps.standsFor(bases),
    wasHere: (changes) => deps.archive.wasHere(changes),

    here: () => here.read(),

    peers: () => peers,
    entries: () => entries,
    waiting: shown,
    stateShown: (changes) => deps.bases.shown(changes),
    overwrittenState: (replicas) =>
      overwrittenState(replicas, { log, projection, bases: deps.bases, self: deps.replica() }),

    async receive(arrival: Arrival): Promise<Result<null>> {
      const received = await deps.serial(async () => {
        if (!deps.isWriter()) return deps.readOnly();
        // Something was written while this waited for its turn.
        if (arrival.version !== projection.version()) return refuse('exchange.meanwhile');
        const roster = deps.trust.rowAfter(arrival.roster);
        const replace = arrival.replace ?? [];
        const sender = arrival.peer?.replica ?? '';
        const isHq = deps.trust.certificate()?.role === 'hq';
        const unshown = waiting.filter(({ overwritten }) => overwritten);
        const held = toBeJudged([...arrival.waiting(shown()), ...unshown], arrival, isHq);
        let after = held;
        const blobs = deps.blobs.rowsFor(arrival.blobs ?? []);
        try {
          // What is still in the tail must be in segments to be kept when its branch is given up, and
          // when what comes goes on from it: a tail has no holes.
          const own = deps.replica();
          const brings =
            arrival.changes.some(({ r }) => r === own) ||
            arrival.bases?.some(({ head }) => seen(head.have, own) > 0);
          if (replace.includes(own) || brings) {
            const isUnseen = log.tail.length > 0 && !replace.includes(own);
            await deps.seal();
            // What had no hash yet was not held against what comes.
            if (isUnseen) return refuse('exchange.meanwhile');
          }
          const marks = [standsRow(arrival), await sameRow(db, arrival)].filter(
            (row) => row !== undefined,
          );
          if (!replace.length && !arrival.bases?.length) {
            await writeArrival(arrival, held, [roster, blobs.meta, ...marks], blobs.rows);
            noted(arrival.peer, arrival.entry);
          } else
            await remember(TOUCHED, arrival.peer, arrival.entry, async () => {
              const displaced = replace.length
                ? await displaceSegments(db, arrival, sender, {
                    own: ownHave(),
                    all: projection.have(),
                  })
                : [];
              after = withDisplaced(held, displaced);
              if (arrival.ownForked) {
                await db.meta.put({ key: FORKED_KEY, value: deps.replica() });
              }
              await db.segments.bulkPut([...arrival.segments]);
              if (arrival.bases?.length) await deps.bases.adopt(arrival.bases, deps.now());
              if (roster) await db.meta.put(roster);
              await db.meta.bulkPut([...marks]);
              await db.blobs.bulkPut([...blobs.rows]);
              if (blobs.meta) await db.meta.put(blobs.meta);
              await db.inbox.clear();
              await db.inbox.bulkPut(after.map((value) => ({ key: value.segment.sha256, value })));
            });
        } catch (error) {
          return storageRefusal(error);
        }
        waiting = after;
        deps.blobs.arrived(blobs.rows);
        if (replace.length) {
          deps.replaced();
          return ok(null);
        }
        if (roster) deps.trust.adopted(roster.value);
        here.add(arrival.segments);
        if (arrival.same?.length || arrival.asState?.length) here.forget();
        if (arrival.bases?.length) {
          await deps.bases.load();
          const keys = await keysNow(db);
          log.setSegments(keys.segments, keys.archive);
        }
        await deps.applied(arrival.changes, arrival.bases, arrival.foreseen);
        return ok(null);
      });
      if (received.ok && arrival.roster) await deps.rosterCame();
      if (received.ok && arrival.ownSeen) await deps.travelled(arrival.ownSeen);
      if (received.ok && arrival.ownForked && !arrival.replace?.length) await deps.forked();
      return received;
    },

    rescue: (sha256s) => deps.rescue(waiting.filter((w) => sha256s.includes(w.segment.sha256))),

    async restate(sha256s) {
      const isHq = deps.trust.certificate()?.role === 'hq';
      const isOpen = ({ segment, signed, restated }: Waiting): boolean =>
        isHq &&
        (signed || restated !== undefined || sha256s.includes(segment.sha256)) &&
        !deps.isRevoked(deviceOf(segment.replica));
      const due = waiting.filter(
        (each) =>
          each.reason === 'forked' &&
          (each.displaced ? each.meant : isOpen(each)) &&
          (!each.restated || each.unjudged),
      );
      return due.length > 0 ? deps.restate(due, isBlind) : ok(0);
    },

    keepOut: (sha256s, keptOut) =>
      deps.serial(async () => {
        if (!deps.isWriter()) return deps.readOnly();
        const decision = { by: deps.person(), at: deps.now() };
        const next = waiting.map((each) => {
          if (!sha256s.includes(each.segment.sha256)) return each;
          const { keptOut: _, ...rest } = each;
          return keptOut ? { ...rest, keptOut: decision } : rest;
        });
        try {
          await db.inbox.bulkPut(next.map((value) => ({ key: value.segment.sha256, value })));
        } catch (error) {
          return storageRefusal(error);
        }
        waiting = next;
        deps.notify();
        return ok(null);
      }),

    sent: (peer, entry) =>
      deps.serial(async () => {
        if (!deps.isWriter()) return deps.readOnly();
        try {
          await remember([], peer, entry, async () => {});
        } catch (error) {
          return storageRefusal(error);
        }
        deps.notify();
        return ok(null);
      }),

    delivery(id): Delivery {
      const dots = projection.get(id)?.dots ?? [];
      const to = receivers();
      if (!to.length) return 'notExported';
      if (to.every((peer) => coversAll(peer.have, dots))) return 'confirmed';
      return to.every((peer) => coversAll(join(peer.have, peer.sent), dots))
        ? 'exported'
        : 'notExported';
    },

    undelivered() {
      const to = receivers();
      return missingCount(meet(to.map((peer) => peer.have)), projection.have());
    },
  };
}

const coversAll = (have: Vector, dots: readonly Dot[]): boolean =>
  dots.every((dot) => {
    const { r, s } = parseDot(dot);
    return seen(have, r) >= s;
  });
