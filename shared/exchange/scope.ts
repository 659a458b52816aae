/** Which records an extract shows, and which of their fields. Pure: the projection is only read. */
import type { Fields, RecordId, Value } from '../log/change';
import { DELETED, LINK, linkEnds } from '../log/change';
import type { RecordState } from '../log/record';
import { ANY_KIND, refFieldsOf, type KindDef } from '../kinds/define';
import type { Projection } from '../projection/projection';
import type { ExtractRecord } from './extract';
import type { Scope } from './manifest';

type Source = Pick<Projection, 'records' | 'visible' | 'linksFrom' | 'linksTo'>;

export interface ScopeInput {
  readonly projection: Source;
  readonly kinds: readonly KindDef[];
  readonly scope: Scope;
  /** Name of the kind whose records are sites. */
  readonly siteKind: string;
}

/** Kinds that a person may choose: those with a screen of their own that are no parts of others. */
export const scopeKinds = (kinds: readonly KindDef[]): readonly KindDef[] =>
  kinds.filter((kind) => kind.place && !kind.parent);

/**
 * Records of the chosen kinds and of the kinds of their parts, then the relations between them.
 * With sites: those that name one of the sites in a field or a relation, their parts, and what these
 * refer to. A field that names a record left out is left out with it.
 */
export function extractRecords(input: ScopeInput): readonly ExtractRecord[] {
  const { projection, scope } = input;
  const kinds = withParts(input.kinds, namesIn(input));
  const sites = scope.sites && new Set(scope.sites);
  const bySite = scope.kinds !== null && !scope.kinds.includes(input.siteKind);
  const states = kinds
    .flatMap((kind) => projection.records(kind.name))
    .filter(({ id, kind }) => !bySite || kind !== input.siteKind || sites?.has(id));
  const chosen = sites ? atSites(input, kinds, states, sites) : idsOf(states);
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const records = states
    .filter(({ id }) => chosen.has(id))
    .flatMap((state): ExtractRecord[] => {
      const kind = byName.get(state.kind);
      return kind
        ? [{ k: state.kind, id: state.id, f: shownFields(kind, state, chosen, scope) }]
        : [];
    });
  const links = projection.records(LINK).flatMap((link): ExtractRecord[] => {
    const { from, to } = linkEnds(link.id);
    if (!chosen.has(from) || !chosen.has(to)) return [];
    return [{ k: LINK, id: link.id, f: bare(link.values) }];
  });
  return [...records, ...links];
}

/** The sites themselves always go along, so that a reader sees which ones they are. */
const namesIn = ({ scope, siteKind }: ScopeInput): readonly string[] | null =>
  scope.kinds && scope.sites ? [...scope.kinds, siteKind] : scope.kinds;

const idsOf = (states: readonly RecordState[]): Set<RecordId> =>
  new Set(states.map(({ id }) => id));

/** The kinds named and those of their parts. Parts of any kind (attachments) go by name only. */
function withParts(kinds: readonly KindDef[], names: readonly string[] | null): readonly KindDef[] {
  const chosen = new Set(names ?? scopeKinds(kinds).map(({ name }) => name));
  for (let grown = -1; grown !== chosen.size;) {
    grown = chosen.size;
    for (const kind of kinds) {
      const owner = kind.parent ? kind.fields[kind.parent] : undefined;
      if (owner?.type === 'ref' && chosen.has(owner.to)) chosen.add(kind.name);
    }
  }
  return kinds.filter((kind) => chosen.has(kind.name));
}

function atSites(
  { projection, siteKind }: ScopeInput,
  kinds: readonly KindDef[],
  states: readonly RecordState[],
  sites: ReadonlySet<RecordId>,
): Set<RecordId> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const known = idsOf(states);
  const siteFields = new Map(
    kinds.map((kind) => [kind.name, refFieldsOf(kind).filter((f) => refersTo(kind, f, siteKind))]),
  );
  const named = (state: RecordState): boolean =>
    sites.has(state.id) ||
    (siteFields.get(state.kind) ?? []).some((field) => sites.has(asId(state.values[field]))) ||
    linked(projection, state.id).some((end) => sites.has(end));
  const chosen = idsOf(states.filter((state) => isOne(state, siteKind, sites) && named(state)));
  addParts(states, byName, chosen);
  // One step further: whom a call tree names, what a plan is about.
  for (const state of states.filter(({ id }) => chosen.has(id))) {
    const kind = byName.get(state.kind);
    for (const field of kind ? refFieldsOf(kind) : []) {
      const id = asId(state.values[field]);
      if (known.has(id)) chosen.add(id);
    }
  }
  addParts(states, byName, chosen);
  return chosen;
}

/** Another site is not shown for lying near: only for being referred to. */
const isOne = (state: RecordState, siteKind: string, sites: ReadonlySet<RecordId>): boolean =>
  state.kind !== siteKind || sites.has(state.id);

const refersTo = (kind: KindDef, field: string, target: string): boolean => {
  const def = kind.fields[field];
  return def?.type === 'ref' && (def.to === target || def.to === ANY_KIND);
};

const asId = (value: Value | undefined): RecordId => (typeof value === 'string' ? value : '');

const linked = (projection: Source, id: RecordId): readonly RecordId[] => [
  ...projection.linksFrom(id).map((link) => linkEnds(link.id).to),
  ...projection.linksTo(id).map((link) => linkEnds(link.id).from),
];

function addParts(
  states: readonly RecordState[],
  byName: ReadonlyMap<string, KindDef>,
  chosen: Set<RecordId>,
): void {
  for (let grown = -1; grown !== chosen.size;) {
    grown = chosen.size;
    for (const state of states) {
      const parent = byName.get(state.kind)?.parent;
      if (parent && chosen.has(asId(state.values[parent]))) chosen.add(state.id);
    }
  }
}

/**
 * Frozen structures stay inside: they may hold what the fields they were taken from would hide. Of a
 * record that says of itself that it is confidential, no number and no address goes along.
 */
function shownFields(
  kind: KindDef,
  state: RecordState,
  chosen: ReadonlySet<RecordId>,
  scope: Scope,
): Fields {
  const marked = kind.fields.confidential?.type === 'flag' && state.values.confidential === true;
  const out: Record<string, Value> = {};
  for (const [name, value] of Object.entries(state.values)) {
    const def = Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    if (!def || value === null || def.type === 'json') continue;
    if (def.type === 'ref' && !chosen.has(asId(value))) continue;
    if (scope.withoutPrivate && def.confidential) continue;
    if (scope.withoutPrivate && marked && (def.type === 'phone' || def.type === 'email')) continue;
    out[name] = value;
  }
  return out;
}

/** A deletion that an edit contests names changes, and no change travels in an extract. */
const bare = (values: Fields): Fields =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => name !== DELETED && value !== null),
  );
