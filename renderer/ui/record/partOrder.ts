/** The order of parts: numbers that people see, kept dense enough to read. */
import type { KindDef } from '../../../shared/kinds/define';
import type { Edit } from '../../../shared/log/changeset';
import type { RecordState } from '../../../shared/log/record';

const orderIn = (kind: KindDef, part: RecordState): number | undefined => {
  const value = kind.order ? part.values[kind.order] : undefined;
  return typeof value === 'number' ? value : undefined;
};

/** One more than the greatest. */
export const nextOrder = (kind: KindDef, parts: readonly RecordState[]): number =>
  parts.reduce((most, part) => Math.max(most, orderIn(kind, part) ?? 0), 0) + 1;

/** Swaps a part with its neighbour; parts without distinct numbers get them on the way. */
export function moveEdits(
  kind: KindDef,
  parts: readonly RecordState[],
  at: number,
  by: -1 | 1,
): readonly Edit[] {
  const field = kind.order;
  const moved = parts[at];
  const other = parts[at + by];
  if (!field || !moved || !other) return [];
  const swapped = parts.map((part, i) => (i === at ? other : i === at + by ? moved : part));
  const numbers = parts.map((part) => orderIn(kind, part));
  const distinct = numbers.every(
    (n, i) => n !== undefined && (i === 0 || n > (numbers[i - 1] ?? n)),
  );
  return swapped.flatMap((part, i): readonly Edit[] => {
    const order = distinct ? (numbers[i] ?? i + 1) : i + 1;
    return orderIn(kind, part) === order
      ? []
      : [{ do: 'set', id: part.id, fields: { [field]: order } }];
  });
}
