/**
 * A record of a base: what is alive of it at some version vector, without the changes that led there.
 * Two states join like the logs they stand for (I3), so that compaction is invisible (I9).
 */
import type { KindDef } from '../kinds/define';
import { upcastChange } from '../kinds/upcast';
import {
  dotOf,
  parseDot,
  type Change,
  type Dot,
  type Fields,
  type RecordId,
  type Value,
} from './change';
import type { Hlc } from './clock';
import {
  compareStamps,
  earlyKey,
  headsOf,
  isSettled,
  setHeads,
  type EarlyOverwrites,
  type Head,
  type Heads,
  type RecordState,
  type Stamp,
} from './record';
import { covers, join, type Vector } from './vector';

/** One line of a base. The JSON names are part of the released format. */
export interface BaseRow {
  /** Kind, and the kind's version whose fields are meant. */
  readonly k: string;
  readonly kv: number;
  readonly id: RecordId;
  /** The change that created the record, where nothing of it is alive. */
  readonly c?: Dot;
  /** The changes of which something is alive. */
  readonly s: readonly (readonly [dot: Dot, t: Hlc])[];
  /** Fields with one head, and its value. */
  readonly f: Fields;
  /** Per field of `f` its change, as a place in `s`; 0 where the field is not named. */
  readonly h?: Readonly<Record<string, number>>;
  /** Fields with several heads. */
  readonly m?: Readonly<Record<string, readonly (readonly [place: number, value: Value])[]>>;
  /** Per field, changes that were overwritten and have not come yet. */
  readonly e?: Readonly<Record<string, readonly Dot[]>>;
}

/** `early`: per field of the record, what was overwritten before it came. */
export function baseRow(
  state: RecordState,
  version: number,
  early: Readonly<Record<string, readonly Dot[]>> | undefined,
): BaseRow {
  const s: [Dot, Hlc][] = [];
  const places = new Map<Dot, number>();
  const place = (stamp: Stamp): number => {
    const dot = dotOf(stamp);
    const known = places.get(dot);
    if (known !== undefined) return known;
    places.set(dot, s.length);
    return s.push([dot, stamp.t]) - 1;
  };
  const f: Record<string, Value> = {};
  const h: Record<string, number> = {};
  const m: Record<string, [number, Value][]> = {};
  for (const field of Object.keys(state.heads).toSorted()) {
    const heads = headsOf(state, field);
    const [first, second] = heads;
    if (!first) continue;
    if (second) m[field] = heads.map(({ stamp, value }) => [place(stamp), value]);
    else {
      f[field] = first.value;
      const at = place(first.stamp);
      if (at > 0) h[field] = at;
    }
  }
  const created = state.dots[0];
  return {
    k: state.kind,
    kv: version,
    id: state.id,
    ...(created !== undefined && !places.has(created) && { c: created }),
    s,
    f,
    ...(Object.keys(h).length > 0 && { h }),
    ...(Object.keys(m).length > 0 && { m }),
    ...(early && { e: early }),
  };
}

/**
 * What rows show of those changes: each with its fields that are alive. Who wrote them a base does not say
 * (`by` is empty).
 */
export function changesShown(
  rows: readonly BaseRow[],
  dots: ReadonlySet<Dot>,
  kindOf: (name: string) => KindDef | undefined,
): readonly Change[] {
  return rows
    .filter(({ s }) => s.some(([dot]) => dots.has(dot)))
    .flatMap((row) => {
      const kind = kindOf(row.k);
      const { state } = recordOfRow(row, kind);
      const shown = Object.keys(state.heads).flatMap((field) =>
        headsOf(state, field).map(({ stamp, value }) => ({ stamp, field, value })),
      );
      return [...Map.groupBy(shown, ({ stamp }) => dotOf(stamp))]
        .filter(([dot]) => dots.has(dot))
        .map(([, all]): Change => {
          const { r, s, t } = all[0]?.stamp ?? { r: '', s: 0, t: [0, 0] };
          const f = Object.fromEntries(all.map(({ field, value }) => [field, value]));
          return { r, s, t, by: '', k: row.k, kv: kind?.version ?? row.kv, id: row.id, f };
        });
    });
}

/** A row as the release that reads it sees it. */
export interface BaseRecord {
  readonly state: RecordState;
  /** Keys of early overwrites. */
  readonly early: readonly string[];
}

export function recordOfRow(row: BaseRow, kind: KindDef | undefined): BaseRecord {
  const stamps = row.s.map(([dot, t]): Stamp => ({ ...parseDot(dot), t }));
  const heads = new Map<string, Head[]>();
  const add = (field: string, place: number, value: Value): void => {
    const stamp = stamps[place];
    if (!stamp) throw new Error(`base: ${row.id} names a change it does not have`);
    for (const [name, each] of Object.entries(lifted(row, kind, field, value))) {
      const list = heads.get(name);
      if (!list) heads.set(name, [{ stamp, value: each }]);
      else if (!list.some((head) => head.stamp === stamp)) list.push({ stamp, value: each });
    }
  };
  for (const [field, value] of Object.entries(row.f)) {
    add(field, row.h && Object.hasOwn(row.h, field) ? (row.h[field] ?? 0) : 0, value);
  }
  for (const [field, several] of Object.entries(row.m ?? {})) {
    for (const [place, value] of several) add(field, place, value);
  }
  const alive = stamps.toSorted((a, b) => compareStamps(b, a)).map(dotOf);
  const early = Object.entries(row.e ?? {}).flatMap(([field, dots]) =>
    Object.keys(lifted(row, kind, field, null)).flatMap((name) =>
      dots.map((dot) => earlyKey(row.id, name, dot)),
    ),
  );
  return { state: stateOf(row.id, row.k, heads, row.c ? [row.c, ...alive] : alive), early };
}

