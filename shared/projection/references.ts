/** Who points to whom: ref fields and link records, both directions, kept while records change. */
import { LINK, type RecordId } from '../log/change';
import type { RecordState } from '../log/record';
import type { KindDef } from '../kinds/define';

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
  referrers(id: RecordId): readonly Referrer[];
  linksFrom(id: RecordId): readonly RecordId[];
  linksTo(id: RecordId): readonly RecordId[];
}

export function createReferences(kindOf: (name: string) => KindDef | undefined): References {
  /** target -> `referrer field` keys */
  const refs = new Map<RecordId, Set<string>>();
  const from = new Map<RecordId, Set<RecordId>>();
  const to = new Map<RecordId, Set<RecordId>>();
  const refFields = new Map<string, readonly string[]>();

  function fieldsOf(kind: string): readonly string[] {
    const hit = refFields.get(kind);
    if (hit) return hit;
    const fields = Object.entries(kindOf(kind)?.fields ?? {})
      .filter(([, field]) => field.type === 'ref')
      .map(([name]) => name);
    refFields.set(kind, fields);
    return fields;
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
        const key = `${after.id} ${field}`;
        if (typeof old === 'string') refs.get(old)?.delete(key);
        if (typeof now === 'string' && now) add(refs, now, key);
      }
    },
    referrers: (id) =>
      [...(refs.get(id) ?? [])].map((key) => {
        const at = key.indexOf(' ');
        return { id: key.slice(0, at), field: key.slice(at + 1) };
      }),
    linksFrom: (id) => [...(from.get(id) ?? [])],
    linksTo: (id) => [...(to.get(id) ?? [])],
  };
}

function add<T>(index: Map<RecordId, Set<T>>, key: RecordId, item: T): void {
  const set = index.get(key);
  if (set) set.add(item);
  else index.set(key, new Set([item]));
}
