/** From a record to the form's values and back to the fields that the person changed. */
import { initialFields, type KindDef } from '../../../shared/kinds/define';
import { checkFields, checkMove, isEmpty, type FieldErrors } from '../../../shared/kinds/validate';
import { sameValue, type Fields, type Value } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';

export type FormValues = Readonly<Record<string, Value | undefined>>;

/** Fields a person fills in, in the order of the groups, and the status where there is one. */
export const typedFields = (kind: KindDef): readonly string[] => [
  ...(kind.lifecycle ? ['status'] : []),
  ...Object.values(kind.groups).flat(),
];

export function startValues(
  kind: KindDef,
  record: RecordState | undefined,
  prefill: Readonly<Record<string, string>>,
): FormValues {
  const from: Fields = record
    ? record.values
    : { ...initialFields(kind), ...prefilled(kind, prefill) };
  return Object.fromEntries(typedFields(kind).map((name) => [name, from[name] ?? null]));
}

/** Addresses carry text; only fields that hold text take it. */
function prefilled(kind: KindDef, prefill: Readonly<Record<string, string>>): Fields {
  const textual = new Set(['text', 'longText', 'phone', 'email', 'choice', 'ref', 'date']);
  return Object.fromEntries(
    Object.entries(prefill).filter(([name]) => textual.has(kind.fields[name]?.type ?? '')),
  );
}

/** What was changed against the start; clearing a field is null. */
export function changedFields(start: FormValues, now: FormValues): Fields {
  const out: Record<string, Value> = {};
  for (const [name, value] of Object.entries(now)) {
    const clean = isEmpty(value) ? null : (value ?? null);
    const before = isEmpty(start[name]) ? null : (start[name] ?? null);
    if (!sameValue(clean, before)) out[name] = clean;
  }
  return out;
}

/** Text is stored without blanks around it. */
export const tidied = (values: FormValues): FormValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.trim() : value,
    ]),
  );

/** Refusals of the values as typed, by field. A state is checked against the one it comes from. */
export function formErrors(kind: KindDef, start: FormValues, now: FormValues): FieldErrors {
  const fields: Record<string, Value> = {};
  for (const [name, value] of Object.entries(now)) fields[name] = value ?? null;
  const errors = { ...checkFields(kind, fields) };
  const from = start.status;
  if (kind.lifecycle && typeof fields.status === 'string' && typeof from === 'string') {
    const move = checkMove(kind, from, fields.status);
    if (!move.ok) errors.status = move.refusal;
  }
  return errors;
}