/** The field in the terms of the kind's current version. */
function lifted(row: BaseRow, kind: KindDef | undefined, field: string, value: Value): Fields {
  const f = { [field]: value };
  if (!kind || row.kv >= kind.version) return f;
  const change: Change = { r: '', s: 1, t: [0, 0], by: '', k: row.k, kv: row.kv, id: row.id, f };
  return upcastChange(kind, change).f;
}

function stateOf(
  id: RecordId,
  kind: string,
  headsByField: ReadonlyMap<string, readonly Head[]>,
  dots: readonly Dot[],
): RecordState {
  const values: Record<string, Value> = {};
  const heads: Record<string, Heads> = {};
  for (const [field, list] of headsByField) setHeads(values, heads, field, list);
  return { id, kind, values, heads, dots, settled: isSettled(heads) };
}

/** What one of two states is the state of. */
export interface Extent {
  readonly have: Vector;
  readonly early: ReadonlySet<string>;
}

/**
 * The record as the changes behind both states together would show it. What one has and the other
 * one knows of and does not show any more was overwritten there.
 */
export function joinRecords(
  mine: RecordState | undefined,
  theirs: RecordState,
  my: Extent,
  their: Extent,
): RecordState {
  const heads = new Map<string, readonly Head[]>();
  let changed = !mine;
  const fields = new Set([...Object.keys(mine?.heads ?? {}), ...Object.keys(theirs.heads)]);
  for (const field of fields) {
    const ours = mine ? headsOf(mine, field) : [];
    const other = headsOf(theirs, field);
    const overwritten = (head: Head, by: Extent): boolean =>
      covers(by.have, head.stamp.r, head.stamp.s) ||
      by.early.has(earlyKey(theirs.id, field, dotOf(head.stamp)));
    const stay = ours.filter((head) => isAmong(other, head) || !overwritten(head, their));
    const come = other.filter((head) => !isAmong(ours, head) && !overwritten(head, my));
    changed ||= stay.length < ours.length || come.length > 0;
    heads.set(field, [...stay, ...come]);
  }
  if (mine && !changed) return mine;
  const known = new Set(mine?.dots ?? []);
  const dots = [...(mine?.dots ?? []), ...theirs.dots.filter((dot) => !known.has(dot))];
  const kind = mine && mine.kind < theirs.kind ? mine.kind : theirs.kind;
  return stateOf(theirs.id, kind, heads, dots);
}

const isAmong = (heads: readonly Head[], { stamp }: Head): boolean =>
  heads.some((head) => head.stamp.r === stamp.r && head.stamp.s === stamp.s);

/** Early overwrites of both, without what has come by now. */
function joinEarly(early: Iterable<string>, have: Vector, into: EarlyOverwrites): void {
  for (const key of early) into.add(key);
  for (const key of into) {
    const { r, s } = parseDot(key.slice(key.lastIndexOf(' ') + 1));
    if (covers(have, r, s)) into.delete(key);
  }
}

export interface Joined extends Extent {
  /** Records that the base changed. */
  readonly records: ReadonlyMap<RecordId, RecordState>;
  readonly early: EarlyOverwrites;
}

/** What a base makes of the records that are here. */
export function joinRows(
  base: { readonly rows: readonly BaseRow[]; readonly have: Vector },
  here: Extent,
  kindOf: (name: string) => KindDef | undefined,
  get: (id: RecordId) => RecordState | undefined,
): Joined {
  const opened = base.rows.map((row) => recordOfRow(row, kindOf(row.k)));
  const theirs: Extent = {
    have: base.have,
    early: new Set(opened.flatMap((record) => record.early)),
  };
  const records = new Map<RecordId, RecordState>();
  for (const { state } of opened) {
    const mine = get(state.id);
    const joined = joinRecords(mine, state, here, theirs);
    if (joined !== mine) records.set(state.id, joined);
  }
  const have = join(here.have, base.have);
  const early: EarlyOverwrites = new Set(here.early);
  joinEarly(theirs.early, have, early);
  return { records, have, early };
}

/**
 * The record without the names of changes that the base stands for, but for those that are alive and
 * the one that created it: how it would be read back from base and log.
 */
export function withoutCompacted(state: RecordState, have: Vector): RecordState {
  if (state.dots.length < 2) return state;
  const alive = new Set<Dot>();
  for (const field of Object.keys(state.heads)) {
    for (const { stamp } of headsOf(state, field)) alive.add(dotOf(stamp));
  }
  const dots = state.dots.filter((dot, i) => {
    if (i === 0 || alive.has(dot)) return true;
    const { r, s } = parseDot(dot);
    return !covers(have, r, s);
  });
  if (dots.length === state.dots.length) return state;
  const { id, kind, values, heads, settled } = state;
  return { id, kind, values, heads, dots, ...(settled !== undefined && { settled }) };
}
