/**
 * The scoreboard as a table, with the words handed down: three hundred rows that each look up their
 * own would be felt.
 */
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Tone as ToneName } from '../../../../shared/kinds/define';
import { ageText } from '../../../app/age';
import { PlainTable, type Sort } from '../../../ui/PlainTable';
import plain from '../../../ui/PlainTable.module.css';
import { localDay, localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { columns, readinessText, type Column } from './siteColumns';
import type { Freshness, SiteRow } from './siteRows';

interface SiteTableProps {
  readonly rows: readonly SiteRow[];
  readonly now: number;
  readonly sort: Sort<Column>;
  readonly onSort: (sort: Sort<Column>) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (devices: ReadonlySet<string>) => void;
}

const STARTS_DOWN: ReadonlySet<Column> = new Set([
  'undelivered',
  'missing',
  'conflicts',
  'attachments',
  'lastOut',
  'lastIn',
]);

export function SiteTable({ rows, now, sort, onSort, chosen, onChoose }: SiteTableProps) {
  const { t, i18n } = useTranslation();
  const words = useMemo(() => wordsOf(t, i18n.language), [t, i18n.language]);
  const all = rows.every((row) => chosen.has(row.device));
  const latest = useRef(chosen);
  useEffect(() => {
    latest.current = chosen;
  }, [chosen]);
  // The same function for every row and at all times, so that choosing one draws one row anew.
  const toggle = useCallback(
    (device: string) => {
      const next = new Set(latest.current);
      if (!next.delete(device)) next.add(device);
      onChoose(next);
    },
    [onChoose],
  );
  return (
    <PlainTable
      label={t('scoreboard:title')}
      columns={columns.map((name) => ({
        name,
        label: t(`scoreboard:column.${name}`),
        startsDown: STARTS_DOWN.has(name),
      }))}
      sorting={{ sort, onSort }}
      lead={
        <th scope="col" className={plain.check}>
          <input
            type="checkbox"
            aria-label={t('scoreboard:chooseAll')}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && rows.some((row) => chosen.has(row.device));
            }}
            onChange={() => onChoose(new Set(all ? [] : rows.map((row) => row.device)))}
          />
        </th>
      }
    >
      {rows.map((row) => (
        <Row
          key={row.device}
          row={row}
          now={now}
          words={words}
          chosen={chosen.has(row.device)}
          onToggle={toggle}
        />
      ))}
    </PlainTable>
  );
}

const TONES = {
  never: 'neutral',
  stale: 'bad',
  ageing: 'warn',
  fresh: 'good',
} as const satisfies Record<Freshness, ToneName>;

interface RowProps {
  readonly row: SiteRow;
  readonly now: number;
  readonly words: Words;
  readonly chosen: boolean;
  readonly onToggle: (device: string) => void;
}

interface Words {
  readonly t: TFunction;
  readonly locale: string;
  readonly count: (count: number) => string;
}

function wordsOf(t: TFunction, locale: string): Words {
  const format = new Intl.NumberFormat(locale);
  return { t, locale, count: (count) => format.format(count) };
}

const Row = memo(function Row({ row, now, words, chosen, onToggle }: RowProps) {
  const { t, locale } = words;
  const age = row.newsAt === undefined ? '' : ageText(Math.max(0, now - row.newsAt), locale);
  return (
    <tr data-chosen={chosen || undefined}>
      <td className={plain.check}>
        <input
          type="checkbox"
          aria-label={t('scoreboard:choose', { name: row.name })}
          checked={chosen}
          onChange={() => onToggle(row.device)}
        />
      </td>
      <th scope="row">
        {row.name}
        {row.holder && <small>{row.holder}</small>}
        {row.revoked && <Tone tone="bad">{t('scoreboard:revoked')}</Tone>}
      </th>
      <td>{row.site || '—'}</td>
      <td>
        <Tone tone={TONES[row.freshness]}>{t(`scoreboard:freshness.${row.freshness}`)}</Tone>
        {age && <small>{t('scoreboard:age', { age })}</small>}
      </td>
      {when(row.lastIn, row.peer?.lastIn?.number, t)}
      {when(row.lastOut, row.peer?.lastOut?.number, t)}
      {row.revoked ? <td className={plain.none}>—</td> : counted(row.undelivered, 'warn', words)}
      {counted(row.missing, 'bad', words)}
      {counted(row.conflicts, 'bad', words)}
      {counted(row.attachments, 'warn', words)}
      <td>{readinessText(row, t) || '—'}</td>
    </tr>
  );
});

function when(at: number | undefined, number: number | undefined, t: TFunction) {
  if (at === undefined) return <td className={plain.none}>—</td>;
  return (
    <td className={plain.number} title={localTime(at)}>
      {localDay(at)}
      {number ? <small>{t('exchange:number', { number })}</small> : null}
    </td>
  );
}

/** Nothing to do looks like nothing; a number that asks for something stands out. */
function counted(count: number, tone: ToneName, words: Words) {
  if (count === 0) return <td className={`${plain.number} ${plain.none}`}>0</td>;
  return (
    <td className={plain.number}>
      <Tone tone={tone}>{words.count(count)}</Tone>
    </td>
  );
}
