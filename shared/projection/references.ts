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
  /** Adds the records of a pack that are not odd, without looking at their fields. */
  load(pack: Pack): void;
  referrers(id: RecordId): readonly Referrer[];
  linksFrom(id: RecordId): readonly RecordId[];
  linksTo(id: RecordId): readonly RecordId[];
}

/** Most records are pointed to once or never: a set is made for the second one only. */
type Index = Map<RecordId, RecordId | Set<RecordId>>;

export function createReferences(kindOf: (name: string) => KindDef | undefined): References {
  /** By field. */
  const refs = new Map<string, Index>();
  const from: Index = new Map();
  const to: Index = new Map();
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
    if (!index) refs.set(field, (index = new Map()));
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
    load({ kind, records, odd, refs: columns }) {
      if (kind === LINK) {
        records.forEach(({ id }, i) => {
          if (odd.has(i)) return;
          const ends = linkEnds(id);
          add(from, ends.from, id);
          add(to, ends.to, id);
        });
        return;
      }
      for (const [field, [targets, column]] of Object.entries(columns)) {
        const index = indexOf(field);
        records.forEach(({ id }, i) => {
          const target = targets[column[i] ?? -1];
          if (target !== undefined && !odd.has(i)) add(index, target, id);
        });
      }
    },
    referrers(id) {
      const out: Referrer[] = [];
      for (const [field, index] of refs) {
        for (const referrer of at(index, id)) out.push({ id: referrer, field });
      }
      return out;
    },
    linksFrom: (id) => at(from, id),
    linksTo: (id) => at(to, id),
  };
}

function add(index: Index, key: RecordId, item: RecordId): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, item);
  else if (typeof known !== 'string') known.add(item);
  else if (known !== item) index.set(key, new Set([known, item]));
}

function drop(index: Index, key: RecordId, item: RecordId): void {
  const known = index.get(key);
  if (known === item) index.delete(key);
  else if (typeof known === 'object') known.delete(item);
}

function at(index: Index, key: RecordId): readonly RecordId[] {
  const known = index.get(key);
  return known === undefined ? [] : typeof known === 'string' ? [known] : [...known];
}
