/**
 * Compaction: which changes a base may stand for, and the state of a log up to there. Only
 * headquarters compacts; what it gives the others is signed.
 */
import { baseRow, joinRows, type BaseRow } from '../log/base';
import {
  dotOf,
  parseDot,
  type Change,
  type Dot,
  type RecordId,
  type ReplicaId,
} from '../log/change';
import { applyChange, headsOf, type EarlyOverwrites, type RecordState } from '../log/record';
import { covers, dominates, join, seen, type Vector } from '../log/vector';
import { upcastChange } from '../kinds/upcast';
import type { KindLookup } from '../projection/projection';
import type { DeviceId } from '../trust/device';
import type { Anchor, Roster } from '../trust/roster';
import { deviceOf } from '../trust/device';
import { isActive } from '../trust/roster';
import type { OpenBase } from './base';
import type { Segment } from './segment';

const DAY = 24 * 60 * 60 * 1000;
/** A device not heard of for so long is waited for no more; it will be given a base. */
export const STALE_AFTER_MS = 180 * DAY;

export interface Confirmation {
  readonly replica: ReplicaId;
  readonly have: Vector;
  /** When its last file came, in milliseconds since 1970-01-01 UTC. */
  readonly lastIn: { readonly at: number } | undefined;
}

export interface Confirmed {
  /** What every device that is waited for has confirmed. */
  readonly have: Vector;
  /** Devices that have confirmed nothing yet and so hold everything back. */
  readonly awaited: readonly DeviceId[];
}

/** `mine` is what this device has; `self` itself is not waited for. */
export function confirmedByAll(
  mine: Vector,
  roster: Roster,
  self: DeviceId,
  peers: readonly Confirmation[],
  wallMs: number,
): Confirmed {
  const out: Record<ReplicaId, number> = { ...mine };
  const awaited: DeviceId[] = [];
  for (const { device, from } of roster.devices) {
    if (device === self || !isActive(roster, device)) continue;
    const heard = peers.filter((peer) => deviceOf(peer.replica) === device);
    const last = heard.reduce((latest, { lastIn }) => Math.max(latest, lastIn?.at ?? 0), from);
    if (wallMs - last > STALE_AFTER_MS) continue;
    const have = heard.reduce<Vector>((all, peer) => join(all, peer.have), {});
    if (Object.keys(have).length === 0) awaited.push(device);
    for (const replica of Object.keys(out)) {
      out[replica] = Math.min(out[replica] ?? 0, seen(have, replica));
    }
  }
  return {
    have: Object.fromEntries(Object.entries(out).filter(([, sequence]) => sequence > 0)),
    awaited,
  };
}

type Bounds = Pick<Segment, 'replica' | 'from' | 'to'>;

/** Segments that lie below the vector as a whole and go on from `from`, each replica's in order. */
export function compactable<T extends Bounds>(
  segments: readonly T[],
  from: Vector,
  confirmed: Vector,
): readonly T[] {
  const reach: Record<ReplicaId, number> = {};
  return segments
    .toSorted(
      (a, b) => (a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : 0) || a.from - b.from,
    )
    .filter(({ replica, from: first, to }) => {
      const end = reach[replica] ?? seen(from, replica);
      if (to <= end || first > end + 1 || to > seen(confirmed, replica)) return false;
      reach[replica] = to;
      return true;
    });
}

/**
 * Changes of later releases are not understood well enough to say what is alive of them: their
 * segment, and what their author wrote after it, stays until this device is upgraded.
 */
export const isUnderstood = (changes: readonly Change[], kindOf: KindLookup): boolean =>
  changes.every(({ k, kv }) => {
    const kind = kindOf(k);
    return kind !== undefined && kv <= kind.version;
  });

/** The state of a log, built up from bases and segments. */
export interface Fold {
  addBase(base: Pick<OpenBase, 'head' | 'rows'>): void;
  /** Changes of one replica, in sequence; those that are covered are skipped. */
  add(changes: readonly Change[], tip: Anchor): void;
  have(): Vector;
  tips(): Readonly<Record<ReplicaId, Anchor>>;
  records(): ReadonlyMap<RecordId, RecordState>;
  rows(): readonly BaseRow[];
}

export function createFold(kindOf: KindLookup): Fold {
  const records = new Map<RecordId, RecordState>();
  const early: EarlyOverwrites = new Set();
  let have: Record<ReplicaId, number> = {};
  const tips: Record<ReplicaId, Anchor> = {};
  const reached = (replica: ReplicaId, tip: Anchor): void => {
    if (tip.to > (tips[replica]?.to ?? 0)) tips[replica] = tip;
  };
  // Overwritten in a branch that gave way: under that number something else is here, and it never comes.
  const isBeside = (key: string): boolean => {
    const { r, s } = parseDot(key.split(' ')[2] ?? '');
    return covers(have, r, s);
  };
  return {
    addBase({ head, rows }) {
      const joined = joinRows({ rows, have: head.have }, { have, early }, kindOf, (id) =>
        records.get(id),
      );
      for (const [id, state] of joined.records) records.set(id, state);
      have = { ...joined.have };
      early.clear();
      for (const key of joined.early) early.add(key);
      for (const [replica, tip] of Object.entries(head.tips)) reached(replica, tip);
    },
    add(changes, tip) {
      for (const raw of changes) {
        if (raw.s <= seen(have, raw.r)) continue;
        const change = upcastChange(kindOf(raw.k), raw);
        records.set(raw.id, applyChange(records.get(raw.id), change, have, early));
        have[raw.r] = raw.s;
        reached(raw.r, tip);
      }
    },
    have: () => have,
    tips: () => tips,
    records: () => records,
    rows() {
      const byRecord = earlyByRecord([...early].filter((key) => !isBeside(key)));
      return [...records.values()].map((state) =>
        baseRow(state, kindOf(state.kind)?.version ?? 1, byRecord.get(state.id)),
      );
    },
  };
}

function earlyByRecord(
  early: readonly string[],
): ReadonlyMap<RecordId, Readonly<Record<string, readonly Dot[]>>> {
  const out = new Map<RecordId, Record<string, Dot[]>>();
  for (const key of early.toSorted()) {
    const [id = '', field = '', dot = ''] = key.split(' ');
    const fields = out.get(id) ?? {};
    (fields[field] ??= []).push(dot);
    out.set(id, fields);
  }
  return out;
}

/** Bases that another one does not make superfluous. */
export const needed = <T extends { readonly have: Vector }>(bases: readonly T[]): readonly T[] =>
  bases.filter((base, i) =>
    bases.every(
      (other, n) =>
        n === i ||
        !dominates(other.have, base.have) ||
        // Of two equal ones the later stays.
        (dominates(base.have, other.have) && i > n),
    ),
  );

/** Below that many dead changes nobody would notice that they are gone. */
export const FEW_DEAD = 10_000;

/** Whether to compact without being asked: more is dead than alive, and it is a lot. */
export const isWorthwhile = (changes: number, dead: number): boolean =>
  dead > FEW_DEAD && dead > changes - dead;

/** Changes up to the vector of which something is alive. */
export function aliveCount(records: Iterable<RecordState>, have: Vector): number {
  const dots = new Set<Dot>();
  for (const state of records) {
    for (const field of Object.keys(state.heads)) {
      for (const { stamp } of headsOf(state, field)) {
        if (stamp.s <= seen(have, stamp.r)) dots.add(dotOf(stamp));
      }
    }
  }
  return dots.size;
}
