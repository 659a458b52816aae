/**
 * The records of a vault in memory, with the indexes every screen reads synchronously. It is fed
 * only by the log: `load` puts back a checkpoint, `apply` adds changes. Feeding it the same
 * changes from scratch gives the same projection (I14).
 */
import { dotOf, type Change, type RecordId, type Value } from '../log/change';
import { joinRows, withoutCompacted, type BaseRow } from '../log/base';
import type { Pack } from '../log/checkpoint';
import { compareHlc, receive, type Hlc } from '../log/clock';
import {
  applyChange,
  conflictsOf,
  deletion,
  headsOf,
  type EarlyOverwrites,
  type RecordState,
} from '../log/record';
import { covers, seen, type Vector } from '../log/vector';
import type { KindDef } from '../kinds/define';
import { upcastChange } from '../kinds/upcast';
import { createKindList, type KindList } from './kindList';
import { createNumbers } from './numbers';
import { createReferences, endOf, type Referrer } from './references';

export type Touched = ReadonlySet<RecordId>;

export interface Projection {
  /** Per replica, the highest sequence applied without a hole. */
  have(): Vector;
  /** Greatest clock seen, bounded by the wall clock given to `apply`. */
  clock(): Hlc;
  /** Grows with every `apply` and `load`. */
  version(): number;
  /** The record, deleted or not. */
  get(id: RecordId): RecordState | undefined;
  /** The record unless it is deleted. */
  visible(id: RecordId): RecordState | undefined;
  /**
   * All records of a kind that are not deleted. The array is shared: do not modify it. It is the
   * same one as long as no record of the kind changes.
   */
  records(kind: string): readonly RecordState[];
  /** All records of a kind that are deleted. */
  deleted(kind: string): readonly RecordState[];
  /** Visible link records that start at / end at the record, whose other end is visible too. */
  linksFrom(id: RecordId, relation?: string): readonly RecordState[];
  linksTo(id: RecordId, relation?: string): readonly RecordState[];
  /** Every link record that starts or ends at the record, removed ones too. For its history. */
  linksOf(id: RecordId): readonly RecordState[];
  /** Visible records whose ref field points to the record. */
  referrers(id: RecordId): readonly Referrer[];
  /** Visible parts of a record (`kind.parent` points to it), in the kind's order. */
  parts(id: RecordId, kind: KindDef): readonly RecordState[];
  /** Records that carry a conflict. */
  conflicts(): ReadonlySet<RecordId>;
  /** Every record, deleted ones and links too. For checkpoints and tests. */
  all(): IterableIterator<RecordState>;
  size(): number;
  early(): EarlyOverwrites;
  /** The next free human number, such as `HQ7K-CI-0042`. */
  nextNumber(prefix: string, code: string): string;
  /**
   * Adds changes, each replica's in sequence. Those already covered are skipped; one that would
   * leave a hole throws, because the caller must have kept it in the inbox. `foreseen`: what has
   * been worked out of them already; it is used when it was worked out of these very changes, from
   * what is here now.
   */
  apply(changes: readonly Change[], wallMs: number, foreseen?: Foreseen): Touched;
  load(checkpoint: LoadedCheckpoint): void;
  /** Takes over the state of a base; what is here and not in it stays. */
  joinBase(
    base: { readonly rows: readonly BaseRow[]; readonly have: Vector },
    wallMs: number,
  ): Touched;
  /** Of these records, forgets the names of compacted changes of which nothing is alive. */
  forget(have: Vector, ids: Iterable<RecordId>): Touched;
  subscribe(listener: (touched: Touched) => void): () => void;
}

/** What changes make of a projection, which they have not touched yet. */
export interface Foreseen {
  /** The projection, and its version then. */
  readonly of: unknown;
  readonly version: number;
  /** All of these changes and no others, in this order. */
  isOf(changes: readonly Change[]): boolean;
  /** As they are afterwards: each record that the changes touch, the vector, the early overwrites. */
  readonly records: ReadonlyMap<RecordId, RecordState>;
  readonly have: Vector;
  readonly early: ReadonlySet<string>;
}

