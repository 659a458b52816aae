/**
 * Records as a checkpoint stores them: packs of one kind, each a line of JSON that a start needs
 * (ids, who points to whom, numbers given out) and a line with the fields, parsed when they are
 * looked at. The format number changes when this text changes meaning; a checkpoint with another
 * number is rebuilt from the log.
 */
import { LINK, linkEnds, type RecordId } from './change';
import { CreatedRecord } from './createdRecord';
import { highestNumbers } from './number';
import {
  dotsIn,
  headsIn,
  PackedRecord,
  type HeadsRow,
  type Row,
  type StampRow,
} from './packedRecord';
import { headsOf, isSettled, type Heads, type RecordState, type Stamp } from './record';

export const CHECKPOINT_FORMAT = 2;

/** First line of a pack. */
interface PackHead {
  readonly kind: string;
  readonly ids: readonly RecordId[];
  /** Places of the records whose fields are parsed at once: deleted, in conflict or irregular. */
  readonly odd: readonly number[];
  /** Odd records that have become one of another kind: place and kind. */
  readonly kinds: readonly (readonly [number, string])[];
  /** Per ref field, the targets, and for each record the index of its target or -1. */
  readonly refs: Readonly<Record<string, readonly [readonly RecordId[], readonly number[]]>>;
  /** Highest human numbers, one per prefix. */
  readonly numbers: readonly string[];
  /** Length of the second line in UTF-16 units: text that was cut off is noticed at once. */
  readonly length: number;
}

export interface Pack {
  readonly kind: string;
  /** In the order of `ids` when it was packed. */
  readonly records: readonly RecordState[];
  readonly odd: ReadonlySet<number>;
  readonly refs: PackHead['refs'];
  readonly numbers: readonly string[];
}

/** `records` are all of that kind; `refFields` are its fields that point to other records. */
export function encodePack(
  kind: string,
  records: readonly RecordState[],
  refFields: readonly string[],
): string {
  const body = JSON.stringify(records.map(toRow));
  const odd = records.flatMap((record, i) => (isOdd(record, kind) ? [i] : []));
  const head: PackHead = {
    kind,
    ids: records.map((record) => record.id),
    odd,
    kinds: records.flatMap((record, i) => (record.kind === kind ? [] : [[i, record.kind]])),
    refs: Object.fromEntries(refFields.map((field) => [field, columnOf(records, field)])),
    numbers: highestNumbers(
      records.flatMap((record) => headsOf(record, 'number').map(({ value }) => value)),
    ),
    length: body.length,
  };
  return `${JSON.stringify(head)}\n${body}`;
}

/**
 * Throws on text that this program did not write; the caller then rebuilds from the log. Damage in
 * the fields shows only when they are looked at: `onDamage` is told before that look throws.
 */
export function decodePack(text: string, onDamage: () => void = () => undefined): Pack {
  const end = text.indexOf('\n');
  const head = JSON.parse(text.slice(0, end)) as PackHead;
  const { kind, ids, odd, refs, numbers, length } = head;
  if (end < 0 || text.length !== end + 1 + length) throw new Error('checkpoint: a pack is cut off');
  let body: string | undefined = text.slice(end + 1);
  let rows: readonly Row[] = [];
  const parsed = (): readonly Row[] => {
    if (body === undefined) return rows;
    try {
      rows = JSON.parse(body) as readonly Row[];
    } catch (error) {
      onDamage();
      throw error;
    }
    body = undefined;
    return rows;
  };
  const isOddAt = new Set(odd);
  const kindAt = new Map(head.kinds);
  const records = ids.map((id, i) =>
    isOddAt.has(i)
      ? unpacked(id, kindAt.get(i) ?? kind, parsed()[i])
      : new PackedRecord(id, kind, parsed, i),
  );
  return { kind, records, odd: isOddAt, refs, numbers };
}

/** Links are indexed by their id, so one whose ends are not those of its id is parsed at once. */
function isOdd(record: RecordState, kind: string): boolean {
  if (record.kind !== kind || !(record.settled || isSettled(record.heads))) return true;
  if (kind !== LINK) return false;
  const { from, to } = linkEnds(record.id);
  return record.values.from !== from || record.values.to !== to;
}

function unpacked(id: RecordId, kind: string, row: Row | undefined): RecordState {
  if (!row) throw new Error('checkpoint: a row is missing');
  return { id, kind, values: row[0], heads: headsIn(row), dots: dotsIn(row) };
}

function columnOf(
  records: readonly RecordState[],
  field: string,
): readonly [readonly RecordId[], readonly number[]] {
  const places = new Map<RecordId, number>();
  const column = records.map((record) => {
    const target = record.values[field];
    if (typeof target !== 'string' || !target) return -1;
    const place = places.get(target) ?? places.size;
    places.set(target, place);
    return place;
  });
  return [[...places.keys()], column];
}

function toRow(state: RecordState): Row {
  if (state instanceof CreatedRecord || state instanceof PackedRecord) return state.row();
  const stamps: StampRow[] = [];
  const index = new Map<string, number>();
  const place = ({ r, s, t }: Stamp): number => {
    const key = `${r}:${s}`;
    const hit = index.get(key);
    if (hit !== undefined) return hit;
    index.set(key, stamps.length);
    return stamps.push([r, s, t[0], t[1]]) - 1;
  };
  const heads: Record<string, HeadsRow> = {};
  let plain = true;
  for (const [field, value] of Object.entries(state.heads)) {
    heads[field] = isStamp(value)
      ? place(value)
      : value.map((head) => [place(head.stamp), head.value]);
    plain &&= heads[field] === 0;
  }
  const [only] = stamps;
  const created =
    plain && only && state.dots.length === 1 && state.dots[0] === [...index.keys()][0];
  if (created) return [state.values, only];
  return [state.values, stamps, plain ? 0 : heads, state.dots];
}

const isStamp = (heads: Heads): heads is Stamp => !Array.isArray(heads);
