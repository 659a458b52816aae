/** Recognising a sheet whose rows are relations. */
import type { KindDef } from '../kinds/define';
import type { Labels, LinkMapping } from './mapping';
import { nameKey } from './names';
import { relationNames } from './relationNames';
import type { Sheet } from './sheet';

/** Header words in both languages, as `nameKey` writes them. */
const words = {
  from: [
    'from',
    'fromid',
    'source',
    'object',
    'sourceid',
    '起点',
    '源',
    '来源',
    '从',
    '对象',
    '起始',
  ],
  to: ['to', 'toid', 'target', 'destination', 'targetid', '终点', '目标', '到', '指向', '去向'],
  relation: ['relation', 'relationship', 'relationtype', 'link', 'linktype', '关系', '关系类型'],
  role: ['role', 'priority', '角色', '职责', '优先级', '主备'],
} as const;

/**
 * Relations when there is a column for the near end and one for the far end. Where no column names
 * the relation, the header of the far end may (`contact`).
 */
export function guessLinks(
  sheet: Sheet,
  kinds: readonly KindDef[],
  labels: Labels,
): LinkMapping | undefined {
  const find = (list: readonly string[]) =>
    sheet.headers.find((header) => list.includes(nameKey(header)));
  const from = find(words.from);
  if (!from) return undefined;
  const names = relationNames(kinds, labels);
  const column = find(words.relation);
  const named = sheet.headers.find((header) => header !== from && names.has(nameKey(header)));
  const to = find(words.to) ?? named;
  if (!to || (!column && !named)) return undefined;
  const roles = sheet.headers.filter(
    (header) => header !== to && (words.role as readonly string[]).includes(nameKey(header)),
  );
  // In a table of processes `from` and `to` may be anything; the words must be relations.
  if (column && !sheet.rows.some((row) => isRelation(row.cells[sheet.headers.indexOf(column)]))) {
    return undefined;
  }
  const relation = column ? { column } : { name: relationOf(named ?? '') };
  return { as: 'links', from, relation, to, roles };

  function isRelation(cell: string | undefined): boolean {
    return names.has(nameKey(cell ?? ''));
  }

  function relationOf(header: string): string {
    return names.get(nameKey(header))?.[0]?.relation ?? '';
  }
}
