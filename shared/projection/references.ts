/** Who points to whom: ref fields and link records, both directions, kept while records change. */
import { LINK, linkEnds, type RecordId } from '../log/change';
import type { Pack } from '../log/checkpoint';
import type { RecordState } from '../log/record';
import { refFieldsOf, type KindDef } from '../kinds/define';

/** The record at one end of a link. */
export function endOf(link: RecordState, end: 'from' | 'to'): RecordId {
  const id = link.values[end];
  return typeof id === 'string' ? id : '';
}

export interface Referrer {
  readonly id: RecordId;
  readonly field: string;
}

export interface References {
  move(before: RecordState | undefined, after: RecordState): void;
  /** Adds records that were not here before. Their fields are looked at when somebody first asks. */
  create(records: readonly RecordState[]): void;
  /** Adds the records of a pack that are not odd, without looking at their fields now or later. */
  load(pack: Pack): void;
  referrers(id: RecordId): readonly Referrer[];
  referrersBy(field: string, id: RecordId): readonly RecordId[];
  linksFrom(id: RecordId): readonly RecordId[];
  linksTo(id: RecordId): readonly RecordId[];
}

/**
 * Target -> who points to it. Most records are pointed to once or never: a set is made for the
 * second one only. What a checkpoint or an import brings is added when somebody first asks.
 */
interface Index {
  readonly by: Map<RecordId, RecordId | Set<RecordId>>;
  later: (() => void)[];
}

const createIndex = (): Index => ({ by: new Map(), later: [] });

export function createReferences(kindOf: (name: string) => KindDef | undefined): References {
  /** By field. */
  const refs = new Map<string, Index>();
  const from = createIndex();
  const to = createIndex();
  const refFields = new Map<string, readonly string[]>();

  function fieldsOf(kind: string): readonly string[] {
    const hit = refFields.get(kind);
    if (hit) return hit;
    const def = kindOf(kind);
    const fields = def ? refFieldsOf(def) : [];
    refFields.set(kind, fields);
    return fields;
  }

  function indexOf(field: string): Index {
    let index = refs.get(field);
    if (!index) refs.set(field, (index = createIndex()));
    return index;
  }

  return {
    move(before, after) {
      if (after.kind === LINK) {
        // The ends can arrive late: another replica's unlink may come before the link itself.
        if (before && endOf(before, 'from') === endOf(after, 'from')) return;
        add(from, endOf(after, 'from'), after.id);
        add(to, endOf(after, 'to'), after.id);
        return;
      }
      for (const field of fieldsOf(after.kind)) {
        const old = before?.values[field];
        const now = after.values[field];
        if (old === now) continue;
        if (typeof old === 'string') drop(indexOf(field), old, after.id);
        if (typeof now === 'string' && now) add(indexOf(field), now, after.id);
      }
    },
    create(records) {
      for (const [kind, created] of Map.groupBy(records, (record) => record.kind)) {
        if (kind === LINK) {
          const fill = (index: Index, end: 'from' | 'to') => () => {
            for (const link of created) insert(index, endOf(link, end), link.id);
          };
          from.later.push(fill(from, 'from'));
          to.later.push(fill(to, 'to'));
          continue;
        }
        for (const field of fieldsOf(kind)) {
          const index = indexOf(field);
          index.later.push(() => {
            for (const { id, values } of created) {
              const target = values[field];
              if (typeof target === 'string' && target) insert(index, target, id);
            }
          });
        }
      }
    },
    load({ kind, records, odd, refs: columns }) {
      if (kind === LINK) {
        const fill = (index: Index, end: 'from' | 'to') => () =>
          records.forEach(({ id }, i) => {
            if (!odd.has(i)) insert(index, linkEnds(id)[end], id);
          });
        from.later.push(fill(from, 'from'));
        to.later.push(fill(to, 'to'));
        return;
      }
      for (const [field, [targets, column]] of Object.entries(columns)) {
        if (targets.length === 0) continue;
        const index = indexOf(field);
        index.later.push(() =>
          records.forEach(({ id }, i) => {
            const target = targets[column[i] ?? -1];
            if (target !== undefined && !odd.has(i)) insert(index, target, id);
          }),
        );
      }
    },
    referrers: (id) =>
      [...refs].flatMap(([field, index]) => at(index, id).map((other) => ({ id: other, field }))),
    referrersBy: (field, id) => {
      const index = refs.get(field);
      return index ? at(index, id) : NONE;
    },
    linksFrom: (id) => at(from, id),
    linksTo: (id) => at(to, id),
  };
}

const NONE: readonly RecordId[] = [];

/** Adds what waits. Before anything is taken out, or what waits would bring it back. */
function complete(index: Index): void {
  if (index.later.length === 0) return;
  const fills = index.later;
  index.later = [];
  for (const fill of fills) fill();
}

function insert({ by }: Index, key: RecordId, item: RecordId): void {
  const known = by.get(key);
  if (known === undefined) by.set(key, item);
  else if (typeof known !== 'string') known.add(item);
  else if (known !== item) by.set(key, new Set([known, item]));
}

function add(index: Index, key: RecordId, item: RecordId): void {
  complete(index);
  insert(index, key, item);
}

function drop(index: Index, key: RecordId, item: RecordId): void {
  complete(index);
  const known = index.by.get(key);
  if (known === item) index.by.delete(key);
  else if (typeof known === 'object') known.delete(item);
}

function at(index: Index, key: RecordId): readonly RecordId[] {
  complete(index);
  const known = index.by.get(key);
  return known === undefined ? NONE : typeof known === 'string' ? [known] : [...known];
}
