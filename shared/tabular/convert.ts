/** A cell's text to a field's value and back. What is stored is what the kind's validation accepts. */
import { parseMinutes } from '../kinds/duration';
import type { ChoiceField, FieldDef } from '../kinds/define';
import type { Value } from '../log/change';
import { ok, refuse, type Result } from '../result';
import { guardFormula, unguardFormula } from './guard';
import type { Labels } from './mapping';
import { nameKey, valueKey } from './names';
import { parseDay, parseMoment, parseNumber } from './numbersAndDates';

export interface ConvertContext {
  readonly labels: Labels;
  /** Minutes that local time is ahead of UTC at a moment; for times without a zone. */
  readonly offsetMinutes: (utcMs: number) => number;
}

const YES = new Set(['yes', 'y', 'true', '1', 'x', '✓', '√', 'on', '是', '有', '对', '真']);
const NO = new Set(['no', 'n', 'false', '0', '-', '✗', '×', 'off', '否', '无', '不', '假']);

/**
 * The value of a cell that is not empty. Ref fields are not converted here: they need the records.
 * Refusals: `field.number`, `field.minutes`, `field.date`, `field.dateTime`, `field.flag`,
 * `import.choice` (param `text`).
 */
export function convertCell(
  kind: string,
  name: string,
  field: FieldDef,
  cell: string,
  context: ConvertContext,
): Result<Value> {
  const text = cell.trim();
  switch (field.type) {
    case 'text':
    case 'phone':
    case 'email':
      return ok(unguardFormula(text));
    case 'longText':
      return ok(unguardFormula(cell));
    case 'number':
      return orRefuse(parseNumber(text), 'field.number');
    case 'minutes':
      return orRefuse(parseMinutes(text), 'field.minutes');
    case 'date':
      return orRefuse(parseDay(text), 'field.date');
    case 'dateTime':
      return orRefuse(parseMoment(text, context.offsetMinutes), 'field.dateTime');
    case 'flag': {
      const key = valueKey(text);
      if (YES.has(key)) return ok(true);
      return NO.has(key) ? ok(false) : refuse('field.flag');
    }
    case 'choice': {
      const option = optionOf(kind, name, field, text, context.labels);
      return option === undefined ? refuse('import.choice', { text: short(text) }) : ok(option);
    }
    case 'tags':
      return ok(splitTags(text).map(unguardFormula));
    case 'ref':
      return ok(text);
    case 'json':
      return refuse('field.unknown');
  }
}

const orRefuse = (value: Value | undefined, code: string): Result<Value> =>
  value === undefined ? refuse(code) : ok(value);

/** Cells quoted in messages stay readable. */
export const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** The option that a cell means: by key, by label in any language, by synonym. */
export function optionOf(
  kind: string,
  name: string,
  field: ChoiceField,
  text: string,
  labels: Labels,
): string | undefined {
  const wanted = nameKey(text);
  if (!wanted) return undefined;
  const byKey = field.options.find((option) => nameKey(option) === wanted);
  if (byKey) return byKey;
  for (const language of labels) {
    const texts = language[kind]?.options?.[name] ?? {};
    const option = field.options.find((o) => texts[o] && nameKey(texts[o]) === wanted);
    if (option) return option;
  }
  const synonym = Object.entries(field.synonyms ?? {}).find(([word]) => nameKey(word) === wanted);
  return synonym?.[1];
}

/** `a; b` or `a, b`; with a semicolon anywhere, commas belong to the words. */
const splitTags = (text: string): readonly string[] => {
  const parts = /[;；\n]/u.test(text) ? text.split(/[;；\n]/u) : text.split(/[,，、]/u);
  return [...new Set(parts.map((tag) => tag.trim()).filter(Boolean))];
};

/**
 * A value as a cell that `convertCell` reads back as the same value. Refs need a text of their own
 * (see `sheetOf`); `options` are the labels of a choice field.
 */
export function cellOf(
  field: FieldDef,
  value: Value | undefined,
  options: Readonly<Record<string, string>> = {},
): string {
  if (value === undefined || value === null) return '';
  switch (field.type) {
    case 'choice':
      return typeof value === 'string' ? (options[value] ?? value) : '';
    case 'flag':
      return value === true ? 'true' : 'false';
    case 'dateTime':
      return typeof value === 'number' ? new Date(value).toISOString() : '';
    case 'tags':
      // The closing semicolon keeps a comma inside a lone tag from cutting it.
      return Array.isArray(value) ? value.map((t) => `${guardFormula(String(t))};`).join(' ') : '';
    case 'number':
    case 'minutes':
    case 'date':
      return typeof value === 'object' ? '' : String(value);
    case 'json':
      return JSON.stringify(value);
    case 'text':
    case 'longText':
    case 'phone':
    case 'email':
    case 'ref':
      return typeof value === 'string' ? guardFormula(value) : '';
  }
}

/** A property only when it has a value, as exact optional properties want it. */
export const unlessEmpty = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
