/** Whether a changeset may be committed: every edit against its kind, before anything is written. */
import { ok, refuse, type Result } from '../result';
import type { KindDef } from '../kinds/define';
import { checkFields, checkMove, checkValue } from '../kinds/validate';
import type { RecordId } from './change';
import type { Edit } from './changeset';
import { headsOf, type RecordState } from './record';

export interface EditContext {
  readonly get: (id: RecordId) => RecordState | undefined;
  readonly kindOf: (name: string) => KindDef | undefined;
}

/**
 * Refusals: `commit.unknownKind`, `commit.unknownRecord`, `commit.appendOnly`, `commit.relation`,
 * or the first refused field as `commit.field` with `field` and the field's own code in `reason`.
 */
export function checkEdits(edits: readonly Edit[], context: EditContext): Result<null> {
  const created = new Map(
    edits.filter((edit) => edit.do === 'create').map((edit) => [edit.id, edit.kind]),
  );
  const kindName = (id: RecordId) => created.get(id) ?? context.get(id)?.kind;
  for (const edit of edits) {
    const result = checkEdit(edit, context, kindName);
    if (!result.ok) return result;
  }
  return ok(null);
}

function checkEdit(
  edit: Edit,
  { get, kindOf }: EditContext,
  kindName: (id: RecordId) => string | undefined,
): Result<null> {
  switch (edit.do) {
    case 'create': {
      const kind = kindOf(edit.kind);
      if (!kind) return refuse('commit.unknownKind', { kind: edit.kind });
      const [field, reason] = Object.entries(checkFields(kind, edit.fields))[0] ?? [];
      return field && reason ? fieldRefusal(kind, field, reason.code) : ok(null);
    }
    case 'set': {
      const kind = kindOf(kindName(edit.id) ?? '');
      if (!kind) return refuse('commit.unknownRecord');
      if (kind.appendOnly) return refuse('commit.appendOnly');
      return checkSet(edit, kind, get(edit.id));
    }
    case 'delete':
    case 'restore': {
      const state = get(edit.id);
      if (!state) return refuse('commit.unknownRecord');
      return kindOf(state.kind)?.appendOnly ? refuse('commit.appendOnly') : ok(null);
    }
    case 'link': {
      const from = kindName(edit.from);
      const to = kindName(edit.to);
      if (!from || !to) return refuse('commit.unknownRecord');
      const relation = kindOf(from)?.relations[edit.rel];
      return relation?.to.includes(to)
        ? ok(null)
        : refuse('commit.relation', { from, relation: edit.rel, to });
    }
    case 'unlink':
    case 'reopen':
      return ok(null);
  }
}

function checkSet(
  edit: Extract<Edit, { do: 'set' }>,
  kind: KindDef,
  state: RecordState | undefined,
): Result<null> {
  for (const [name, value] of Object.entries(edit.fields)) {
    const field = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    if (!field) return fieldRefusal(kind, name, 'field.unknown');
    const refusal = checkValue(field, value);
    if (refusal) return fieldRefusal(kind, name, refusal.code);
    if (name === 'status' && kind.lifecycle && typeof value === 'string') {
      // In conflict, either state was reached lawfully by somebody, and is one to go on from.
      const heads = state ? headsOf(state, name).map((head) => head.value) : [];
      const from = heads.length ? heads : [undefined];
      const moves = from.map((one) =>
        checkMove(kind, typeof one === 'string' ? one : undefined, value),
      );
      const refused = moves.find((move) => !move.ok);
      if (refused && !refused.ok && moves.every((move) => !move.ok)) {
        return fieldRefusal(kind, name, refused.refusal.code);
      }
    }
  }
  return ok(null);
}

const fieldRefusal = (kind: KindDef, field: string, reason: string): Result<never> =>
  refuse('commit.field', { kind: kind.name, field, reason });
