/** Columns of the device table: what they say on screen and in the CSV, and how they sort. */
import type { TFunction } from 'i18next';
import { memberRoles } from '../../../../shared/trust/roster';
import type { Sort } from '../../../ui/PlainTable';
import { localMinute } from '../../../ui/times';
import { deviceStates, type DeviceRow } from './deviceRows';
import { shownKinds } from './kindChoice';

export const columns = [
  'name',
  'holder',
  'site',
  'role',
  'kinds',
  'lastIn',
  'lastOut',
  'has',
  'state',
] as const;
export type Column = (typeof columns)[number];

function rank(row: DeviceRow, column: Exclude<Column, 'name' | 'holder' | 'site'>): number {
  switch (column) {
    case 'role':
      return row.role ? memberRoles.indexOf(row.role) : memberRoles.length;
    case 'kinds':
      return row.certificate?.kinds?.length ?? Infinity;
    case 'lastIn':
    case 'lastOut':
      return row[column] ?? 0;
    case 'has':
      return row.unconfirmed + row.missing;
    case 'state':
      return deviceStates.indexOf(row.state) - (row.stale ? 0.5 : 0);
  }
}

export function sortRows(
  rows: readonly DeviceRow[],
  { column, down }: Sort<Column>,
  locale: string,
): readonly DeviceRow[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const sign = down ? -1 : 1;
  const compare = (a: DeviceRow, b: DeviceRow): number =>
    column === 'name' || column === 'holder' || column === 'site'
      ? collator.compare(a[column], b[column])
      : Math.sign(rank(a, column) - rank(b, column)) || 0;
  return rows.toSorted((a, b) => sign * compare(a, b) || collator.compare(a.name, b.name));
}

/** Every word of the search somewhere in the row. */
export function searchRows(
  rows: readonly DeviceRow[],
  search: string,
  t: TFunction,
): readonly DeviceRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return rows;
  return rows.filter((row) => {
    const text = [row.name, row.holder, row.site, row.device, roleText(row, t), stateText(row, t)]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export const roleText = ({ role }: DeviceRow, t: TFunction): string =>
  role ? t(`devices:role.${role}`) : '';

export const stateText = (row: DeviceRow, t: TFunction): string =>
  row.stale ? t('devices:state.stale') : t(`devices:state.${row.state}`);

export function kindsText({ certificate }: DeviceRow, t: TFunction): string {
  if (!certificate) return '';
  if (certificate.role === 'reader') return t('devices:kinds.none');
  if (certificate.kinds === null) return t('devices:kinds.all');
  const count = shownKinds(certificate.kinds).length;
  return count ? t('devices:kinds.some', { count }) : t('devices:kinds.none');
}

export function hasText(row: DeviceRow, t: TFunction): string {
  if (row.self) return '';
  const second = row.missing ? t('devices:has.missing', { count: row.missing }) : '';
  // Nobody waits for what a revoked device confirms.
  if (row.state === 'revoked') return second;
  const first = row.unconfirmed
    ? t('devices:has.unconfirmed', { count: row.unconfirmed })
    : t('devices:has.all');
  if (!second) return first;
  return t('devices:has.both', { first, second });
}

function cellText(row: DeviceRow, column: Column, t: TFunction): string {
  switch (column) {
    case 'name':
    case 'holder':
    case 'site':
      return row[column];
    case 'role':
      return roleText(row, t);
    case 'kinds':
      return kindsText(row, t);
    case 'lastIn':
    case 'lastOut':
      return row[column] === undefined ? '' : localMinute(row[column]);
    case 'has':
      return hasText(row, t);
    case 'state':
      return stateText(row, t);
  }
}

/** Times are local. */
export const csvLines = (rows: readonly DeviceRow[], t: TFunction): readonly string[][] => [
  [...columns.map((column) => t(`devices:column.${column}`)), t('devices:column.id')],
  ...rows.map((row) => [...columns.map((column) => cellText(row, column, t)), row.device]),
];
