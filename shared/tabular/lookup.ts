/** Finds records by what people call them: number, key fields in the kind's order, title, id. */
import type { KindDef } from '../kinds/define';
import type { RecordId } from '../log/change';
import type { KindLookup, Projection } from '../projection/projection';
import { valueKey } from './names';

export interface Found {
  readonly id: RecordId;
  readonly kind: string;
  /** All records that answer to that name, the one taken first. */
  readonly all: readonly RecordId[];
}

export interface Lookup {
  /** In the first of the kinds that knows the name. */
  find(kinds: readonly string[], text: string): Found | undefined;
  /** Makes a record that is about to be created findable. */
  add(kind: string, id: RecordId, fields: Readonly<Record<string, unknown>>): void;
}

/** Per name field, from the name's key to the ids, in order of number and id. */
type NameIndex = ReadonlyMap<string, Map<string, RecordId[]>>;

export const nameFields = (kind: KindDef): readonly string[] => [
  ...new Set([...('number' in kind.fields ? ['number'] : []), ...kind.keys, kind.title]),
];

export function createLookup(projection: Projection, kindOf: KindLookup): Lookup {
  const indexes = new Map<string, NameIndex>();

  function indexOf(name: string): NameIndex | undefined {
    const hit = indexes.get(name);
    if (hit) return hit;
    const kind = kindOf(name);
    if (!kind) return undefined;
    const index: NameIndex = new Map(nameFields(kind).map((field) => [field, new Map()]));
    indexes.set(name, index);
    for (const state of projection.records(name)) note(index, state.id, state.values);
    return index;
  }

  return {
    find(kinds, text) {
      const key = valueKey(text);
      if (!key) return undefined;
      for (const kind of kinds) {
        for (const names of indexOf(kind)?.values() ?? []) {
          const ids = names.get(key);
          if (ids?.[0] !== undefined) return { id: ids[0], kind, all: ids };
        }
      }
      // Our own exports name records without a name of their own by id.
      const state = projection.visible(text.trim());
      if (state && kinds.includes(state.kind))
        return { id: state.id, kind: state.kind, all: [state.id] };
      return undefined;
    },
    add(kind, id, fields) {
      const index = indexOf(kind);
      if (index) note(index, id, fields);
    },
  };
}

function note(index: NameIndex, id: RecordId, fields: Readonly<Record<string, unknown>>): void {
  for (const [field, names] of index) {
    const value = fields[field];
    const key = typeof value === 'string' ? valueKey(value) : '';
    if (!key) continue;
    const ids = names.get(key);
    if (!ids) names.set(key, [id]);
    else if (!ids.includes(id)) ids.push(id);
  }
}
