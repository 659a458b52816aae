/** What was made elsewhere and is held, written again under this device's own replica. */
import { dotOf, type Change, type Dot, type RecordId } from '../../shared/log/change';
import { tick } from '../../shared/log/clock';
import { headDots } from '../../shared/log/record';
import { rescued } from '../../shared/log/rescue';
import { isPartOf, saidAgain, saidKey, takenBy, unseen } from '../../shared/log/unseen';
import { covers, seen } from '../../shared/log/vector';
import { asText } from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { webCodec } from '../exchange/webCodec';
import type { Bases } from './bases';
import { decodedOf, lostChanges } from './branches';
import type { CommitterDeps } from './committer';
import type { Waiting } from './exchangeStore';
import { storageRefusal } from './storageRefusal';
import { tailRows } from './tail';
import { anewOf, type MeantBy } from './unjudged';
import { writeAtOnce } from './writeAtOnce';

export interface HeldWriterDeps extends CommitterDeps {
  readonly bases: Pick<Bases, 'have' | 'shows' | 'shown'>;
}

export interface HeldWriter {
  /** Writes changes that were made elsewhere under this device's replica, marking what held them. */
  rescue(held: readonly Waiting[]): Promise<Result<number>>;
  /** Writes again what `unseen` finds, and notes which held segments were looked at. */
  restate(held: readonly Waiting[], meant: MeantBy): Promise<Result<number>>;
}