export interface LoadedCheckpoint {
  readonly records?: Iterable<RecordState>;
  /** Records that are not here yet. */
  readonly packs?: Iterable<Pack>;
  readonly have: Vector;
  readonly early: Iterable<string>;
  readonly clock: Hlc;
}

export type KindLookup = (name: string) => KindDef | undefined;

const NONE: readonly RecordState[] = [];

export function createProjection(kindOf: KindLookup): Projection {
  const records = new Map<RecordId, RecordState>();
  const lists = new Map<string, KindList>();
  const conflicts = new Set<RecordId>();
  const listeners = new Set<(touched: Touched) => void>();
  const references = createReferences(kindOf);
  const numbers = createNumbers();
  const early: EarlyOverwrites = new Set();
  const have: Record<string, number> = {};
  let clock: Hlc = [0, 0];
  let version = 0;
  /** New records whose references are not noted yet. Empty outside of `apply` and `load`. */
  let created: RecordState[] = [];

  const visible = (id: RecordId) => {
    const state = records.get(id);
    return state && deletion(state) !== 'deleted' ? state : undefined;
  };

  function listOf(kind: string): KindList {
    let list = lists.get(kind);
    if (!list) lists.set(kind, (list = createKindList((id) => records.get(id))));
    return list;
  }

  function put(state: RecordState): void {
    const before = records.get(state.id);
    records.set(state.id, state);
    if (before && before.kind !== state.kind) {
      lists.get(before.kind)?.remove(state.id);
      listOf(state.kind).put(undefined, state);
    } else listOf(state.kind).put(before, state);
    if (before) {
      referTo();
      references.move(before, state);
    } else created.push(state);
    // A number that lost a conflict is given out all the same.
    if (!state.settled) for (const head of headsOf(state, 'number')) numbers.note(head.value);
    else if (before?.values.number !== state.values.number) numbers.note(state.values.number);
    if (conflictsOf(state).length) conflicts.add(state.id);
    else conflicts.delete(state.id);
  }

  /** Before anybody asks who points where, or a record of these changes again. */
  function referTo(): void {
    if (created.length === 0) return;
    references.create(created);
    created = [];
  }

  function putPack(pack: Pack): void {
    const list = listOf(pack.kind);
    pack.records.forEach((state, i) => {
      if (pack.odd.has(i)) return put(state);
      records.set(state.id, state);
      list.put(undefined, state);
    });
    references.load(pack);
    for (const number of pack.numbers) numbers.note(number);
  }

  function links(ids: readonly RecordId[], far: 'from' | 'to', relation?: string) {
    const out: RecordState[] = [];
    for (const id of ids) {
      const state = visible(id);
      if (!state || (relation && state.values.rel !== relation)) continue;
      if (visible(endOf(state, far))) out.push(state);
    }
    return out;
  }

  /** Every change is new and follows the one before, or the dry run would not have been of them. */
  function adopt(changes: readonly Change[], wallMs: number, foreseen: Foreseen): Touched {
    const { records: after, have: reached, early: left } = foreseen;
    for (const state of after.values()) put(state);
    for (const { f, t } of changes) {
      // One that a later change took away again was given out all the same.
      if (f.number !== undefined) numbers.note(f.number);
      clock = receive(clock, t, wallMs);
    }
    Object.assign(have, reached);
    if (early.size > 0 || left.size > 0) {
      early.clear();
      for (const key of left) early.add(key);
    }
    return new Set(after.keys());
  }

  function applyEach(changes: readonly Change[], wallMs: number): Touched {
    const touched = new Set<RecordId>();
    for (const raw of changes) {
      if (covers(have, raw.r, raw.s)) continue;
      if (raw.s !== seen(have, raw.r) + 1) {
        referTo();
        throw new Error(`hole before ${dotOf(raw)}`);
      }
      const change = upcastChange(kindOf(raw.k), raw);
      put(applyChange(records.get(change.id), change, have, early));
      have[raw.r] = raw.s;
      clock = receive(clock, raw.t, wallMs);
      touched.add(raw.id);
    }
    return touched;
  }

  const projection: Projection = {
    have: () => have,
    clock: () => clock,
    version: () => version,
    get: (id) => records.get(id),
    visible,
    records: (kind) => lists.get(kind)?.alive() ?? NONE,
    deleted: (kind) => lists.get(kind)?.dead() ?? NONE,
    linksFrom: (id, relation) => links(references.linksFrom(id), 'to', relation),
    linksTo: (id, relation) => links(references.linksTo(id), 'from', relation),
    linksOf: (id) =>
      [...new Set([...references.linksFrom(id), ...references.linksTo(id)])]
        .map((link) => records.get(link))
        .filter((link) => link !== undefined),
    referrers: (id) => references.referrers(id).filter((referrer) => visible(referrer.id)),
    parts: (id, kind) =>
      references
        .referrersBy(kind.parent ?? '', id)
        .map(visible)
        .filter((state) => state?.kind === kind.name)
        .filter((state) => state !== undefined)
        .toSorted((a, b) => orderOf(a, kind) - orderOf(b, kind) || compareCreation(a, b)),
    conflicts: () => conflicts,
    all: () => records.values(),
    size: () => records.size,
    early: () => early,
    nextNumber: (prefix, code) => numbers.next(prefix, code),

    apply(changes, wallMs, foreseen) {
      const known =
        foreseen?.of === projection && foreseen.version === version && foreseen.isOf(changes);
      const touched = known ? adopt(changes, wallMs, foreseen) : applyEach(changes, wallMs);
      referTo();
      if (touched.size) version++;
      if (touched.size) for (const listener of listeners) listener(touched);
      return touched;
    },

    load(checkpoint) {
      for (const state of checkpoint.records ?? []) put(state);
      for (const pack of checkpoint.packs ?? []) putPack(pack);
      referTo();
      for (const [replica, sequence] of Object.entries(checkpoint.have)) {
        have[replica] = Math.max(seen(have, replica), sequence);
      }
      for (const key of checkpoint.early) early.add(key);
      if (compareHlc(checkpoint.clock, clock) > 0) clock = checkpoint.clock;
      version++;
      const touched = new Set<RecordId>();
      for (const listener of listeners) listener(touched);
    },

    joinBase(base, wallMs) {
      const joined = joinRows(base, { have, early }, kindOf, (id) => records.get(id));
      for (const state of joined.records.values()) put(state);
      referTo();
      Object.assign(have, joined.have);
      early.clear();
      for (const key of joined.early) early.add(key);
      for (const { s } of base.rows) for (const [, t] of s) clock = receive(clock, t, wallMs);
      version++;
      const touched = new Set(joined.records.keys());
      for (const listener of listeners) listener(touched);
      return touched;
    },

    forget(compacted, ids) {
      const touched = new Set<RecordId>();
      for (const id of ids) {
        const state = records.get(id);
        const next = state && withoutCompacted(state, compacted);
        if (!next || next === state) continue;
        put(next);
        touched.add(id);
      }
      // What was worked out from what was here before must not be taken over now.
      if (touched.size) version++;
      return touched;
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return projection;
}

function orderOf(state: RecordState, kind: KindDef): number {
  const value = kind.order ? state.values[kind.order] : undefined;
  return typeof value === 'number' ? value : Number.MAX_SAFE_INTEGER;
}

const compareCreation = (a: RecordState, b: RecordState): number => (a.id < b.id ? -1 : 1);

/** Text of a value as a title, search and sort see it. */
export const asText = (value: Value | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
