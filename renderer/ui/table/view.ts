/** How a table is looked at: columns, order, filters. Plain JSON, kept per kind on this device. */
import type { FieldDef, KindDef } from '../../../shared/kinds/define';

export type Filter =
  | { readonly is: 'contains'; readonly text: string }
  | { readonly is: 'oneOf'; readonly values: readonly string[] }
  /** Numbers, minutes or days `YYYY-MM-DD`; both ends belong to the range. */
  | { readonly is: 'between'; readonly from?: number | string; readonly to?: number | string }
  | { readonly is: 'flag'; readonly value: boolean }
  | { readonly is: 'empty' }
  | { readonly is: 'filled' };

export interface Sort {
  readonly id: string;
  readonly desc: boolean;
}

export interface TableView {
  readonly columns: readonly string[];
  /** Pixels; absent columns take their usual width. */
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: readonly Sort[];
  readonly filters: Readonly<Record<string, Filter>>;
  readonly query: string;
}

export interface SavedView {
  readonly name: string;
  readonly view: TableView;
  readonly isDefault: boolean;
}

/** Column of how far a record has travelled. */
export const DELIVERY = '$delivery';

export const standardView = (kind: KindDef): TableView => ({
  columns: kind.columns,
  widths: {},
  sort: [],
  filters: {},
  query: '',
});

/** Columns that the kind can show: every field people can read, then delivery. */
export const possibleColumns = (kind: KindDef): readonly string[] => [
  ...Object.entries(kind.fields)
    .filter(([, field]) => field.type !== 'json')
    .map(([name]) => name),
  DELIVERY,
];

/** A stored view may come from an older release: columns that are gone are left out. */
export function usableView(kind: KindDef, stored: Partial<TableView> | undefined): TableView {
  const standard = standardView(kind);
  if (!stored) return standard;
  const possible = new Set(possibleColumns(kind));
  const columns = (stored.columns ?? []).filter((id) => possible.has(id));
  const known = <T>(record: Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(Object.entries(record ?? {}).filter(([id]) => possible.has(id)));
  return {
    columns: columns.length ? columns : standard.columns,
    widths: known(stored.widths),
    sort: (stored.sort ?? []).filter((sort) => possible.has(sort.id)),
    filters: known(stored.filters),
    query: stored.query ?? '',
  };
}

export type FilterShape = 'text' | 'choice' | 'ref' | 'number' | 'minutes' | 'date' | 'flag';

/** Which kind of filter suits a field; delivery is a choice. */
export function filterShape(field: FieldDef | undefined): FilterShape {
  switch (field?.type) {
    case undefined:
    case 'choice':
      return 'choice';
    case 'ref':
    case 'number':
    case 'minutes':
    case 'flag':
    case 'date':
      return field.type;
    case 'dateTime':
      return 'date';
    default:
      return 'text';
  }
}

const WIDTHS: Readonly<Record<string, number>> = {
  text: 180,
  longText: 280,
  phone: 150,
  email: 200,
  number: 100,
  minutes: 110,
  date: 120,
  dateTime: 190,
  flag: 90,
  choice: 130,
  tags: 160,
  ref: 180,
};

export function usualWidth(kind: KindDef, column: string): number {
  if (column === kind.title) return 280;
  if (column === 'number') return 156;
  if (column === DELIVERY) return 130;
  return WIDTHS[kind.fields[column]?.type ?? ''] ?? 160;
}
