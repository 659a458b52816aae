/** The roster as a table. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tone as ToneName } from '../../../../shared/kinds/define';
import { ageText } from '../../../app/age';
import { PlainTable, type Sort } from '../../../ui/PlainTable';
import plain from '../../../ui/PlainTable.module.css';
import { localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { columns, hasText, kindsText, roleText, stateText, type Column } from './deviceColumns';
import type { DeviceRow, DeviceState } from './deviceRows';

interface DeviceTableProps {
  readonly rows: readonly DeviceRow[];
  readonly now: number;
  readonly sort: Sort<Column>;
  readonly onSort: (sort: Sort<Column>) => void;
  readonly onOpen: (device: string) => void;
}

const STARTS_DOWN: ReadonlySet<Column> = new Set(['lastIn', 'lastOut', 'has']);

export function DeviceTable({ rows, now, sort, onSort, onOpen }: DeviceTableProps) {
  const { t } = useTranslation();
  return (
    <PlainTable
      label={t('devices:title')}
      columns={columns.map((name) => ({
        name,
        label: t(`devices:column.${name}`),
        startsDown: STARTS_DOWN.has(name),
      }))}
      sorting={{ sort, onSort }}
    >
      {rows.map((row) => (
        <Row key={row.device} row={row} now={now} onOpen={onOpen} />
      ))}
    </PlainTable>
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
  readonly onOpen: (device: string) => void;
}

/** Drawn anew only when its device has news: searching and sorting hundreds stays quick. */
const Row = memo(function Row({ row, now, onOpen }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <button type="button" className={plain.open} onClick={() => onOpen(row.device)}>
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
      <td className={row.unconfirmed + row.missing === 0 ? plain.none : undefined}>
        {hasText(row, t) || '—'}
      </td>
      <td>
        <StateBadge row={row} />
      </td>
    </tr>
  );
});

interface WhenProps {
  readonly at: number | undefined;
  readonly now: number;
  readonly number: number | undefined;
}

function When({ at, now, number }: WhenProps) {
  const { t, i18n } = useTranslation();
  if (at === undefined) return <td className={plain.none}>—</td>;
  const age = ageText(Math.max(0, now - at), i18n.language);
  return (
    <td className={plain.number} title={localTime(at)}>
      {t('devices:ago', { age })}
      {number ? <small>{t('exchange:number', { number })}</small> : null}
    </td>
  );
}
