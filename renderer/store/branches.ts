/** A copied device in the store: putting one branch of a replica in the place of another, and rescue. */
import { decodeSegment } from '../../shared/exchange/segment';
import { dotOf, type Change, type ReplicaId } from '../../shared/log/change';
import type { Codec } from '../../shared/exchange/codec';
import { remembers } from '../../shared/log/record';
import { covers, join, seen, type Vector } from '../../shared/log/vector';
import { isShownBy } from '../../shared/exchange/stateHere';
import { markOf } from '../../shared/exchange/stands';
import type { Projection } from '../../shared/projection/projection';
import type { Bases } from './bases';
import type { VaultDb } from './db';
import type { Arrival, Waiting } from './exchangeStore';
import type { LogReader } from './logReader';

/** Grows when segments were replaced: whoever has the vault open must open it anew. */
export const GENERATION_KEY = 'generation';
/** Replica under which somebody else writes too: never used again on this device. */
export const FORKED_KEY = 'forkedReplica';

/** What is here when a branch gives way. */
export interface Knowing {
  /** Of what this device has written. */
  readonly own: Vector;
  readonly all: Vector;
}

/**
 * Inside the transaction of an arrival: takes the given-up segments out of the log and returns them
 * as held ones. The checkpoint goes too, because it shows what they said.
 */
export async function displaceSegments(
  db: VaultDb,
  arrival: Arrival,
  peer: string,
  { own: meant, all }: Knowing,
): Promise<readonly Waiting[]> {
  const arriving = new Set(arrival.segments.map((segment) => segment.sha256));
  const stands = new Set(arrival.stands?.marks);
  const out: Waiting[] = [];
  for (const replica of arrival.replace ?? []) {
    const range = db.segments
      .where('[replica+from+to]')
      .between([replica, 0, 0], [replica, Infinity, Infinity]);
    const all = await range.toArray();
    const shared = sharedWithBases(all, arrival, replica);
    for (const segment of all) {
      if (segment.to <= shared || stands.has(markOf(segment.sha256))) continue;
      await db.segments.delete([replica, segment.from, segment.to]);
      if (arriving.has(segment.sha256)) continue;
      out.push({ ...heldSince(arrival, peer), segment, reason: 'forked', displaced: true, meant });
    }
  }
  const state = {
    ...heldSince(arrival, peer),
    reason: 'forked',
    displaced: true,
    state: true,
  } as const;
  // Who wrote above this state had seen it, as far as this device can tell: for somebody who had seen the
  // other one it is said once more than needed.
  const isKept = ([replica]: readonly [ReplicaId, number]): boolean =>
    Object.hasOwn(meant, replica) || !arrival.replace?.includes(replica);
  const knew = Object.fromEntries(Object.entries(all).filter(isKept));
  const unshown = new Map((arrival.overwritten ?? []).map((each) => [each.sha256, each]));
  for (const segment of arrival.lost ?? []) {
    // The same bytes, where what was overwritten is shown again.
    const isBoth = unshown.delete(segment.sha256);
    out.push({ ...state, segment, ...(isBoth && { meant: knew }) });
  }
  for (const segment of unshown.values()) {
    out.push({ ...state, segment, meant: knew, overwritten: true });
  }
  for (const replica of arrival.apart ?? []) await setAside(db, replica, stands);
  await db.meta.delete('checkpoint');
  const before = (await db.meta.get(GENERATION_KEY))?.value;
  await db.meta.put({ key: GENERATION_KEY, value: (typeof before === 'number' ? before : 0) + 1 });
  return out;
}

/**
 * The archive of a branch whose state gives way: under its numbers it says something else than the state
 * that comes, so nobody may find it there. `stands`: what that one stands for too stays.
 */
