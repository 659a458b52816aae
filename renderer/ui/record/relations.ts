/** The records around one record: its own relations, those that point to it, and its referrers. */
import type { KindDef } from '../../../shared/kinds/define';
import { kindOf } from '../../../shared/kinds/registry';
import { LINK } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import { asText, type Projection } from '../../../shared/projection/projection';
import { endOf } from '../../../shared/projection/references';

export interface Neighbour {
  readonly id: string;
  readonly role: string;
}

export interface RelationGroup {
  /** Relation or ref field, with the kind that declares it. */
  readonly kind: string;
  readonly name: string;
  readonly direction: 'out' | 'in' | 'field';
  readonly neighbours: readonly Neighbour[];
}

/** Outgoing relations of the kind, also empty ones: they are where a link is added. */
export function outgoing(
  projection: Projection,
  kind: KindDef,
  id: string,
): readonly RelationGroup[] {
  return Object.keys(kind.relations).map((name) => ({
    kind: kind.name,
    name,
    direction: 'out',
    neighbours: projection.linksFrom(id, name).map((link) => neighbour(link, 'to')),
  }));
}

/** Links that end here, by relation, and records whose fields point here (parts left out). */
export function incoming(projection: Projection, id: string): readonly RelationGroup[] {
  const groups = new Map<string, { group: RelationGroup; list: Neighbour[] }>();
  const into = (kind: string, name: string, direction: 'in' | 'field', one: Neighbour) => {
    const key = `${direction} ${kind} ${name}`;
    let entry = groups.get(key);
    if (!entry) {
      const list: Neighbour[] = [];
      groups.set(key, (entry = { group: { kind, name, direction, neighbours: list }, list }));
    }
    entry.list.push(one);
  };
  for (const link of projection.linksTo(id)) {
    const from = projection.get(endOf(link, 'from'));
    if (from) into(from.kind, asText(link.values.rel), 'in', neighbour(link, 'from'));
  }
  for (const { id: other, field } of projection.referrers(id)) {
    const record = projection.get(other);
    const kind = record && kindOf(record.kind);
    if (!kind || kind.name === LINK || kind.parent === field) continue;
    into(kind.name, field, 'field', { id: other, role: '' });
  }
  return [...groups.values()].map(({ group }) => group);
}

const neighbour = (link: RecordState, far: 'from' | 'to'): Neighbour => ({
  id: endOf(link, far),
  role: asText(link.values.role),
});
