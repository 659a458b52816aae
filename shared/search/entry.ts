/** A record as search sees it: one string of its weighted fields, ready for comparison. */
import type { RecordId, Value } from '../log/change';
import type { RecordState } from '../log/record';
import type { KindDef } from '../kinds/define';
import { normalise } from './normalise';

/** Which field a piece of an entry's text belongs to, heaviest first after the title. */
export interface Layout {
  readonly kind: string;
  readonly fields: readonly string[];
  readonly weights: readonly number[];
}

export interface Entry {
  readonly id: RecordId;
  readonly layout: Layout;
  /** Fields in the order of the layout, each ended by `FIELD_END` except the last. */
  readonly text: string;
}

/** Sorts before every character of a normalised text, so texts compare title first. */
export const FIELD_END = '\n';

/** A word's score has to fit in a byte of the index: 25 times the best rank, 10. */
const MAX_WEIGHT = 25;

function layoutOf(kind: KindDef): Layout | undefined {
  const weighted = Object.entries(kind.fields)
    .map(([field, def]) => ({ field, weight: Math.min(def.weight ?? 0, MAX_WEIGHT) }))
    .filter(({ weight }) => weight > 0)
    .toSorted(
      (a, b) =>
        Number(b.field === kind.title) - Number(a.field === kind.title) || b.weight - a.weight,
    );
  if (weighted.length === 0) return undefined;
  return {
    kind: kind.name,
    fields: weighted.map(({ field }) => field),
    weights: weighted.map(({ weight }) => weight),
  };
}

/** Makes entries; records of kinds that nothing is searched in, or that are unknown, have none. */
export function createEntryMaker(
  kindOf: (name: string) => KindDef | undefined,
): (state: RecordState) => Entry | undefined {
  const layouts = new Map<string, Layout | undefined>();
  return (state) => {
    if (!layouts.has(state.kind)) {
      const kind = kindOf(state.kind);
      layouts.set(state.kind, kind && layoutOf(kind));
    }
    const layout = layouts.get(state.kind);
    if (!layout) return undefined;
    const parts = layout.fields.map((field) => {
      const value = state.values[field];
      return value === undefined || value === null ? '' : normalise(plainText(value));
    });
    // Joined, not added up: a string made of pieces costs every later look at it another step.
    const text = parts.join(FIELD_END);
    return { id: state.id, layout, text };
  };
}

/** Own text only: what a ref field points to is found by its own entry. */
function plainText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(' ');
  return '';
}

/** Order among equal scores: by title, then the other fields, then id; the same everywhere. */
export const compareEntries = (a: Entry, b: Entry): number =>
  a.text < b.text ? -1 : a.text > b.text ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
