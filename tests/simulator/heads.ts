/** Heads, conflicts and deletions computed from the plain list of changes, without the program's merge. */
import { DELETED, dotOf, sameValue, type Change, type Dot } from '../../shared/log/change';
import { headsOf } from '../../shared/log/record';
import type { Machine } from './machine';
import { isIn, marksOf, same, type World, note } from './world';

/** Per record, per field, the changes that nobody has overwritten, whatever any clock says. */
type Heads = ReadonlyMap<string, ReadonlyMap<string, readonly Change[]>>;

export function headsFrom(changes: readonly Change[]): Heads {
  const overwritten = new Set(
    changes.flatMap(({ id, o }) =>
      Object.entries(o ?? {}).flatMap(([field, dots]) =>
        dots.map((dot) => `${id} ${field} ${dot}`),
      ),
    ),
  );
  const records = new Map<string, Map<string, Change[]>>();
  for (const change of changes) {
    const fields = records.get(change.id) ?? new Map<string, Change[]>();
    records.set(change.id, fields);
    for (const field of Object.keys(change.f)) {
      if (overwritten.has(`${change.id} ${field} ${dotOf(change)}`)) continue;
      fields.set(field, [...(fields.get(field) ?? []), change]);
    }
  }
  return records;
}

const asText = (heads: readonly (readonly [Dot, unknown])[]): string =>
  JSON.stringify(heads.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** A head is what nobody has overwritten (I4, I6), with what it said; two values conflict (I5). */
export function checkHeads({ vault: { projection } }: Machine, heads: Heads): void {
  for (const record of projection.all()) {
    const fields = heads.get(record.id);
    for (const field of new Set([...Object.keys(record.heads), ...(fields?.keys() ?? [])])) {
      const expected = fields?.get(field) ?? [];
      same(
        asText(expected.map((change) => [dotOf(change), change.f[field]])),
        asText(headsOf(record, field).map(({ stamp, value }) => [dotOf(stamp), value])),
        `heads of ${record.id} ${field} (I4)`,
      );
      const differ = expected.some((c) => !sameValue(c.f[field], expected[0]?.f[field]));
      if (field !== DELETED && differ && !projection.conflicts().has(record.id)) {
        throw new Error(`${record.id} ${field} has two values and no conflict (I5)`);
      }
    }
  }
}

/**
 * A record is gone when whoever deleted it had seen all that is alive of it, and nobody took the
 * deletion back; else it is shown, and in conflict (I11). By the names in the deletion, and, where we
 * know who deleted, by our own account of what that device could have seen.
 */
export function checkDeletions(world: World, hq: Machine, heads: Heads): void {
  const { projection } = hq.vault;
  const shown = new Set<string>();
  for (const { id } of projection.all()) {
    const fields = heads.get(id) ?? new Map<string, readonly Change[]>();
    const marks = fields.get(DELETED) ?? [];
    const deletes = marks.filter(({ f }) => f[DELETED] !== null);
    const saw = new Set(deletes.flatMap((change) => [dotOf(change), ...sawOf(change)]));
    const edits = [...fields].filter(([field]) => field !== DELETED).flatMap(([, each]) => each);
    const unseen = edits.filter((change) => !saw.has(dotOf(change)));
    const contested = deletes.length > 0 && (deletes.length < marks.length || unseen.length > 0);
    const gone = deletes.length > 0 && !contested;
    if (!gone) shown.add(id);
    if (gone !== (projection.visible(id) === undefined)) {
      throw new Error(
        `${id} is ${gone ? 'deleted, and shown' : 'not deleted, and not shown'} (I11)`,
      );
    }
    if (contested && !projection.conflicts().has(id)) {
      throw new Error(`${id} was deleted and edited, and nobody is told (I11)`);
    }
    const blind = gone && edits.find((edit) => unknownToAll(world, deletes, edit));
    if (blind) throw new Error(`${id} is deleted with ${marksOf(blind).join()}, never seen (I11)`);
    if (contested) note(world, 'edits against deletions');
    if (gone) note(world, 'records deleted');
  }
  for (const member of world.members) if (isIn(world, member)) checkLists(member.machine, shown);
}

/** Every list of every device shows what is to be shown, and nothing else. */
function checkLists({ name, vault: { projection } }: Machine, shown: ReadonlySet<string>): void {
  const kinds = new Set([...projection.all()].map(({ kind }) => kind));
  const listed = [...kinds].flatMap((kind) => projection.records(kind).map(({ id }) => id));
  same(
    [...shown].toSorted().join(' '),
    listed.toSorted().join(' '),
    `the lists of ${name} show other records (I11)`,
  );
}

/** What a deletion says that its author saw. */
function sawOf({ f }: Change): readonly Dot[] {
  const saw = (f[DELETED] as { readonly saw?: readonly Dot[] } | null | undefined)?.saw;
  return saw ?? [];
}

/** None of those who deleted had the edit on their device in any form, by our own account. */
function unknownToAll(world: World, deletes: readonly Change[], edit: Change): boolean {
  const marks = marksOf(edit);
  return (
    marks.length > 0 &&
    deletes.every((change) => {
      const devices = world.deletions.get(`${change.id} ${dotOf(change)}`);
      const isKnown = (known: ReadonlySet<string>) => marks.some((mark) => known.has(mark));
      return devices !== undefined && !devices.some(isKnown);
    })
  );
}

/**
 * A value that is shown nowhere was taken away by somebody on whose device it was, by our own account,
 * whatever the numbers say that he named (I4).
 */
export function checkOverwrites(world: World, changes: readonly Change[], heads: Heads): void {
  const overwriters = new Map<string, Change[]>();
  for (const change of changes) {
    for (const [field, dots] of Object.entries(change.o ?? {})) {
      for (const dot of dots) {
        const key = `${change.id} ${field} ${dot}`;
        overwriters.set(key, [...(overwriters.get(key) ?? []), change]);
      }
    }
  }
  const accounted = new Map<string, boolean>();
  for (const change of changes) {
    for (const [field, value] of Object.entries(change.f)) {
      if (typeof value !== 'string' || !world.saw.has(value)) continue;
      const shown = heads.get(change.id)?.get(field)?.includes(change) ?? false;
      const by = overwriters.get(`${change.id} ${field} ${dotOf(change)}`) ?? [];
      const isSeen = by.some(({ f }) => {
        const mark = f[field];
        // Who wrote no value of ours, such as an undo, is taken to have seen it.
        if (typeof mark !== 'string' || !world.saw.has(mark)) return true;
        return mark !== value && world.saw.get(mark)?.has(value) === true;
      });
      const key = `${change.id} ${field} ${value}`;
      accounted.set(key, accounted.get(key) === true || shown || isSeen);
    }
  }
  const blind = [...accounted].find(([, isFine]) => !isFine);
  if (blind) throw new Error(`${blind[0]} was overwritten by who never saw it (I4)`);
}
