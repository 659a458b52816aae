/** What the palette lists for a query: records by kind, then commands; as one run for the arrow keys. */
import { kindOf } from '../../../shared/kinds/registry';
import type { RecordId } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import { asText, type Projection } from '../../../shared/projection/projection';
import type { Search } from '../../../shared/search/search';
import { formatValue, type Format } from '../../ui/formatValue';
import { numberOf, titleOf } from '../../ui/recordTitle';
import { paths } from '../paths';
import type { Command } from './commands';
import { snippet } from './snippet';

export interface RecordItem {
  readonly type: 'record';
  readonly key: string;
  readonly id: RecordId;
  readonly path: string;
  readonly kind: string;
  readonly title: string;
  readonly number: string;
  /** Name of the record it is a part of. */
  readonly inside: string | undefined;
  /** The field found, when it is not one of those shown anyway. */
  readonly match: { readonly label: string; readonly text: string } | undefined;
}

export interface CommandItem {
  readonly type: 'command';
  readonly key: string;
  readonly command: Command;
}

export type Item = RecordItem | CommandItem;

export interface ResultGroup {
  readonly label: string;
  readonly items: readonly Item[];
}

export interface Results {
  readonly groups: readonly ResultGroup[];
  readonly items: readonly Item[];
  /** Records found in all. */
  readonly total: number;
}

export const RECORD_LIMIT = 40;

export function recordItem(
  projection: Projection,
  record: RecordState,
  format: Format,
  words: readonly string[],
  field?: string,
): RecordItem {
  const kind = kindOf(record.kind);
  const parentId = kind?.parent ? asText(record.values[kind.parent]) : '';
  const shown = field === undefined || field === kind?.title || field === 'number';
  return {
    type: 'record',
    key: record.id,
    id: record.id,
    // A part makes sense only inside its whole.
    path: paths.record(parentId && projection.visible(parentId) ? parentId : record.id),
    kind: record.kind,
    title: snippet(titleOf(record), words),
    number: numberOf(record),
    inside: parentId ? titleOf(projection.get(parentId)) || undefined : undefined,
    match:
      shown || !kind
        ? undefined
        : {
            label: format.labels.field(kind.name, field),
            text: snippet(formatValue(format, kind, field, record.values[field]), words),
          },
  };
}

/** Groups keep the order in which their best hit was found. */
export function findRecords(
  search: Search,
  projection: Projection,
  format: Format,
  query: string,
  words: readonly string[],
): { readonly groups: readonly ResultGroup[]; readonly total: number } {
  const found = search.find(query, { limit: RECORD_LIMIT });
  const byKind = new Map<string, Item[]>();
  for (const hit of found.hits) {
    const record = projection.visible(hit.id);
    if (!record) continue;
    const item = recordItem(projection, record, format, words, hit.field);
    const group = byKind.get(record.kind);
    if (group) group.push(item);
    else byKind.set(record.kind, [item]);
  }
  const groups = [...byKind].map(([kind, items]) => ({
    label: format.labels.plural(kind),
    items,
  }));
  return { groups, total: found.total };
}

/** Commands whose name in either language holds every word. */
export function findCommands(
  commands: readonly Command[],
  words: readonly string[],
): readonly CommandItem[] {
  const low = words.map((word) => word.toLowerCase());
  return commands
    .filter((command) =>
      low.length ? low.every((word) => command.words.includes(word)) : command.first,
    )
    .map((command) => ({ type: 'command', key: command.id, command }));
}

export function together(groups: readonly ResultGroup[], total: number): Results {
  const filled = groups.filter((group) => group.items.length > 0);
  return { groups: filled, items: filled.flatMap((group) => group.items), total };
}
