/** What a projection shows, in a form in which two of them can be compared, and what it should. */
import { kinds } from '../../shared/kinds/registry';
import { DELETED, dotOf, sameValue, type Change, type Dot } from '../../shared/log/change';
import { deletion, headsOf, type RecordState } from '../../shared/log/record';
import { covers } from '../../shared/log/vector';
import type { Projection } from '../../shared/projection/projection';
import type { World } from './logHistory';

const idsOf = (states: readonly RecordState[]) => states.map((state) => state.id).toSorted();

/** Everything a reader can see, whatever order the changes came in. */
export function digest(projection: Projection): unknown {
  const all = [...projection.all()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    have: { ...projection.have() },
    records: all.map((state) => ({
      id: state.id,
      kind: state.kind,
      values: state.values,
      heads: state.heads,
      dots: [...state.dots].toSorted(),
      deletion: deletion(state),
      from: idsOf(projection.linksFrom(state.id)),
      to: idsOf(projection.linksTo(state.id, 'dependsOn')),
      referrers: projection
        .referrers(state.id)
        .map(({ id, field }) => `${id} ${field}`)
        .toSorted(),
      parts: kinds
        .filter((kind) => kind.parent)
        .map((kind) => projection.parts(state.id, kind).map(({ id }) => id)),
    })),
    conflicts: [...projection.conflicts()].toSorted(),
    early: [...projection.early()].toSorted(),
    kinds: kinds.map(({ name }) => [
      idsOf(projection.records(name)),
      idsOf(projection.deleted(name)),
    ]),
    numbers: [0, 1, 2, 3, 4].map((i) => projection.nextNumber(`n${i}-1`, 'X')),
  };
}

/** Record and field, then the dots of its heads. */
export type HeadTable = Readonly<Record<string, readonly Dot[]>>;

export function headTable(projection: Projection): HeadTable {
  const table: Record<string, readonly Dot[]> = {};
  for (const state of projection.all()) {
    for (const field of Object.keys(state.heads)) {
      table[`${state.id} ${field}`] = headsOf(state, field)
        .map(({ stamp }) => dotOf(stamp))
        .toSorted();
    }
  }
  return table;
}

function group(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    for (const field of Object.keys(change.f)) {
      const key = `${change.id} ${field}`;
      groups.set(key, [...(groups.get(key) ?? []), change]);
    }
  }
  return groups;
}

/** The changes of a field that no other change of that field knew of. */
function maximal(changes: readonly Change[], past: World['past']): readonly Change[] {
  return changes.filter((change) => !changes.some((other) => knew(past, other, change)));
}

const knew = (past: World['past'], later: Change, earlier: Change): boolean =>
  covers(past.get(dotOf(later)) ?? {}, earlier.r, earlier.s);

/** What the heads should be, from who knew what and from nothing else. */
export function causalHeads(changes: readonly Change[], past: World['past']): HeadTable {
  return Object.fromEntries(
    [...group(changes)]
      .map(([key, own]) => [key, maximal(own, past).map(dotOf).toSorted()] as const)
      .filter(([, dots]) => dots.length > 0),
  );
}

export interface Expected {
  readonly conflicts: readonly string[];
  readonly deleted: readonly string[];
}

/** Which records should be in conflict and which deleted, from causality alone (I5, I11). */
export function expectedStates(changes: readonly Change[], past: World['past']): Expected {
  const conflicts = new Set<string>();
  const deleted = new Set<string>();
  const groups = group(changes);
  for (const [key, own] of groups) {
    const [id = '', field = ''] = key.split(' ');
    const heads = maximal(own, past);
    if (field !== DELETED) {
      const [first] = heads;
      if (heads.some((head) => !sameValue(head.f[field], first?.f[field]))) conflicts.add(id);
      continue;
    }
    const deletes = heads.filter((head) => head.f[DELETED] !== null);
    if (deletes.length === 0) continue;
    const unseen = [...groups]
      .filter(([other]) => other !== key && other.startsWith(`${id} `))
      .flatMap(([, edits]) => maximal(edits, past))
      .some((edit) => !deletes.some((d) => d === edit || knew(past, d, edit)));
    if (deletes.length < heads.length || unseen) conflicts.add(id);
    else deleted.add(id);
  }
  return { conflicts: [...conflicts].toSorted(), deleted: [...deleted].toSorted() };
}
