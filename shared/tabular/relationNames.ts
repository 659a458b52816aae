/** Which relations a word names: by name, by label in any language, by alias, or the other way round. */
import type { KindDef } from '../kinds/define';
import type { Labels } from './mapping';
import { nameKey } from './names';

export interface NamedRelation {
  /** Kind of the near end, where the relation is declared. */
  readonly kind: string;
  readonly relation: string;
  readonly to: readonly string[];
  /** The word is the relation's name as seen from its far end. */
  readonly inverse: boolean;
  readonly role: boolean;
}

export type RelationNames = ReadonlyMap<string, readonly NamedRelation[]>;

/** Keyed by `nameKey`; forward readings stand before inverse ones. */
export function relationNames(kinds: readonly KindDef[], labels: Labels): RelationNames {
  const names = new Map<string, NamedRelation[]>();
  const add = (word: string | undefined, named: NamedRelation) => {
    const key = nameKey(word ?? '');
    if (!key) return;
    const list = names.get(key) ?? [];
    const same = list.some(
      (other) =>
        other.kind === named.kind &&
        other.relation === named.relation &&
        other.inverse === named.inverse,
    );
    if (!same) names.set(key, [...list, named]);
  };
  for (const inverse of [false, true]) {
    for (const kind of kinds) {
      for (const [relation, def] of Object.entries(kind.relations)) {
        const role = def.role ?? false;
        const named = { kind: kind.name, relation, to: def.to, inverse, role };
        const texts = labels.map((language) => language[kind.name]?.relations?.[relation]);
        if (inverse) for (const text of texts) add(text?.inverse, named);
        else for (const word of [relation, ...(def.aliases ?? [])]) add(word, named);
        if (!inverse) for (const text of texts) add(text?.label, named);
      }
    }
  }
  return names;
}
