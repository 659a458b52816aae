/** Generates valid field values for any kind, from its declaration alone. */
import fc from 'fast-check';
import type { FieldDef, KindDef } from '../../shared/kinds/define';
import type { Fields, Value } from '../../shared/log/change';

export interface RecordOptions {
  /** Ids that ref fields of a kind may point to. */
  readonly refs?: (kind: string) => fc.Arbitrary<string>;
  /** True: only values that a spreadsheet cell can tell apart, such as texts without outer spaces. */
  readonly sheet?: boolean;
}

const anyId = fc.stringMatching(/^[0-9a-z]{16}$/);

/** Well-formed, without NUL: what validation lets into the log. */
const anyText = (max: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: Math.min(max, 60) })
    .map((text) => text.replaceAll('\0', '').slice(0, max))
    .filter((text) => text.isWellFormed() && text.length > 0);

/** A line that spreadsheets neither trim nor break, formulas and quotation marks included. */
const anyCell = (max: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.constantFrom('=1+1', '@sum', '-', "'tis", 'a,b;c', '"quoted"', '机房 A', '0042', '1e5'),
    )
    .map((text) =>
      text
        .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
        .trim()
        .slice(0, max),
    )
    .filter((text) => text.isWellFormed() && text.trim() === text && text.length > 0);

const json: fc.Arbitrary<Value> = fc.letrec<{ tree: Value }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    anyText(60),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('tree'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).tree;

const days = fc
  .integer({ min: Date.UTC(1970, 0, 1) / 86_400_000, max: Date.UTC(2099, 11, 31) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

/** A value that the field accepts and that is not empty. */
export function arbitraryValue(field: FieldDef, options: RecordOptions = {}): fc.Arbitrary<Value> {
  switch (field.type) {
    case 'text':
    case 'longText':
    case 'phone':
      return options.sheet ? anyCell(field.max) : anyText(field.max);
    case 'email':
      return fc.emailAddress().filter((mail) => mail.length <= field.max && !mail.startsWith("'"));
    case 'number':
      return numberWithin(field.min ?? -1_000_000, field.max ?? 1_000_000, field.integer ?? false);
    case 'minutes':
      return fc.integer({ min: 0, max: 10_000_000 });
    case 'date':
      return days;
    case 'dateTime':
      return fc.integer({ min: 0, max: Date.UTC(2099, 0, 1) });
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'tags':
      return fc.uniqueArray(
        anyCell(30).map((tag) => tag.replaceAll(/[;；]/gu, '_')),
        { minLength: 1, maxLength: 3 },
      );
    case 'ref':
      return options.refs?.(field.to) ?? anyId;
    case 'json':
      return json.filter((value) => value !== null);
  }
}

/** Whole numbers, or hundredths: no rounding between text and number is in question here. */
function numberWithin(min: number, max: number, integer: boolean): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max });
  return fc.integer({ min: Math.ceil(min * 100), max: Math.floor(max * 100) }).map((n) => n / 100);
}

/** Fields of a valid record: required ones always, the others now and then. */
export function arbitraryRecord(kind: KindDef, options: RecordOptions = {}): fc.Arbitrary<Fields> {
  const model: Record<string, fc.Arbitrary<Value>> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(kind.fields)) {
    if (options.sheet && field.type === 'json') continue;
    model[name] = arbitraryValue(field, options);
    if (field.required) required.push(name);
  }
  return fc.record(model, { requiredKeys: required, noNullPrototype: true });
}
