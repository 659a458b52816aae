/** Planning rows that are records: read, pair with existing records, compare. */
import { initialFields, type KindDef } from '../kinds/define';
import { checkFields, checkMove } from '../kinds/validate';
import { sameValue, type Fields, type RecordId, type Value } from '../log/change';
import type { Edit } from '../log/changeset';
import type { RecordState } from '../log/record';
import { batchNumbers } from '../projection/batchNumbers';
import { asText } from '../projection/projection';
import type { RecordMapping } from './mapping';
import { pairRows } from './pairing';
import { finished, notesByRow, SLICE } from './planParts';
import type { CellNote, FieldChange, PlanContext, Progress, RowPlan, SheetPlan } from './plan';
import { columnsOf, readRow, resolveCell, type Column, type Draft } from './readRow';
import { createRefs } from './refs';
import type { Sheet } from './sheet';

interface Planned {
  readonly draft: Draft;
  readonly record: RecordState | undefined;
  readonly id: RecordId;
  changes: readonly FieldChange[];
}

/** See `planSteps`. Unknown kinds plan nothing; that is a mapping of a newer release. */
export function* planRecords(
  sheet: Sheet,
  mapping: RecordMapping,
  context: PlanContext,
): Generator<Progress, SheetPlan> {
  const kind = context.kindOf(mapping.kind);
  if (!kind) return finished([], [], [], []);
  const count = sheet.rows.length;
  // Reading, pairing, comparing, writing down: the parts of the work, as long as each other.
  const progress = (part: 0 | 1 | 2 | 3, done: number): Progress => ({
    done: count * part + done,
    total: count * 4,
  });
  const refs = createRefs(context);
  const columns = columnsOf(sheet, mapping, kind);
  const drafts: Draft[] = [];
  for (const row of sheet.rows) {
    drafts.push(readRow(row, columns, mapping, context, refs));
    if (drafts.length % SLICE === 0) yield progress(0, drafts.length);
  }

  const good = drafts.filter((draft) => !draft.reasons.length);
  const pairing = pairRows(good, context.projection.records(kind.name), mapping.keys, kind);
  let paired = pairing.next();
  for (; !paired.done; paired = pairing.next()) yield progress(1, 0);
  const { pairs, duplicates } = paired.value;
  const planned: Planned[] = [];
  for (const draft of drafts) {
    const record = pairs.get(draft);
    const id = record?.id ?? context.newId();
    planned.push({ draft, record, id, changes: [] });
    if (planned.length % SLICE === 0) yield progress(1, planned.length);
    if (draft.reasons.length) continue;
    const duplicate = duplicates.get(draft);
    if (duplicate) {
      refs.duplicates.note(kind.name, duplicate.key, [id]);
      draft.warnings.push({ code: 'import.duplicateKey', params: duplicate });
    }
    if (!record) refs.lookup.add(kind.name, id, draft.values);
  }

  let done = 0;
  for (const row of planned) {
    for (const { column, text } of row.draft.selfRefs) {
      if (column.field.type !== 'ref') continue;
      resolveCell(text, column, column.field, row.draft, context, refs);
    }
    if (!row.draft.reasons.length) judge(row, kind, columns);
    if (++done % SLICE === 0) yield progress(2, done);
  }
  refuseOrphans(planned, kind);
  for (const { draft } of planned) {
    if (draft.reasons.length) continue;
    for (const value of Object.values(draft.values)) refs.use(value);
  }

  const number = numbersFor(planned, context);
  const edits: Edit[] = refs.created().map((made) => ({
    do: 'create',
    kind: made.kind,
    id: made.id,
    fields: { number: number(made.kind, undefined), ...made.fields },
  }));
  const notes = notesByRow(sheet);
  const rows: RowPlan[] = [];
  for (const row of planned) {
    const edit = editOf(row, kind, number);
    if (edit) edits.push(edit);
    rows.push(rowPlan(row, kind, notes.get(row.draft.row) ?? []));
    if (rows.length % SLICE === 0) yield progress(3, rows.length);
  }
  return finished(rows, refs.created(), refs.duplicates.list(), edits);
}

function editOf(
  row: Planned,
  kind: KindDef,
  number: (kind: string, wanted: Value | undefined) => string,
): Edit | undefined {
  if (row.draft.reasons.length) return undefined;
  if (!row.record) {
    const fields = newFields(row, kind);
    const numbered = kind.place ? { number: number(kind.name, row.draft.values.number) } : {};
    return { do: 'create', kind: kind.name, id: row.id, fields: { ...fields, ...numbered } };
  }
  if (!row.changes.length) return undefined;
  const fields = Object.fromEntries(row.changes.map(({ field, after }) => [field, after]));
  return { do: 'set', id: row.id, fields };
}

