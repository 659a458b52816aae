/** The roster as a table, in plain elements: hundreds of rows stay quick, and all of them print. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Tone as ToneName } from '../../../../shared/kinds/define';
import { ageText } from '../../../app/age';
import { localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import {
  columns,
  hasText,
  kindsText,
  roleText,
  stateText,
  type Column,
  type Sort,
} from './deviceColumns';
import type { DeviceRow, DeviceState } from './deviceRows';
import classes from './devices.module.css';

interface DeviceTableProps {
  readonly rows: readonly DeviceRow[];
  readonly now: number;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onOpen: (row: DeviceRow) => void;
}

/** News is looked at for the latest first, a name for its first letter. */
const STARTS_DOWN: ReadonlySet<Column> = new Set(['lastIn', 'lastOut', 'has']);

export function DeviceTable({ rows, now, sort, onSort, onOpen }: DeviceTableProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.box}>
      <table className={classes.table} aria-label={t('devices:title')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.device} row={row} now={now} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function Head({ column, sort, onSort }: HeadProps) {
  const { t } = useTranslation();
  const sorted = sort.column === column;
  const Icon = sort.down ? IconArrowDown : IconArrowUp;
  return (
    <th aria-sort={sorted ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort({ column, down: sorted ? !sort.down : STARTS_DOWN.has(column) })}
      >
        {t(`devices:column.${column}`)}
        {sorted && <Icon size={13} aria-hidden />}
      </button>
    </th>
  );
}

const TONES = {
  waiting: 'info',
  active: 'good',
  expired: 'warn',
  unenrolled: 'warn',
  revoked: 'bad',
} as const satisfies Record<DeviceState, ToneName>;

export function StateBadge({ row }: { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  return <Tone tone={row.stale ? 'warn' : TONES[row.state]}>{stateText(row, t)}</Tone>;
}

interface RowProps {
  readonly row: DeviceRow;
  readonly now: number;
  readonly onOpen: (row: DeviceRow) => void;
}

function Row({ row, now, onOpen }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <button type="button" className={classes.open} onClick={() => onOpen(row)}>
          {row.name}
        </button>
        {row.self && <small>{t('devices:self')}</small>}
      </th>
      <td>{row.holder || '—'}</td>
      <td>{row.site || '—'}</td>
      <td>{roleText(row, t) || '—'}</td>
      <td>{kindsText(row, t) || '—'}</td>
      <When at={row.lastIn} now={now} number={row.peer?.lastIn?.number} />
      <When at={row.lastOut} now={now} number={row.peer?.lastOut?.number} />
      <td className={row.unconfirmed + row.missing === 0 ? classes.none : undefined}>
        {hasText(row, t) || '—'}
      </td>
      <td>
        <StateBadge row={row} />
      </td>
    </tr>
  );
}

interface WhenProps {
  readonly at: number | undefined;
  readonly now: number;
  readonly number: number | undefined;
}

function When({ at, now, number }: WhenProps) {
  const { t, i18n } = useTranslation();
  if (at === undefined) return <td className={classes.none}>—</td>;
  const age = ageText(Math.max(0, now - at), i18n.language);
  return (
    <td className={classes.number} title={localTime(at)}>
      {t('devices:ago', { age })}
      {number ? <small>{t('exchange:number', { number })}</small> : null}
    </td>
  );
}
