/** What a person decides about a sheet before it is imported. Plain JSON: mappings are remembered. */

/** What to do when a cell names a record that does not exist. */
export type RefPolicy = 'create' | 'empty' | 'refuse';

export interface FieldColumn {
  readonly field: string;
  /** For ref fields. */
  readonly missing?: RefPolicy;
  /** For choice fields: cell text (as `valueKey`) -> option; an empty option leaves the field. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface RecordMapping {
  readonly as: 'records';
  readonly kind: string;
  /** By header. Headers that are absent are not imported. */
  readonly columns: Readonly<Record<string, FieldColumn>>;
  /** Cell texts for fields without a column, the same for every row. */
  readonly constants: Readonly<Record<string, string>>;
  /** Fields that recognise a record, best first: the first with a value in the row decides. */
  readonly keys: readonly string[];
  /** What an empty cell means for a record that exists. */
  readonly empty: 'keep' | 'clear';
}

export interface LinkMapping {
  readonly as: 'links';
  /** Header of the column naming the near end. */
  readonly from: string;
  /** Header of the column naming the relation, or the relation itself for every row. */
  readonly relation: { readonly column: string } | { readonly name: string };
  readonly to: string;
  /** Headers whose cells form the role: `Administrative (primary)`. */
  readonly roles: readonly string[];
}

export type Mapping = RecordMapping | LinkMapping;

/** The texts of one kind in one language, as in `resources/locales/<locale>/kinds/<kind>.json`. */
export interface KindLabels {
  readonly label: string;
  readonly plural?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly relations?: Readonly<
    Record<string, { readonly label: string; readonly inverse?: string }>
  >;
}

/** Labels by kind name, one dictionary per language. */
export type Labels = readonly Readonly<Record<string, KindLabels>>[];

/** Settings key under which a mapping is remembered: the same headers are mapped the same way. */
export const headersKey = (headers: readonly string[]): string => headers.join('\u001F');
