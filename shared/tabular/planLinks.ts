/** Planning rows that are relations between records that exist already. */
import { linkId, type RecordId } from '../log/change';
import type { Edit } from '../log/changeset';
import { short, unlessEmpty } from './convert';
import { collectDuplicates, type Duplicates } from './duplicates';
import { createLookup, type Found, type Lookup } from './lookup';
import type { LinkMapping } from './mapping';
import { nameKey } from './names';
import { isErrorCell } from './errorCell';
import { finished, notesByRow, SLICE } from './planParts';
import type { CellNote, Outcome, PlanContext, Progress, RowPlan, SheetPlan } from './plan';
import { relationNames, type NamedRelation, type RelationNames } from './relationNames';
import type { Sheet, SheetRow } from './sheet';

interface LinkDraft {
  readonly row: number;
  readonly title: string;
  readonly ends?: { readonly from: RecordId; readonly rel: string; readonly to: RecordId };
  readonly role: string;
  readonly reasons: readonly CellNote[];
  readonly warnings: CellNote[];
}

interface Ends {
  readonly near: Found;
  readonly far: Found;
  readonly named: NamedRelation;
}

/** See `planSteps`. Refusals: `import.unknownRelation`, `import.unknownEnd`, `import.emptyEnd`. */
export function* planLinks(
  sheet: Sheet,
  mapping: LinkMapping,
  context: PlanContext,
): Generator<Progress, SheetPlan> {
  const names = relationNames(context.kinds, context.labels);
  const lookup = createLookup(context.projection, context.kindOf);
  const duplicates = collectDuplicates();
  const drafts: LinkDraft[] = [];
  for (const row of sheet.rows) {
    drafts.push(readLink(row, sheet, mapping, names, lookup, duplicates));
    if (drafts.length % SLICE === 0) yield { done: drafts.length, total: sheet.rows.length };
  }

  const roles = rolesByLink(drafts);
  const notes = notesByRow(sheet);
  const done = new Set<string>();
  const edits: Edit[] = [];
  const rows = drafts.map((draft): RowPlan => {
    const { row, title, ends, reasons, warnings } = draft;
    const all = [...(notes.get(row) ?? []), ...warnings];
    const base = { row, title, changes: [], reasons, warnings: all };
    if (!ends) return { ...base, outcome: 'refused' };
    const id = linkId(ends.from, ends.rel, ends.to);
    const role = roles.get(id) ?? '';
    const before = context.projection.visible(id);
    const outcome: Outcome = !before
      ? 'create'
      : role && before.values.role !== role
        ? 'update'
        : 'unchanged';
    if (done.has(id)) all.push({ code: 'import.sameRelation' });
    else if (outcome !== 'unchanged') {
      edits.push({ do: 'link', ...ends, ...(role ? { fields: { role } } : {}) });
    }
    done.add(id);
    if (outcome !== 'update') return { ...base, outcome, id };
    const changes = [{ field: 'role', before: before?.values.role, after: role }];
    return { ...base, outcome, id, changes };
  });
  return finished(rows, [], duplicates.list(), edits);
}

/** Rows naming one relation twice with different roles keep both: `Operational; Administrative`. */
function rolesByLink(drafts: readonly LinkDraft[]): ReadonlyMap<string, string> {
  const roles = new Map<string, Set<string>>();
  for (const { ends, role } of drafts) {
    if (!ends || !role) continue;
    const id = linkId(ends.from, ends.rel, ends.to);
    const set = roles.get(id);
    if (set) set.add(role);
    else roles.set(id, new Set([role]));
  }
  return new Map([...roles].map(([id, set]) => [id, [...set].join('; ')]));
}

function readLink(
  row: SheetRow,
  sheet: Sheet,
  mapping: LinkMapping,
  names: RelationNames,
  lookup: Lookup,
  duplicates: Duplicates,
): LinkDraft {
  const cell = (header: string) => (row.cells[sheet.headers.indexOf(header)] ?? '').trim();
  const from = cell(mapping.from);
  const to = cell(mapping.to);
  const word = 'name' in mapping.relation ? mapping.relation.name : cell(mapping.relation.column);
  const title = 'name' in mapping.relation ? `${from} → ${to}` : `${from} → ${word} → ${to}`;
  const base = { row: row.row, title, role: '', warnings: [] };
  const refused = (code: string, column: string | undefined, text?: string): LinkDraft => ({
    ...base,
    reasons: [
      {
        code,
        ...unlessEmpty('column', column),
        ...(text === undefined ? {} : { params: { text: short(text) } }),
      },
    ],
  });
  if (row.broken) return { ...base, reasons: [row.broken] };
  if (!from) return refused('import.emptyEnd', mapping.from);
  if (!to) return refused('import.emptyEnd', mapping.to);
  const relationColumn = 'name' in mapping.relation ? undefined : mapping.relation.column;
  const candidates = names.get(nameKey(word)) ?? [];
  if (!candidates.length) return refused('import.unknownRelation', relationColumn, word);

  let nearKnown = false;
  let farText = to;
  for (const named of candidates) {
    const [nearText, otherText] = named.inverse ? [to, from] : [from, to];
    const near = lookup.find([named.kind], nearText);
    if (!near) continue;
    nearKnown = true;
    farText = otherText;
    const far = lookup.find(named.to, otherText);
    if (far) return linked({ near, far, named }, base, row, sheet, mapping, duplicates);
  }
  if (!nearKnown) return refused('import.unknownEnd', mapping.from, from);
  return refused('import.unknownEnd', farText === to ? mapping.to : mapping.from, farText);
}

function linked(
  { near, far, named }: Ends,
  base: { readonly row: number; readonly title: string },
  row: SheetRow,
  sheet: Sheet,
  mapping: LinkMapping,
  duplicates: Duplicates,
): LinkDraft {
  const warnings: CellNote[] = mapping.roles.flatMap((column) => {
    const text = (row.cells[sheet.headers.indexOf(column)] ?? '').trim();
    return isErrorCell(text) ? [{ code: 'import.errorCell', params: { text }, column }] : [];
  });
  const [nearColumn, farColumn] = named.inverse
    ? [mapping.to, mapping.from]
    : [mapping.from, mapping.to];
  for (const [end, column] of [
    [near, nearColumn],
    [far, farColumn],
  ] as const) {
    const count = end.all.length;
    if (count < 2) continue;
    const text = row.cells[sheet.headers.indexOf(column)] ?? '';
    duplicates.note(end.kind, text, end.all);
    warnings.push({ code: 'import.refAmbiguous', params: { text: short(text), count }, column });
  }
  return {
    ...base,
    ends: { from: near.id, rel: named.relation, to: far.id },
    role: named.role ? roleOf(row, sheet, mapping.roles) : '',
    reasons: [],
    warnings,
  };
}

/** `Administrative`, `primary` -> `Administrative (primary)`. */
function roleOf(row: SheetRow, sheet: Sheet, headers: readonly string[]): string {
  const parts = headers
    .map((header) => (row.cells[sheet.headers.indexOf(header)] ?? '').trim())
    .filter((text) => text && !isErrorCell(text));
  const [first = '', ...rest] = parts;
  return rest.length ? `${first} (${rest.join(', ')})` : first;
}
