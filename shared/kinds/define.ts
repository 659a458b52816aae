/**
 * A kind of record is declared once, in its own file, with `defineKind`. Tables, forms, detail
 * pages, search, spreadsheet import and export, exchange, history and print-outs derive from the
 * declaration. Labels live in `resources/locales/<locale>/kinds/<name>.json`.
 */
import type { Fields, Value } from '../log/change';

/** Places of the left bar that show kinds. */
export type Place =
  | 'respond'
  | 'plans'
  | 'services'
  | 'cmdb'
  | 'contacts'
  | 'operations'
  | 'management';

interface FieldBase {
  readonly required?: boolean;
  /** Search weight: 0 or absent is not searched, 1 found, 2 and more ranks higher. */
  readonly weight?: number;
  /** Never put into a scoped package or a log (reserved for exchange scopes). */
  readonly confidential?: boolean;
  /** Kept by the program, not typed into a form. */
  readonly computed?: boolean;
  /** Header names by which spreadsheets know this field, beside its labels in both languages. */
  readonly aliases?: readonly string[];
}

export interface TextField extends FieldBase {
  readonly type: 'text' | 'longText' | 'phone' | 'email';
  /** Longest value in UTF-16 units. */
  readonly max: number;
}
export interface NumberField extends FieldBase {
  readonly type: 'number';
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  /** Unit label key under `units`. */
  readonly unit?: string;
}
/** Whole minutes, shown as `2 h 30 min`. */
export interface MinutesField extends FieldBase {
  readonly type: 'minutes';
}
/** `date`: `YYYY-MM-DD`. `dateTime`: milliseconds since 1970-01-01 UTC. */
export interface TimeField extends FieldBase {
  readonly type: 'date' | 'dateTime';
}
export interface FlagField extends FieldBase {
  readonly type: 'flag';
}
/** One of the options; labels under `options.<field>.<option>` of the kind. */
export interface ChoiceField extends FieldBase {
  readonly type: 'choice';
  readonly options: readonly string[];
  readonly initial?: string;
  /** Foreign words for options, for imports: `{ active: 'inUse' }`. */
  readonly synonyms?: Readonly<Record<string, string>>;
}
export interface TagsField extends FieldBase {
  readonly type: 'tags';
}
/** As the kind of a ref field: the record may be of any kind. */
export const ANY_KIND = '*';

/** Id of one record of another kind. Several go into relations, which are link records. */
export interface RefField extends FieldBase {
  readonly type: 'ref';
  /** Name of a kind, or `ANY_KIND` in a field that the program keeps. */
  readonly to: string;
  /** True when this record cannot work without the other one: the loss spreads along it. */
  readonly needs?: boolean;
}
/** A frozen structure kept by the program, such as the plan as it stood when a drill began. */
export interface JsonField extends FieldBase {
  readonly type: 'json';
}

export type FieldDef =
  | TextField
  | NumberField
  | MinutesField
  | TimeField
  | FlagField
  | ChoiceField
  | TagsField
  | RefField
  | JsonField;

type Opt<T extends FieldBase> = Partial<Omit<T, 'type'>>;

export const text = (o: Opt<TextField> = {}): TextField => ({ type: 'text', max: 500, ...o });
export const longText = (o: Opt<TextField> = {}): TextField => ({
  type: 'longText',
  max: 100_000,
  ...o,
});
export const phone = (o: Opt<TextField> = {}): TextField => ({ type: 'phone', max: 60, ...o });
export const email = (o: Opt<TextField> = {}): TextField => ({ type: 'email', max: 254, ...o });
export const number = (o: Opt<NumberField> = {}): NumberField => ({ type: 'number', ...o });
export const minutes = (o: Opt<MinutesField> = {}): MinutesField => ({ type: 'minutes', ...o });
export const date = (o: Opt<TimeField> = {}): TimeField => ({ type: 'date', ...o });
export const dateTime = (o: Opt<TimeField> = {}): TimeField => ({ type: 'dateTime', ...o });
export const flag = (o: Opt<FlagField> = {}): FlagField => ({ type: 'flag', ...o });
export const tags = (o: Opt<TagsField> = {}): TagsField => ({ type: 'tags', ...o });
export const json = (o: Opt<JsonField> = {}): JsonField => ({ type: 'json', computed: true, ...o });
export const choice = (options: readonly string[], o: Opt<ChoiceField> = {}): ChoiceField => ({
  type: 'choice',
  options,
  ...o,
});
export const ref = (to: string, o: Opt<RefField> = {}): RefField => ({ type: 'ref', to, ...o });

/** An outgoing relation of the kind; labels under `relations.<name>.label` and `.inverse`. */
export interface RelationDef {
  /** Kinds the other end may have. */
  readonly to: readonly string[];
  /** True when the near end cannot work without the far end: the loss spreads along it. */
  readonly needs?: boolean;
  /** Names by which spreadsheets know this relation. */
  readonly aliases?: readonly string[];
  /** Links of this relation carry a free `role` text. */
  readonly role?: boolean;
}