async function setAside(
  db: VaultDb,
  replica: ReplicaId,
  stands: ReadonlySet<string>,
): Promise<void> {
  const range = db.archive
    .where('[replica+from+to]')
    .between([replica, 0, 0], [replica, Infinity, Infinity]);
  const rows = (await range.toArray()).filter(({ sha256 }) => !stands.has(markOf(sha256)));
  await db.setAside.bulkPut(rows);
  await db.archive.bulkDelete(rows.map(({ id }) => id));
  for (const file of await db.archiveFiles.toArray()) {
    const stays = file.segments.map(
      ([of], i) => of !== replica || stands.has(markOf(file.hashes[i] ?? '')),
    );
    if (stays.every(Boolean)) continue;
    await db.archiveFiles.put({
      ...file,
      segments: file.segments.filter((_, i) => stays[i]),
      hashes: file.hashes.filter((_, i) => stays[i]),
    });
  }
}

/** The inbox with those; what is held already stays as it was decided, and is judged anew. */
export function withDisplaced(
  held: readonly Waiting[],
  displaced: readonly Waiting[],
): readonly Waiting[] {
  const fresh = new Map(displaced.map((each) => [each.segment.sha256, each]));
  const merged = held.map((each): Waiting => {
    const again = fresh.get(each.segment.sha256);
    if (!again?.state) return each;
    fresh.delete(each.segment.sha256);
    const { overwritten, ...rest } = each;
    const meant = again.meant ? join(each.meant ?? {}, again.meant) : each.meant;
    return {
      ...rest,
      ...(overwritten && again.overwritten && { overwritten }),
      ...(meant && { meant, unjudged: each.unjudged ?? { dots: [], anew: [] } }),
    };
  });
  return [...merged, ...fresh.values()];
}

const heldSince = ({ entry }: Arrival, peer: string) => ({
  fileId: entry?.id ?? '',
  fileName: entry?.name ?? '',
  peer,
  at: entry?.at ?? 0,
});

/** Up to there the branch here is the one that a base stands for, and goes to the archive with it. */
const sharedWithBases = (
  segments: readonly { readonly sha256: string }[],
  { bases = [], segments: arriving, sure = {}, stands }: Arrival,
  replica: string,
): number => {
  const here = new Set(segments.map(({ sha256 }) => sha256));
  const tips = bases.flatMap(({ head }) => head.tips[replica] ?? []);
  const same = tips.filter(({ sha256 }) => here.has(sha256)).map(({ to }) => to);
  // Where headquarters says what they stand for, nothing has to be guessed; and where the other branch
  // comes as changes, it takes the place of ours from the start.
  const whole = arriving.some((segment) => segment.replica === replica && segment.from === 1);
  const based = Math.max(0, ...bases.map(({ head }) => seen(head.have, replica)));
  return Math.max(stands || whole ? 0 : Math.min(based, seen(sure, replica)), ...same);
};

/** Changes of held segments; none of one that is damaged. */
export async function decodedOf(
  held: readonly Waiting[],
  codec: Codec,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { segment } of held) {
    const decoded = await decodeSegment(segment.bytes, codec);
    for (const change of decoded.ok ? decoded.value.changes : []) changes.push(change);
  }
  return changes;
}

export interface KeptBy {
  readonly log: Pick<LogReader, 'find'>;
  readonly get: Projection['get'];
  readonly bases: Pick<Bases, 'have' | 'shown'>;
  readonly codec: Codec;
}

/** Changes of held segments, and which of them the log or a base holds in the same form. */
export async function lostChanges(
  held: readonly Waiting[],
  { log, get, bases, codec }: KeptBy,
): Promise<{ readonly changes: readonly Change[]; readonly kept: (change: Change) => boolean }> {
  const changes = await decodedOf(held, codec);
  const here = new Map((await log.find(changes.map(dotOf))).map((each) => [dotOf(each), each]));
  const below = changes.filter((each) => covers(bases.have(), each.r, each.s));
  const state = below.length > 0 ? await bases.shown(below) : undefined;
  const kept = (change: Change): boolean => {
    const logged = here.get(dotOf(change));
    if (logged) return JSON.stringify(logged) === JSON.stringify(change);
    // What was overwritten above the state is remembered by its number alone.
    const shown = state ? isShownBy(state, change) : undefined;
    return shown ?? remembers(get(change.id), change);
  };
  return { changes: changes.toSorted((a, b) => a.s - b.s), kept };
}
