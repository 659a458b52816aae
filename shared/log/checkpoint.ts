/**
 * Records as a checkpoint stores them: arrays instead of objects, and stamps named once per record,
 * because a start reads every one of them. The format number changes when this text changes
 * meaning; a checkpoint with another number is rebuilt from the log.
 */
import type { Dot, Fields, RecordId, Value } from './change';
import type { Head, Heads, RecordState, Stamp } from './record';

export const CHECKPOINT_FORMAT = 1;

type StampRow = readonly [r: string, s: number, ms: number, counter: number];
/** Index of the one stamp, or several as [stamp, value]. */
type HeadsRow = number | readonly (readonly [number, Value])[];
/** `heads` is a number when every field has that one stamp as its only head. */
type RecordRow = readonly [
  id: RecordId,
  kind: string,
  values: Fields,
  stamps: readonly StampRow[],
  heads: number | Readonly<Record<string, HeadsRow>>,
  dots: readonly Dot[],
];

export const encodeRecords = (records: readonly RecordState[]): string =>
  JSON.stringify(records.map(toRow));

/** Throws on text that this program did not write; the caller then rebuilds from the log. */
export function decodeRecords(text: string): readonly RecordState[] {
  const rows = JSON.parse(text) as readonly RecordRow[];
  return rows.map(fromRow);
}

function toRow(state: RecordState): RecordRow {
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
  return [state.id, state.kind, state.values, stamps, plain ? 0 : heads, state.dots];
}

const isStamp = (heads: Heads): heads is Stamp => !Array.isArray(heads);

function fromRow([id, kind, values, rows, heads, dots]: RecordRow): RecordState {
  const stamps = rows.map(([r, s, ms, counter]): Stamp => ({ r, s, t: [ms, counter] }));
  const stamp = (i: number): Stamp => {
    const found = stamps[i];
    if (!found) throw new Error(`checkpoint: record ${id} names a stamp it does not have`);
    return found;
  };
  const out: Record<string, Heads> = {};
  if (typeof heads === 'number') {
    for (const field of Object.keys(values)) out[field] = stamp(heads);
  } else {
    for (const [field, row] of Object.entries(heads)) {
      out[field] =
        typeof row === 'number'
          ? stamp(row)
          : row.map(([i, value]): Head => ({ stamp: stamp(i), value }));
    }
  }
  return { id, kind, values, heads: out, dots };
}
