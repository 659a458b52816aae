/** Checks typed values against their kind. Error codes are keys under `errors` in the locales. */
import type { Fields, Value } from '../log/change';
import { refuse, ok, type Refusal, type Result } from '../result';
import type { FieldDef, KindDef } from './define';

export type FieldErrors = Readonly<Record<string, Refusal>>;

const EMAIL = /^[^\s@]+@[^\s@]+\.?[^\s@]*$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

/** A real calendar day written YYYY-MM-DD. */
export function isDate(value: string): boolean {
  const match = DATE.exec(value);
  if (!match) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Refusal of one value, or undefined when it may be stored. Empty optional values may. */
export function checkValue(field: FieldDef, value: Value | undefined): Refusal | undefined {
  if (isEmpty(value)) return field.required ? { code: 'field.required' } : undefined;
  switch (field.type) {
    case 'text':
    case 'longText':
    case 'phone':
    case 'email':
      if (typeof value !== 'string') return { code: 'field.notText' };
      if (value.length > field.max) return { code: 'field.tooLong', params: { max: field.max } };
      if (hasControl(value)) return { code: 'field.control' };
      if (field.type === 'email' && !EMAIL.test(value)) return { code: 'field.email' };
      return undefined;
    case 'number':
      return checkNumber(field.min, field.max, field.integer ?? false, value);
    case 'minutes':
      return checkNumber(0, 10_000_000, true, value);
    case 'date':
      return typeof value === 'string' && isDate(value) ? undefined : { code: 'field.date' };
    case 'dateTime':
      return typeof value === 'number' && Number.isFinite(value)
        ? undefined
        : { code: 'field.dateTime' };
    case 'flag':
      return typeof value === 'boolean' ? undefined : { code: 'field.flag' };
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
        ? undefined
        : { code: 'field.choice' };
    case 'tags':
      return Array.isArray(value) && value.every((tag) => typeof tag === 'string')
        ? undefined
        : { code: 'field.tags' };
    case 'ref':
      return typeof value === 'string' ? undefined : { code: 'field.ref' };
    case 'json':
      return undefined;
  }
}

function checkNumber(
  min: number | undefined,
  max: number | undefined,
  integer: boolean,
  value: Value | undefined,
): Refusal | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'field.number' };
  if (integer && !Number.isInteger(value)) return { code: 'field.integer' };
  if (min !== undefined && value < min) return { code: 'field.min', params: { min } };
  if (max !== undefined && value > max) return { code: 'field.max', params: { max } };
  return undefined;
}

/** NUL and lone surrogates break other programs that read the file later. */
const hasControl = (value: string): boolean => value.includes('\0') || !value.isWellFormed();

/** All refusals of a whole record, by field. Unknown fields are refused. */
export function checkFields(kind: KindDef, fields: Fields): FieldErrors {
  const errors: Record<string, Refusal> = {};
  for (const [name, field] of fieldsOf(kind)) {
    const value = fields[name];
    if (value === undefined && !field.required) continue;
    const error = checkValue(field, value);
    if (error) errors[name] = error;
  }
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(kind.fields, name)) errors[name] = { code: 'field.unknown' };
  }
  return errors;
}

/** Listed once for each kind: a register asks for every row. */
const listed = new WeakMap<KindDef, readonly (readonly [string, FieldDef])[]>();

function fieldsOf(kind: KindDef): readonly (readonly [string, FieldDef])[] {
  const known = listed.get(kind);
  if (known) return known;
  const fields = Object.entries(kind.fields);
  listed.set(kind, fields);
  return fields;
}

/** May a record go from one lifecycle state to another? Same state is always fine. */
export function checkMove(kind: KindDef, from: string | undefined, to: string): Result<string> {
  const states = kind.lifecycle?.states;
  if (!states || from === to || from === undefined) return ok(to);
  const allowed = Object.hasOwn(states, from) ? (states[from]?.to ?? []) : Object.keys(states);
  return allowed.includes(to) ? ok(to) : refuse('field.move', { from, to });
}
