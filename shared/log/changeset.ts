/** From what a person wants to what the log stores: edits become changes that name the heads seen. */
import {
  DELETED,
  LINK,
  linkId,
  sameValue,
  type Change,
  type Fields,
  type RecordId,
  type ReplicaId,
  type Value,
  type Why,
} from './change';
import type { Hlc } from './clock';
import { deletionOf, headDots, type RecordState } from './record';

export type Edit =
  | { readonly do: 'create'; readonly kind: string; readonly id: RecordId; readonly fields: Fields }
  | { readonly do: 'set'; readonly id: RecordId; readonly fields: Fields }
  /** `into`: the record that this one was merged into. */
  | { readonly do: 'delete'; readonly id: RecordId; readonly into?: RecordId }
  | { readonly do: 'restore'; readonly id: RecordId }
  | {
      readonly do: 'link';
      readonly from: RecordId;
      readonly rel: string;
      readonly to: RecordId;
      readonly fields?: Fields;
    }
  | {
      readonly do: 'unlink';
      readonly from: RecordId;
      readonly rel: string;
      readonly to: RecordId;
    }
  /** Puts several values of a field beside each other again: takes a decision back. */
  | {
      readonly do: 'reopen';
      readonly id: RecordId;
      readonly field: string;
      readonly values: readonly Value[];
    };

export interface Author {
  readonly replica: ReplicaId;
  /** First free sequence number. */
  readonly next: number;
  readonly t: Hlc;
  readonly by: string;
  readonly why?: Why | undefined;
}

interface Pending {
  readonly id: RecordId;
  readonly kind: string;
  readonly fields: Record<string, Value>;
  /** Values that a reopened field gets beside the one in `fields`. */
  readonly beside: Map<string, readonly Value[]>;
}

/**
 * One change per touched record, and more where fields are reopened. Values that equal what is shown are left out, unless the field is
 * in conflict: then writing the shown value is the resolution. Edits of records that do not exist
 * are ignored; the caller validates. Within one changeset the later edit wins: what it creates and
 * deletes leaves no trace.
 */
export function buildChanges(
  edits: readonly Edit[],
  get: (id: RecordId) => RecordState | undefined,
  versionOf: (kind: string) => number,
  author: Author,
): Change[] {
  const pending = new Map<RecordId, Pending>();
  const into = (id: RecordId, kind: string | undefined) => {
    let entry = pending.get(id);
    if (!entry && kind) pending.set(id, (entry = { id, kind, fields: {}, beside: new Map() }));
    return entry;
  };
  const forget = (id: RecordId) => pending.delete(id);
  for (const edit of edits) collect(edit, get, into, forget);
  const writes = [...pending.values()]
    .flatMap((entry) => writesOf(entry, get(entry.id)))
    .filter(({ fields }) => Object.keys(fields).length > 0);
  return writes.map(({ entry, fields, first }, i) => {
    const over = first ? overwritten(fields, get(entry.id)) : undefined;
    return {
      r: author.replica,
      s: author.next + i,
      t: author.t,
      by: author.by,
      k: entry.kind,
      kv: versionOf(entry.kind),
      id: entry.id,
      f: fields,
      ...(over ? { o: over } : {}),
      ...(writes.length > 1 ? { g: author.next } : {}),
      ...(author.why ? { why: author.why } : {}),
    };
  });
}

function collect(
  edit: Edit,
  get: (id: RecordId) => RecordState | undefined,
  into: (id: RecordId, kind: string | undefined) => Pending | undefined,
  forget: (id: RecordId) => void,
): void {
  switch (edit.do) {
    case 'create':
      Object.assign(into(edit.id, edit.kind)?.fields ?? {}, edit.fields);
      return;
    case 'set':
      Object.assign(into(edit.id, get(edit.id)?.kind)?.fields ?? {}, edit.fields);
      return;
    case 'delete':
    case 'restore': {
      const state = get(edit.id);
      if (!state) {
        if (edit.do === 'delete') forget(edit.id);
        return;
      }
      Object.assign(into(edit.id, state.kind)?.fields ?? {}, {
        [DELETED]: edit.do === 'delete' ? deletionOf(state, edit.into) : null,
      });
      return;
    }
    case 'link': {
      const id = linkId(edit.from, edit.rel, edit.to);
      const fields = { from: edit.from, rel: edit.rel, to: edit.to, ...edit.fields };
      // Also takes back an unlink earlier in the same commit; left out when nothing is deleted.
      Object.assign(into(id, LINK)?.fields ?? {}, fields, { [DELETED]: null });
      return;
    }
    case 'unlink': {
      const id = linkId(edit.from, edit.rel, edit.to);
      const state = get(id);
      if (!state) {
        forget(id);
        return;
      }
      Object.assign(into(id, LINK)?.fields ?? {}, { [DELETED]: deletionOf(state) });
      return;
    }
    case 'reopen': {
      const entry = into(edit.id, get(edit.id)?.kind);
      // The last one written is shown, as it was before.
      const [first = null, ...rest] = edit.values.toReversed();
      Object.assign(entry?.fields ?? {}, { [edit.field]: first });
      entry?.beside.set(edit.field, rest);
    }
  }
}

interface Write {
  readonly entry: Pending;
  readonly fields: Fields;
  /** False: what is there stays, and this stands beside it. */
  readonly first: boolean;
}

function writesOf(entry: Pending, state: RecordState | undefined): readonly Write[] {
  const fields = needed(entry, state);
  if (!entry.beside.size) return [{ entry, fields, first: true }];
  // A deletion counts what its own change wrote as seen: one that is put back must not do that.
  const { [DELETED]: mark, ...others } = fields;
  const alone = mark === undefined ? {} : { [DELETED]: mark };
  const { [DELETED]: marks = [], ...values } = Object.fromEntries(entry.beside);
  return [
    { entry, fields: alone, first: true },
    { entry, fields: others, first: true },
    ...marks.map((value) => ({ entry, fields: { [DELETED]: value }, first: false })),
    ...rounds(values).map((round) => ({ entry, fields: round, first: false })),
  ];
}

/** The n-th values of all fields together. */
function rounds(beside: Readonly<Record<string, readonly Value[]>>): readonly Fields[] {
  const most = Math.max(0, ...Object.values(beside).map((values) => values.length));
  return Array.from({ length: most }, (_, i) =>
    Object.fromEntries(
      Object.entries(beside).flatMap(([field, values]) => {
        const value = values[i];
        return value === undefined ? [] : [[field, value] as const];
      }),
    ),
  );
}

function needed(entry: Pending, state: RecordState | undefined): Fields {
  if (!state) {
    return Object.fromEntries(Object.entries(entry.fields).filter(([, value]) => value !== null));
  }
  return Object.fromEntries(
    Object.entries(entry.fields).filter(
      ([field, value]) =>
        entry.beside.has(field) ||
        headDots(state, field).length > 1 ||
        !sameValue(state.values[field] ?? null, value),
    ),
  );
}

function overwritten(fields: Fields, state: RecordState | undefined): Change['o'] {
  if (!state) return undefined;
  const entries = Object.keys(fields)
    .map((field) => [field, headDots(state, field)] as const)
    .filter(([, dots]) => dots.length > 0);
  return entries.length ? Object.fromEntries(entries) : undefined;
}
