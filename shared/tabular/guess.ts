/** First guesses about a sheet; a person sees and may change every one of them. */
import type { FieldDef, KindDef } from '../kinds/define';
import type { KindLookup } from '../projection/projection';
import { optionOf } from './convert';
import { guessLinks } from './guessLinks';
import { nameFields } from './lookup';
import type { FieldColumn, Labels, Mapping, RecordMapping } from './mapping';
import { nameKey, singular } from './names';
import { defaultPolicy } from './refs';
import type { Sheet } from './sheet';

export interface GuessContext {
  readonly kinds: readonly KindDef[];
  readonly kindOf: KindLookup;
  readonly labels: Labels;
}

/** Kinds that a sheet can be imported into: those with a screen. */
export const importKinds = (kinds: readonly KindDef[]): readonly KindDef[] =>
  kinds.filter((kind) => kind.place && !kind.appendOnly);

/** The likeliest mapping: relations when both ends have a column, else the kind that fits best. */
export function guessMapping(sheet: Sheet, context: GuessContext): Mapping {
  const links = guessLinks(sheet, context.kinds, context.labels);
  if (links) return links;
  let best: { readonly mapping: Mapping; readonly score: number } | undefined;
  for (const kind of importKinds(context.kinds)) {
    const mapping = guessRecords(sheet, kind, context);
    const score = scoreOf(sheet, kind, mapping, context.labels);
    if (!best || score > best.score) best = { mapping, score };
  }
  return best?.mapping ?? { as: 'links', from: '', relation: { name: '' }, to: '', roles: [] };
}

function scoreOf(sheet: Sheet, kind: KindDef, mapping: RecordMapping, labels: Labels): number {
  const mapped = Object.values(mapping.columns).map((column) => column.field);
  const share = mapped.length / Math.max(1, sheet.headers.length);
  const words = fileWords(sheet.name);
  const said = [...kindWords(kind, labels)].some((word) => words.has(word));
  const hinted = !said && optionHint(sheet, kind, labels) !== undefined;
  return share + (mapped.includes(kind.title) ? 0.5 : 0) + (said ? 2 : 0) + (hinted ? 1.5 : 0);
}

/** Words by which files call a kind: its name, labels, and the aliases of its title field. */
function kindWords(kind: KindDef, labels: Labels): ReadonlySet<string> {
  const words = [kind.name, ...(kind.fields[kind.title]?.aliases ?? [])];
  for (const language of labels) {
    const texts = language[kind.name];
    if (texts) words.push(texts.label, texts.plural ?? '');
  }
  return new Set(words.map((word) => singular(nameKey(word))).filter(Boolean));
}

/** `IT-suppliers_2026.csv` -> it, supplier, and the whole name without its ending. */
function fileWords(name: string): ReadonlySet<string> {
  const stem = name.replace(/\.[a-z]{3,4}(?=\s|$)/iu, '');
  const parts = stem.split(/[^\p{L}]+/u);
  return new Set([stem, ...parts].map((part) => singular(nameKey(part))).filter(Boolean));
}

/** `suppliers.csv` says of which type every organisation in it is. */
function optionHint(sheet: Sheet, kind: KindDef, labels: Labels) {
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== 'choice' || !field.required) continue;
    for (const word of fileWords(sheet.name)) {
      const option = optionOf(kind.name, name, field, word, labels);
      if (option) return { name, option };
    }
  }
  return undefined;
}

/** Constants that the file's name tells; they also correct a remembered mapping. */
export function hintedConstants(
  sheet: Sheet,
  kind: KindDef,
  labels: Labels,
): Readonly<Record<string, string>> {
  const hint = optionHint(sheet, kind, labels);
  return hint ? { [hint.name]: hint.option } : {};
}