/** States of the `status` field and where each may go next. */
export interface Lifecycle {
  readonly initial: string;
  readonly states: Readonly<
    Record<string, { readonly to: readonly string[]; readonly tone: Tone }>
  >;
  /** Present when reaching a state means that somebody approved the record with its parts as it stood. */
  readonly approval?: {
    readonly state: string;
    /** Fields that take the approver's name and the day. */
    readonly by?: string;
    readonly on?: string;
  };
}
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

/**
 * From version n to n + 1, field by field, applied when a change is projected; the change itself is
 * signed history and never rewritten. Renames keep the overwritten dots with the field.
 */
export interface Upcast {
  readonly rename?: Readonly<Record<string, string>>;
  readonly map?: Readonly<Record<string, (value: Value) => Value>>;
}

export interface KindDef {
  readonly name: string;
  /** Part of human numbers, such as CI in HB1-CI-0042. */
  readonly code: string;
  readonly version: number;
  /** Clause of the manual that the kind serves. */
  readonly clause: string;
  /** Absent: the kind is kept by the program and has no screen of its own. */
  readonly place?: Place;
  readonly fields: Readonly<Record<string, FieldDef>>;
  /** Field shown as the record's name. */
  readonly title: string;
  /** Fields by which spreadsheets and people recognise a record, best first. */
  readonly keys: readonly string[];
  /** Columns of the table at first. */
  readonly columns: readonly string[];
  /** Groups of the form and the detail page; labels under `groups.<name>`. Every typed field once. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly relations: Readonly<Record<string, RelationDef>>;
  /** When present the kind has a `status` field with these states. */
  readonly lifecycle?: Lifecycle;
  /** Ref field naming the record that this one is a part of, and is shown inside. */
  readonly parent?: string;
  /** Field that orders the parts of one parent. */
  readonly order?: string;
  /** Records are added, never edited or deleted (drill logs). */
  readonly appendOnly?: boolean;
  /** `upcasts[n]` leads from version n to n + 1. */
  readonly upcasts: Readonly<Record<number, Upcast>>;
}

type KindInput = Omit<KindDef, 'relations' | 'upcasts' | 'version'> &
  Partial<Pick<KindDef, 'relations' | 'upcasts' | 'version'>>;

/**
 * Completes a declaration: the `number` field of human numbers and, for a lifecycle, the `status`
 * field. Throws on a declaration that contradicts itself; that is a bug, found by any test.
 */
export function defineKind(input: KindInput): KindDef {
  const fields: Record<string, FieldDef> = input.place
    ? { number: text({ computed: true, weight: 3, max: 40, aliases: ['no', 'no.'] }) }
    : {};
  if (input.lifecycle) {
    const given = input.fields.status;
    const synonyms = given?.type === 'choice' ? given.synonyms : undefined;
    fields.status = choice(Object.keys(input.lifecycle.states), {
      initial: input.lifecycle.initial,
      ...(synonyms ? { synonyms } : {}),
    });
  }
  for (const [name, field] of Object.entries(input.fields)) {
    if (!Object.hasOwn(fields, name)) fields[name] = field;
  }
  const kind: KindDef = { version: 1, relations: {}, upcasts: {}, ...input, fields };
  checkKind(kind);
  return kind;
}

function checkKind(kind: KindDef): void {
  const known = (field: string) => Object.hasOwn(kind.fields, field);
  const grouped = Object.values(kind.groups).flat();
  const wrong = [kind.title, ...kind.keys, ...kind.columns, ...grouped].find((f) => !known(f));
  if (wrong) throw new Error(`kind ${kind.name}: no field ${wrong}`);
  for (const [name, field] of Object.entries(kind.fields)) {
    const inGroups = grouped.filter((g) => g === name).length;
    if (inGroups !== (field.computed || name === 'status' ? 0 : 1)) {
      throw new Error(`kind ${kind.name}: field ${name} stands in ${inGroups} groups`);
    }
  }
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type === 'ref' && field.to === ANY_KIND && !field.computed) {
      throw new Error(`kind ${kind.name}: nobody can pick a record of any kind for ${name}`);
    }
  }
  for (let v = 1; v < kind.version; v++) {
    if (!kind.upcasts[v]) throw new Error(`kind ${kind.name}: no upcast from version ${v}`);
  }
}

/** Values a new record starts with: the lifecycle's first state and initial choices. */
export function initialFields(kind: KindDef): Fields {
  const known = initials.get(kind);
  if (known) return known;
  const out: Record<string, Value> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type === 'choice' && field.initial) out[name] = field.initial;
  }
  initials.set(kind, out);
  return out;
}

/** Asked for every row of a register. */
const initials = new WeakMap<KindDef, Fields>();

/** Fields that point to another record. */
export const refFieldsOf = (kind: KindDef): readonly string[] =>
  Object.entries(kind.fields)
    .filter(([, field]) => field.type === 'ref')
    .map(([name]) => name);
