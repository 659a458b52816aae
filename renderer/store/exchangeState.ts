/** The exchange side of the store: peers, files that came and went, the inbox, delivery status. */
import { parseDot, type Change, type Dot } from '../../shared/log/change';
import { join, meet, missingCount, seen, type Vector } from '../../shared/log/vector';
import type { Projection } from '../../shared/projection/projection';
import { ok, type Result } from '../../shared/result';
import type { SegmentKey, VaultDb } from './db';
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
import { storageRefusal } from './storageRefusal';

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
  readonly applied: (changes: readonly Change[]) => Promise<void>;
  readonly notify: () => void;
  /** Changes of this device up to that sequence are known elsewhere: never use those again. */
  readonly travelled: (sequence: number) => Promise<void>;
}

export interface ExchangeState extends ExchangeStore {
  load(): Promise<void>;
}

export function createExchangeState(deps: ExchangeDeps): ExchangeState {
  const { db, log, projection } = deps;
  let peers: readonly Peer[] = [];
  let entries: readonly ExchangeEntry[] = [];
  let waiting: readonly Waiting[] = [];

  /** What must have a change before it counts as delivered: HQ, or for HQ every laptop. */
  function receivers(): readonly Peer[] {
    return deps.role() === 'site' ? peers.filter((peer) => peer.role === 'hq') : peers;
  }

  async function remember(
    tables: readonly ('segments' | 'inbox')[],
    peer: Peer | undefined,
    entry: ExchangeEntry,
    write: () => Promise<void>,
  ): Promise<void> {
    await db.transaction(
      'rw',
      [...tables.map((table) => db[table]), db.peers, db.exchanges],
      async () => {
        await write();
        if (peer) await db.peers.put(peer);
        await db.exchanges.put(entry);
      },
    );
    if (peer) peers = [...peers.filter((known) => known.replica !== peer.replica), peer];
    entries = [entry, ...entries.filter((known) => known.id !== entry.id)];
  }

  return {
    async load() {
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

    peers: () => peers,
    entries: () => entries,
    waiting: () => waiting,

    async receive(arrival: Arrival): Promise<Result<null>> {
      const received = await deps.serial(async () => {
        if (!deps.isWriter()) return deps.readOnly();
        try {
          await remember(['segments', 'inbox'], arrival.peer, arrival.entry, async () => {
            await db.segments.bulkPut([...arrival.segments]);
            await db.inbox.clear();
            await db.inbox.bulkPut(
              arrival.waiting.map((value) => ({ key: value.segment.sha256, value })),
            );
          });
        } catch (error) {
          return storageRefusal(error);
        }
        waiting = arrival.waiting;
        log.addSegments(arrival.segments.map((s): SegmentKey => [s.replica, s.from, s.to]));
        await deps.applied(arrival.changes);
        return ok(null);
      });
      if (received.ok && arrival.ownSeen) await deps.travelled(arrival.ownSeen);
      return received;
    },

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