export function createHeldWriter(deps: HeldWriterDeps): HeldWriter {
  const { db, log, projection, bases } = deps;

  /** As they are when their turn has come: a person may have decided, or they are held no longer. */
  async function asKept(held: readonly Waiting[]): Promise<readonly Waiting[]> {
    const rows = await db.inbox.bulkGet(held.map(({ segment }) => segment.sha256));
    return rows.flatMap((row) => (row ? [row.value as Waiting] : []));
  }

  /** Changes made elsewhere, and what is noted with the held segments that they come from. */
  async function writeHeld(
    changes: readonly Change[],
    held: readonly Waiting[],
  ): Promise<Result<number>> {
    const rows = await tailRows(changes);
    if (!rows) return refuse('exchange.unsendable');
    try {
      await writeAtOnce(db, ['tail', 'inbox'], (store) => {
        for (const row of rows) store('tail').add(row);
        for (const value of held) store('inbox').put({ key: value.segment.sha256, value });
      });
    } catch (error) {
      return storageRefusal(error);
    }
    log.addTail(changes);
    await deps.applied(changes);
    return ok(changes.length);
  }

  /** By a clock far ahead the certificate had run out: then it is said now. What others would hold is not. */
  const writable = (change: Change, t: Change['t']): readonly Change[] =>
    [change, { ...change, t }].filter(deps.mayWrite).slice(0, 1);

  const deviceNamed = (replica: string): string =>
    asText(projection.get(replica)?.values.name) || deviceOf(replica);

  /**
   * What stands under those numbers: up to the end of the state what the state shows, where that is asked
   * about, because an archive may be of the branch that gave way; or else what the log says, with its
   * archive, and where that has nothing, what the state shows.
   */
  async function standing(
    lost: readonly Lost[],
  ): Promise<(held: Waiting, dot: Dot) => Change | undefined> {
    const ids = new Set(lost.flatMap(({ changes }) => changes.map(({ id }) => id)));
    const dots = lost.flatMap(({ changes }) => changes.map(dotOf));
    const logged = byDot((await log.find(dots)).filter(({ id }) => ids.has(id)));
    const isCompacted = ({ r, s }: Change): boolean => covers(bases.have(), r, s);
    const asked = lost
      .filter(({ held }) => !held.restated || anewOf(held).length)
      .flatMap(({ held, changes }) =>
        changes.filter((each) => isCompacted(each) && (held.state || !logged.has(dotOf(each)))),
      );
    const found = asked.length > 0 ? await bases.shows(new Set(asked.map(dotOf))) : [];
    const shown = byDot(found.map((each) => ({ ...each, by: deviceNamed(each.r) })));
    return (held, dot) => {
      const change = logged.get(dot);
      return change && !(held.state && isCompacted(change)) ? change : shown.get(dot);
    };
  }

  /** Of branches that gave way, what they took away. */
  async function takenAway(replicas: readonly string[]): Promise<ReadonlySet<Dot>> {
    if (replicas.length === 0) return new Set();
    const gone = (await db.inbox.toArray())
      .map((row) => row.value as Waiting)
      .filter(({ displaced, segment }) => displaced && replicas.includes(segment.replica));
    return new Set((await decodedOf(gone, webCodec)).flatMap(takenBy));
  }

  /**
   * Held segments, and others where this device had written some of that knowing them: it means them under
   * the new numbers too, each of `changes` being what `written` was in its place.
   */
  async function meaningToo(
    written: readonly Change[],
    changes: readonly Change[],
    rows: readonly Waiting[],
  ): Promise<readonly Waiting[]> {
    const device = deps.device();
    const isOwn = ({ r }: Change): boolean => deviceOf(r) === deviceOf(device?.replica ?? '');
    if (!written.some(isOwn)) return rows;
    const now = new Map(rows.map((each) => [each.segment.sha256, each]));
    for (const { value } of await db.inbox.toArray()) {
      const row = value as Waiting;
      const each = now.get(row.segment.sha256) ?? row;
      const { meant, meantToo = [], unjudged = { dots: [], anew: [] } } = each;
      const isMeant = (change: Change): boolean =>
        isOwn(change) &&
        (covers(meant ?? {}, change.r, change.s) || meantToo.includes(dotOf(change)));
      const added = changes.filter((_, i) => written[i] && isMeant(written[i])).map(dotOf);
      if (added.length === 0) continue;
      now.set(row.segment.sha256, { ...each, meantToo: [...meantToo, ...added], unjudged });
    }
    return [...now.values()];
  }

  return {
    rescue: (told) =>
      deps.serial(async () => {
        const device = deps.device();
        if (!device) return refuse('commit.notSetUp');
        if (!deps.isWriter()) return deps.readOnly();
        const all = (await asKept(told)).filter((each) => !each.rescued);
        // What somebody else wrote, and others would hold: all of this device's log would wait behind it.
        let barred: Change | undefined;
        const held: Waiting[] = [];
        for (const each of all) {
          const said = each.state ? await decodedOf([each], webCodec) : [];
          const first = said.find((change) => !deps.mayWrite(change));
          barred ??= first;
          if (!first) held.push(each);
        }
        if (barred && held.length === 0) return refuse('commit.notAllowed', { kind: barred.k });
        const { changes: lost, kept } = await lostChanges(held, {
          log,
          get: projection.get,
          bases,
          codec: webCodec,
        });
        const changes = rescued(lost, kept, {
          replica: device.replica,
          next: seen(projection.have(), device.replica) + 1,
          label: device.name,
        });
        const rows = held.map((each): Waiting => ({ ...each, rescued: true }));
        const before = lost.filter((change) => !kept(change));
        return writeHeld(changes, await meaningToo(before, changes, rows));
      }),

    restate: (told, meant) =>
      deps.serial(async () => {
        const device = deps.device();
        if (!device) return refuse('commit.notSetUp');
        if (!deps.isWriter()) return deps.readOnly();
        const lost: Lost[] = [];
        for (const held of await asKept(told)) {
          lost.push({ held, changes: await decodedOf([held], webCodec) });
        }
        const at = await standing(lost);
        const stands = lost.flatMap(({ held, changes }) =>
          changes.flatMap((change) => at(held, dotOf(change))?.id ?? []),
        );
        const records = new Set(stands);
        const all = await log.find([...records].flatMap((id) => projection.get(id)?.dots ?? []));
        const of = Map.groupBy(all, ({ id }) => id);
        const gaveWay = await takenAway(
          unique(lost.flatMap(({ held }) => (held.displaced ? [] : anewOf(held)))),
        );
        const t = tick(projection.clock(), deps.now());
        const found: Change[] = [];
        const keys: string[] = [];
        const looked: Waiting[] = [];
        for (const { held, changes } of lost) {
          const said = new Set([...(held.restated ?? []), ...keys]);
          const logged = {
            at: (dot: Dot) => at(held, dot),
            of: (id: RecordId) => of.get(id) ?? [],
          };
          // A state shows of the very same change less, where more of it had been overwritten.
          const others = held.state
            ? changes.filter((change) => !isPartOf(change, at(held, dotOf(change))))
            : changes;
          const isBlind = meant(held, (dot) => gaveWay.has(dot));
          const news = unseen(others, logged, isBlind, said).flatMap((change) =>
            writable(change, t),
          );
          found.push(...news);
          const now = news.flatMap((change) =>
            Object.keys(change.f).map((f) => saidKey(change, f)),
          );
          keys.push(...now);
          const { unjudged: _, ...rest } = held;
          looked.push({ ...rest, restated: [...(held.restated ?? []), ...now] });
        }
        const changes = saidAgain(
          found,
          (id, field, dot) => {
            const state = projection.get(id);
            return state !== undefined && headDots(state, field).includes(dot);
          },
          {
            replica: device.replica,
            next: seen(projection.have(), device.replica) + 1,
            label: device.name,
          },
        );
        return writeHeld(changes, looked);
      }),
  };
}

interface Lost {
  readonly held: Waiting;
  readonly changes: readonly Change[];
}

const byDot = (changes: readonly Change[]): ReadonlyMap<Dot, Change> =>
  new Map(changes.map((change) => [dotOf(change), change]));

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];
