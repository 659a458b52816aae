/** Several records that are one thing become one: the edits of a single commit. */
import type { KindDef } from '../kinds/define';
import { checkMove } from '../kinds/validate';
import { linkId, sameValue, type Fields, type RecordId, type Value } from '../log/change';
import type { Edit } from '../log/changeset';
import { mergedInto, type RecordState } from '../log/record';
import { asText, type KindLookup, type Projection } from '../projection/projection';
import { endOf } from '../projection/references';

export interface MergePlan {
  readonly survivor: RecordId;
  /** Records that end as deleted, pointing to the survivor. */
  readonly losers: readonly RecordId[];
  /** Values the survivor shall have, as chosen; others stay as they are. */
  readonly fields: Fields;
}

export interface Merge {
  readonly edits: readonly Edit[];
  /** Relations and fields of other records that now lead to the survivor. */
  readonly links: number;
  readonly refs: number;
}

/** Fields a person chooses between: those that differ, the ones the program keeps left out. */
export function differingFields(kind: KindDef, records: readonly RecordState[]): readonly string[] {
  return Object.entries(kind.fields)
    .filter(([, field]) => !field.computed)
    .map(([name]) => name)
    .filter((name) => {
      const [first, ...rest] = records.map((record) => record.values[name] ?? null);
      return rest.some((value) => !sameValue(value, first ?? null));
    });
}

/** May the survivor take over that value? A lifecycle does not let every state follow every other. */
export function mayTake(
  kind: KindDef,
  survivor: RecordState,
  field: string,
  value: Value,
): boolean {
  if (value === null) return !kind.fields[field]?.required;
  const from = survivor.values[field];
  if (field !== 'status' || typeof from !== 'string' || typeof value !== 'string') return true;
  return checkMove(kind, from, value).ok;
}

/**
 * The survivor gets the chosen values, relations and references move over to it without doubling or
 * pointing to itself, and the others are deleted with a word where they went. Records that cannot be
 * changed (logs) go on pointing to what they were written about.
 */
export function mergeEdits(projection: Projection, kindOf: KindLookup, plan: MergePlan): Merge {
  const gone = new Set(plan.losers);
  const moved = (id: RecordId): RecordId => (gone.has(id) ? plan.survivor : id);
  const links = moveLinks(projection, plan, gone, moved);
  const refs = moveReferences(projection, kindOf, plan, gone);
  const own = ownFields(projection, kindOf, plan, gone);
  return {
    edits: [
      ...own,
      ...links.edits,
      ...refs,
      ...plan.losers.map((id): Edit => ({ do: 'delete', id, into: plan.survivor })),
    ],
    links: links.moved,
    refs: refs.length,
  };
}

/** The survivor's own fields; one that would lead to a merged record, or to itself, is emptied. */
function ownFields(
  projection: Projection,
  kindOf: KindLookup,
  plan: MergePlan,
  gone: ReadonlySet<RecordId>,
): readonly Edit[] {
  const state = projection.get(plan.survivor);
  const kind = kindOf(state?.kind ?? '');
  if (!state || !kind) return [];
  const fields: Record<string, Value> = { ...plan.fields };
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = Object.hasOwn(fields, name) ? fields[name] : state.values[name];
    if (field.type !== 'ref' || typeof value !== 'string') continue;
    if (gone.has(value) || value === plan.survivor) fields[name] = null;
  }
  return Object.keys(fields).length ? [{ do: 'set', id: plan.survivor, fields }] : [];
}

function moveLinks(
  projection: Projection,
  plan: MergePlan,
  gone: ReadonlySet<RecordId>,
  moved: (id: RecordId) => RecordId,
): { readonly edits: readonly Edit[]; readonly moved: number } {
  const edits: Edit[] = [];
  const made = new Set<RecordId>();
  for (const loser of plan.losers) {
    const own = [...projection.linksFrom(loser), ...projection.linksTo(loser)];
    for (const link of own) {
      const [from, to] = [endOf(link, 'from'), endOf(link, 'to')];
      // A link between two of the merged is met at both ends.
      if (gone.has(from) && to === loser && from !== loser) continue;
      const rel = asText(link.values.rel);
      edits.push({ do: 'unlink', from, rel, to });
      const [newFrom, newTo] = [moved(from), moved(to)];
      const id = linkId(newFrom, rel, newTo);
      if (newFrom === newTo || made.has(id)) continue;
      const there = projection.visible(id);
      const fields = missing(extras(link), there);
      if (there && !Object.keys(fields).length) continue;
      made.add(id);
      edits.push({ do: 'link', from: newFrom, rel, to: newTo, fields });
    }
  }
  return { edits, moved: made.size };
}

/** Role, order and whatever a newer release keeps on a link. */
const extras = (link: RecordState): Fields =>
  Object.fromEntries(
    Object.entries(link.values).filter(
      ([name, value]) =>
        !['from', 'rel', 'to'].includes(name) && !name.startsWith('$') && value !== null,
    ),
  );

/** Of a link that both records had, the survivor's words stand; the other fills what it left empty. */
const missing = (fields: Fields, there: RecordState | undefined): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name]) => (there?.values[name] ?? null) === null),
  );

function moveReferences(
  projection: Projection,
  kindOf: KindLookup,
  plan: MergePlan,
  gone: ReadonlySet<RecordId>,
): readonly Edit[] {
  const edits: Edit[] = [];
  for (const loser of plan.losers) {
    for (const { id, field } of projection.referrers(loser)) {
      const kind = kindOf(projection.get(id)?.kind ?? '');
      if (!kind || kind.appendOnly || id === plan.survivor || gone.has(id)) continue;
      edits.push({ do: 'set', id, fields: { [field]: plan.survivor } });
    }
  }
  return edits;
}

/**
 * Relations and references that were written elsewhere, to a record that had been merged meanwhile,
 * as edits that lead them to the record it was merged into. Empty when there are none.
 */
export function lateArrivals(
  projection: Projection,
  kindOf: KindLookup,
  kinds: readonly KindDef[],
): { readonly edits: readonly Edit[]; readonly count: number } {
  const edits: Edit[] = [];
  let count = 0;
  for (const kind of kinds) {
    for (const { id } of projection.deleted(kind.name)) {
      const survivor = survivorOf(projection, id);
      if (survivor === undefined) continue;
      const late = mergeEdits(projection, kindOf, { survivor, losers: [id], fields: {} });
      const moves = late.edits.filter((edit) => edit.do !== 'delete');
      if (!moves.length) continue;
      edits.push(...moves);
      count += Math.max(late.links + late.refs, 1);
    }
  }
  return { edits, count };
}

/** Where a merge led at last: what stayed may have been merged itself. */
function survivorOf(projection: Projection, id: RecordId): RecordId | undefined {
  const met = new Set<RecordId>([id]);
  for (let next = id; ;) {
    const state = projection.get(next);
    const into = state && mergedInto(state);
    if (into === undefined || met.has(into)) return undefined;
    if (projection.visible(into)) return into;
    met.add(into);
    next = into;
  }
}