/** Columns, constants and keys for one kind. */
export function guessRecords(sheet: Sheet, kind: KindDef, context: GuessContext): RecordMapping {
  const columns: Record<string, FieldColumn> = {};
  const taken = new Set<string>();
  const candidates = sheet.headers.flatMap((header, index) =>
    Object.entries(kind.fields)
      .filter(([name, field]) => isImportable(name, field))
      .map(([name, field]) => ({
        header,
        name,
        field,
        score: likeness(header, kind.name, name, field, context.labels),
        index,
      }))
      .filter(({ score }) => score > 0),
  );
  const use = (header: string, name: string, field: FieldDef) => {
    columns[header] = { field: name, ...policyOf(field, context.kindOf) };
    taken.add(name);
  };
  for (const c of candidates.toSorted((a, b) => b.score - a.score || a.index - b.index)) {
    if (taken.has(c.name) || Object.hasOwn(columns, c.header)) continue;
    if (c.name === 'number' && !looksNumbered(sheet, c.index, kind)) continue;
    use(c.header, c.name, c.field);
  }
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== 'choice' || !field.required || taken.has(name)) continue;
    const at = sheet.headers.findIndex(
      (header, i) =>
        !Object.hasOwn(columns, header) &&
        fitsChoice(sheet, i, (text) => optionOf(kind.name, name, field, text, context.labels)),
    );
    const header = sheet.headers[at];
    if (header) use(header, name, field);
  }
  const hinted = hintedConstants(sheet, kind, context.labels);
  const constants = Object.fromEntries(Object.entries(hinted).filter(([name]) => !taken.has(name)));
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== 'choice' || !field.required || taken.has(name)) continue;
    if (!constants[name] && field.initial) constants[name] = field.initial;
  }
  const keys = nameFields(kind).filter((name) => taken.has(name) && isKey(kind, name));
  return { as: 'records', kind: kind.name, columns, constants, keys, empty: 'keep' };
}

const isKey = (kind: KindDef, name: string): boolean =>
  name === 'number' || kind.keys.includes(name);

/** Fields a spreadsheet may fill: typed ones, and the number, which recognises records. */
export const isImportable = (name: string, field: FieldDef): boolean =>
  field.type !== 'json' && (!field.computed || name === 'number');

export const policyOf = (field: FieldDef, kindOf: KindLookup): Pick<FieldColumn, 'missing'> =>
  field.type === 'ref' ? { missing: defaultPolicy(kindOf(field.to)) } : {};

/** Label 4, name 3, alias 2; 1 when one of them is most of the header: `最近核实日期`. */
function likeness(
  header: string,
  kind: string,
  name: string,
  field: FieldDef,
  labels: Labels,
): number {
  const wanted = nameKey(header);
  if (!wanted) return 0;
  const texts = labels.map((language) => nameKey(language[kind]?.fields?.[name] ?? ''));
  if (texts.includes(wanted)) return 4;
  if (nameKey(name) === wanted) return 3;
  const aliases = field.aliases?.map(nameKey) ?? [];
  if (aliases.includes(wanted)) return 2;
  const partly = [...texts, ...aliases].some(
    (text) => text.length >= wanted.length * MOSTLY && wanted.includes(text),
  );
  return partly ? 1 : 0;
}

const MOSTLY = 0.6;

function fitsChoice(sheet: Sheet, index: number, option: (text: string) => string | undefined) {
  const cells = sheet.rows.slice(0, 200).map((row) => (row.cells[index] ?? '').trim());
  const filled = cells.filter(Boolean);
  return filled.length > 0 && filled.every((text) => option(text) !== undefined);
}

/** Only numbers of this program recognise records: `HQ7K-CI-0042`, not a plain 1, 2, 3. */
function looksNumbered(sheet: Sheet, index: number, kind: KindDef): boolean {
  const pattern = new RegExp(`^.+-${kind.code}-\\d+$`, 'u');
  const filled = sheet.rows.slice(0, 50).map((row) => (row.cells[index] ?? '').trim());
  return filled.some((text) => pattern.test(text));
}
