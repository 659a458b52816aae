/**
 * The sample organisation as edits. `common.json` holds what both languages share (records by a
 * symbolic id, refs, dates, figures, links), the file of a language its texts, so that the two
 * organisations cannot drift apart.
 */
import type { Locale } from '../../shared/host';
import type { KindDef } from '../../shared/kinds/define';
import { kindOf } from '../../shared/kinds/registry';
import { classFields, classSeeds } from '../../shared/kinds/seed';
import type { Fields, RecordId, Value } from '../../shared/log/change';
import type { Edit } from '../../shared/log/changeset';
import { batchNumbers } from '../../shared/projection/batchNumbers';
import { pastDrillEdits, type PastDrill, type PastDrillTexts } from './sampleDrill';

export interface SampleCommon {
  readonly records: readonly {
    readonly kind: string;
    /** Symbolic; ref fields and links use it. Classes are called `class:<key of the seed>`. */
    readonly id: string;
    /** Dates are `@<days from today>`, times `@<days from today>T<local hh:mm>`. */
    readonly fields: Fields;
  }[];
  readonly links: readonly (readonly [from: string, rel: string, to: string])[];
  readonly pastDrill: PastDrill;
}

export interface SampleTexts {
  readonly setUp: { readonly name: string; readonly siteCode: string; readonly person: string };
  /** By symbolic id. */
  readonly records: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Role of a link, by `<from> <rel> <to>`. */
  readonly roles: Readonly<Record<string, string>>;
  readonly pastDrill: PastDrillTexts;
}

export interface SampleContext {
  readonly locale: Locale;
  /** Milliseconds since 1970-01-01 UTC: the day all dates are counted from. */
  readonly now: number;
  readonly newId: () => RecordId;
  readonly nextNumber: (kind: string) => string;
}

/** Throws when the data names a kind or record that does not exist: a bug that tests find. */
export function sampleEdits(
  common: SampleCommon,
  texts: SampleTexts,
  context: SampleContext,
): readonly Edit[] {
  const number = batchNumbers(context.nextNumber);
  // The past drill came before the one that is planned.
  const pastNumber = number('drill');
  const ids = new Map<string, RecordId>();
  for (const seed of classSeeds) ids.set(`class:${seed.key}`, context.newId());
  for (const record of common.records) ids.set(record.id, context.newId());
  const idOf = (symbol: string): RecordId => {
    const id = ids.get(symbol);
    if (id === undefined) throw new Error(`sample: no record ${symbol}`);
    return id;
  };

  function create(kindName: string, symbol: string, fields: Fields): Edit {
    const kind = kindOf(kindName);
    if (!kind) throw new Error(`sample: no kind ${kindName}`);
    const numbered = Object.hasOwn(kind.fields, 'number') ? { number: number(kindName) } : {};
    return {
      do: 'create',
      kind: kindName,
      id: idOf(symbol),
      fields: { ...numbered, ...resolved(kind, fields, idOf, context.now) },
    };
  }

  const edits: readonly Edit[] = [
    ...classSeeds.map((seed) =>
      create('ciClass', `class:${seed.key}`, classFields(seed, context.locale)),
    ),
    ...common.records.map(({ kind, id, fields }) =>
      create(kind, id, { ...fields, ...texts.records[id] }),
    ),
    ...common.links.map(([from, rel, to]): Edit => {
      const role = texts.roles[`${from} ${rel} ${to}`];
      const link = { do: 'link', from: idOf(from), rel, to: idOf(to) } as const;
      return role === undefined ? link : { ...link, fields: { role } };
    }),
  ];
  const { pastDrill } = common;
  const drill = kindOf('drill');
  if (!drill) throw new Error('sample: no kind drill');
  return [
    ...edits,
    ...pastDrillEdits(pastDrill, texts.pastDrill, edits, {
      idOf,
      nameOf: (person) => texts.records[person]?.name ?? '',
      newId: context.newId,
      number: pastNumber,
      fields: resolved(drill, pastDrill.fields, idOf, context.now),
      startedAt: moment(pastDrill.start, context.now).getTime(),
    }),
  ];
}

function resolved(
  kind: KindDef,
  fields: Fields,
  idOf: (symbol: string) => RecordId,
  now: number,
): Fields {
  const out: Record<string, Value> = {};
  for (const [name, value] of Object.entries(fields)) {
    const type = kind.fields[name]?.type;
    if (typeof value !== 'string') out[name] = value;
    else if (type === 'ref') out[name] = idOf(value);
    else if (type === 'date') out[name] = localDay(moment(value, now));
    else if (type === 'dateTime') out[name] = moment(value, now).getTime();
    else out[name] = value;
  }
  return out;
}

/** `@-3T22:30` -> that local time three days ago; without a time, midnight. */
function moment(value: string, now: number): Date {
  const match = /^@([+-]?\d+)(?:T(\d\d):(\d\d))?$/.exec(value);
  if (!match) throw new Error(`sample: no date ${value}`);
  const [, days, hours, minutes] = match;
  const day = new Date(now);
  day.setHours(Number(hours ?? 0), Number(minutes ?? 0), 0, 0);
  day.setDate(day.getDate() + Number(days));
  return day;
}

function localDay(day: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
