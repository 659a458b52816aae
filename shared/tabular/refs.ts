/** Cells that name other records, and the records created because nobody had entered them yet. */
import type { KindDef, RefField } from '../kinds/define';
import { initialFields } from '../kinds/define';
import type { Fields, RecordId, Value } from '../log/change';
import { optionOf, short } from './convert';
import { collectDuplicates, type Duplicates } from './duplicates';
import { createLookup, type Lookup } from './lookup';
import type { RefPolicy } from './mapping';
import type { AlsoCreated, CellNote, PlanContext } from './plan';

export interface ResolvedRef {
  readonly id: RecordId | undefined;
  readonly warning?: CellNote;
  readonly refusal?: CellNote;
}

export interface Refs {
  readonly lookup: Lookup;
  readonly duplicates: Duplicates;
  resolve(cell: RefCell): ResolvedRef;
  /** A row that will be imported points to the record: if it is one of ours, it is needed. */
  use(id: Value | undefined): void;
  /** Needed records in the order they were first named, with their fields but without numbers. */
  created(): readonly (AlsoCreated & { readonly fields: Fields })[];
}

export interface RefCell {
  readonly field: RefField;
  /** Name of the field and header of its column: hints about what the other record is. */
  readonly name: string;
  readonly header: string;
  readonly text: string;
  readonly policy: RefPolicy;
}

/** A kind of which a record can be created from a name alone: no life of its own, no parent. */
export function isCreatable(kind: KindDef | undefined): kind is KindDef {
  if (!kind?.place || kind.lifecycle || kind.parent) return false;
  return Object.entries(kind.fields).every(
    ([name, field]) => !field.required || name === kind.title || field.type === 'choice',
  );
}

export const defaultPolicy = (kind: KindDef | undefined): RefPolicy =>
  isCreatable(kind) ? 'create' : 'empty';

export function createRefs(context: PlanContext): Refs {
  const lookup = createLookup(context.projection, context.kindOf);
  const duplicates = collectDuplicates();
  const made = new Map<RecordId, AlsoCreated & { fields: Fields }>();
  const needed = new Set<RecordId>();

  function create(kind: KindDef, cell: RefCell): RecordId {
    const title = cell.text.trim();
    const id = context.newId();
    const fields = { ...startOf(kind, cell, context), [kind.title]: title };
    made.set(id, { kind: kind.name, id, title, fields });
    lookup.add(kind.name, id, fields);
    return id;
  }

  return {
    lookup,
    duplicates,
    resolve(cell) {
      const found = lookup.find([cell.field.to], cell.text);
      const params = { text: short(cell.text.trim()) };
      if (found && found.all.length > 1) {
        duplicates.note(found.kind, cell.text, found.all);
        const count = found.all.length;
        const warning = { code: 'import.refAmbiguous', params: { ...params, count } };
        return { id: found.id, warning: { ...warning, column: cell.header } };
      }
      if (found) return { id: found.id };
      const kind = context.kindOf(cell.field.to);
      if (cell.policy === 'create' && isCreatable(kind)) return { id: create(kind, cell) };
      const note = { code: 'import.refUnknown', params, column: cell.header };
      if (cell.policy === 'refuse') return { id: undefined, refusal: note };
      return { id: undefined, warning: { ...note, code: 'import.refLeftEmpty' } };
    },
    use(id) {
      if (typeof id === 'string' && made.has(id)) needed.add(id);
    },
    created: () => [...made.values()].filter((record) => needed.has(record.id)),
  };
}

/** Initial values; a required choice is told by the field or the header: `supplier`, `Customer`. */
function startOf(kind: KindDef, cell: RefCell, context: PlanContext): Fields {
  const fields: Record<string, Value> = { ...initialFields(kind) };
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== 'choice' || !field.required) continue;
    const told = [cell.name, cell.header]
      .map((hint) => optionOf(kind.name, name, field, hint, context.labels))
      .find((option) => option !== undefined);
    const option = told ?? field.initial ?? field.options[0];
    if (option) fields[name] = option;
  }
  return fields;
}
