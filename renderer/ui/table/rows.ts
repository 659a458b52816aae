/** Which records a view shows, and in which order. Pure, so that it is tested without a page. */
import { isEmpty } from '../../../shared/kinds/validate';
import type { Value } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import { localDay } from '../times';
import type { Collation } from './collation';
import type { Column } from './columns';
import type { Filter, Sort, TableView } from './view';

export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Records that pass the quick filter (every word, in any shown column) and all column filters. */
export function filterRows(
  records: readonly RecordState[],
  shown: readonly Column[],
  filtered: readonly Column[],
  view: Pick<TableView, 'filters' | 'query'>,
): readonly RecordState[] {
  const words = folded(view.query).split(/\s+/).filter(Boolean);
  const tests = filtered.flatMap((column) => {
    const filter = view.filters[column.id];
    return filter ? [(record: RecordState) => passes(column, filter, record)] : [];
  });
  if (!words.length && !tests.length) return records;
  return records.filter((record) => {
    if (!tests.every((test) => test(record))) return false;
    if (!words.length) return true;
    const cells = shown.map((column) => folded(column.text(record)));
    return words.every((word) => cells.some((cell) => cell.includes(word)));
  });
}

export function passes(column: Column, filter: Filter, record: RecordState): boolean {
  const value = column.value(record);
  switch (filter.is) {
    case 'contains':
      return folded(column.text(record)).includes(folded(filter.text));
    case 'oneOf':
      return filter.values.includes(typeof value === 'string' ? value : '');
    case 'between':
      return within(comparable(column, value), filter);
    case 'flag':
      return (value === true) === filter.value;
    case 'empty':
      return isEmpty(value);
    case 'filled':
      return !isEmpty(value);
  }
}

/** Days compare as text; a moment counts as the local day it falls on. */
function comparable(column: Column, value: Value | undefined): number | string | undefined {
  if (column.field?.type === 'dateTime' && typeof value === 'number') return localDay(value);
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function within(
  value: number | string | undefined,
  range: { readonly from?: number | string; readonly to?: number | string },
): boolean {
  if (value === undefined || value === '') return false;
  return (
    (range.from === undefined || value >= range.from) &&
    (range.to === undefined || value <= range.to)
  );
}

/** Sorted by the given columns, empty values last in either direction, otherwise stable. */
export function sortRows(
  records: readonly RecordState[],
  columns: readonly Column[],
  sort: readonly Sort[],
  collation: Collation,
): readonly RecordState[] {
  const keys = sort.flatMap((by) => {
    const column = columns.find((one) => one.id === by.id);
    return column ? [{ desc: by.desc, keys: sortKeys(records, column, collation) }] : [];
  });
  if (!keys.length) return records;
  const order = Uint32Array.from(records, (_, i) => i);
  order.sort((a, b) => {
    for (const { desc, keys: at } of keys) {
      const x = at[a] ?? Number.NaN;
      const y = at[b] ?? Number.NaN;
      if (x === y) continue;
      if (Number.isNaN(x)) {
        if (Number.isNaN(y)) continue;
        return 1;
      }
      if (Number.isNaN(y)) return -1;
      return desc ? y - x : x - y;
    }
    return a - b;
  });
  return Array.from(order, (i) => records[i]).filter((record) => record !== undefined);
}

/** One number per record: the quantity itself or the place of the text in the alphabet. */
function sortKeys(
  records: readonly RecordState[],
  column: Column,
  collation: Collation,
): Float64Array {
  const keys = new Float64Array(records.length).fill(Number.NaN);
  const field = column.field;
  if (field?.type === 'choice') {
    // Options stand in an order that means something, such as critical, high, medium, low.
    records.forEach((record, i) => {
      const value = column.value(record);
      const at = typeof value === 'string' ? field.options.indexOf(value) : -1;
      if (at >= 0) keys[i] = at;
    });
    return keys;
  }
  const texts: string[] = [];
  records.forEach((record, i) => {
    const value = column.value(record);
    if (typeof value === 'number') keys[i] = value;
    else if (typeof value === 'boolean') keys[i] = value ? 0 : 1;
    else texts[i] = isEmpty(value) ? '' : column.text(record);
  });
  const ranks = collation.ranks(texts.filter(Boolean));
  texts.forEach((text, i) => {
    if (text) keys[i] = ranks.get(text) ?? Number.NaN;
  });
  return keys;
}