const newFields = (row: Planned, kind: KindDef): Fields => {
  const given = Object.entries(row.draft.values).filter(([, value]) => value !== null);
  return { ...initialFields(kind), ...Object.fromEntries(given) };
};

/** Compares with the existing record, or checks that a new one would be complete. */
function judge(row: Planned, kind: KindDef, columns: readonly Column[]): void {
  const { draft, record } = row;
  const headerOf = (field: string) => columns.find((column) => column.name === field)?.header;
  const refuse = (field: string, reason: CellNote) => {
    const column = headerOf(field);
    draft.reasons.push(column ? { ...reason, column } : { ...reason, ...missing(reason, field) });
  };
  if (!record) {
    for (const [field, reason] of Object.entries(checkFields(kind, newFields(row, kind)))) {
      refuse(field, reason);
    }
    return;
  }
  const changes: FieldChange[] = [];
  for (const [field, after] of Object.entries(draft.values)) {
    const before = record.values[field];
    if (field === 'number' || sameValue(before ?? null, after)) continue;
    if (after === null && kind.fields[field]?.required) refuse(field, { code: 'field.required' });
    const from = typeof before === 'string' ? before : undefined;
    if (field === 'status' && typeof after === 'string') {
      const move = checkMove(kind, from, after);
      if (!move.ok) refuse(field, move.refusal);
    }
    changes.push({ field, before, after });
  }
  if (changes.length && kind.appendOnly) draft.reasons.push({ code: 'commit.appendOnly' });
  row.changes = changes;
}

/** A required field that no column fills is named by itself. */
const missing = (reason: CellNote, field: string): CellNote =>
  reason.code === 'field.required' ? { code: 'import.noColumn', params: { field } } : reason;

/** Rows that point to a row of the same file which is refused cannot come in either. */
function refuseOrphans(planned: readonly Planned[], kind: KindDef): void {
  const selfFields = Object.entries(kind.fields)
    .filter(([, field]) => field.type === 'ref' && field.to === kind.name)
    .map(([name]) => name);
  if (!selfFields.length) return;
  const dead = new Set<Value>();
  for (let before = -1; before < dead.size;) {
    before = dead.size;
    for (const { draft, record, id } of planned) {
      const lost = selfFields.find((name) => dead.has(draft.values[name] ?? null));
      if (lost && !draft.reasons.length) draft.reasons.push({ code: 'import.refRefused' });
      if (draft.reasons.length && !record) dead.add(id);
    }
  }
}

/** Keeps the number a row brings when it is one of ours and free; others get the next one. */
function numbersFor(planned: readonly Planned[], context: PlanContext) {
  const next = batchNumbers(context.nextNumber);
  const given = planned.some(({ draft }) => draft.values.number !== undefined);
  const used = new Set<Value>();
  if (given) {
    for (const kind of context.kinds) {
      for (const record of context.projection.records(kind.name)) {
        if (record.values.number) used.add(record.values.number);
      }
    }
  }
  return (name: string, wanted: Value | undefined): string => {
    const code = context.kindOf(name)?.code ?? '';
    const ours = typeof wanted === 'string' && isNumberOf(code, wanted);
    let number = ours && !used.has(wanted) ? wanted : next(name);
    while (used.has(number)) number = next(name);
    used.add(number);
    return number;
  };
}

/** `HQ7K-CI-0042` is a number of the code CI. */
function isNumberOf(code: string, text: string): boolean {
  const match = /-([^-]+)-\d+$/u.exec(text);
  return match !== null && match.index > 0 && match[1] === code;
}

function rowPlan(row: Planned, kind: KindDef, notes: readonly CellNote[]): RowPlan {
  const { draft, record, id, changes } = row;
  const refused = draft.reasons.length > 0;
  const title = asText(draft.values[kind.title] ?? record?.values[kind.title]);
  return {
    row: draft.row,
    outcome: refused ? 'refused' : !record ? 'create' : changes.length ? 'update' : 'unchanged',
    title,
    ...(refused ? {} : { id }),
    changes: refused ? [] : changes,
    reasons: draft.reasons,
    warnings: [...notes, ...draft.warnings],
  };
}
