/** The records of one tab of the report: which kind, which one, which field from what to what. */
import { createContext, useContext } from 'react';
import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Manifest } from '../../../../shared/exchange/manifest';
import type {
  DryRun,
  FieldReport,
  Outcome,
  RecordReport,
} from '../../../../shared/exchange/recordReport';
import { kindOf } from '../../../../shared/kinds/registry';
import { DELETED, LINK, parseDot, type Value } from '../../../../shared/log/change';
import { useVault } from '../../../app/vaultContext';
import { formatValue } from '../../../ui/formatValue';
import { KindIcon } from '../../../ui/KindIcon';
import { useLabels } from '../../../ui/labels';
import { localMinute } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { useFormat } from '../../../ui/useFormat';
import { deviceName } from '../deviceNames';
import classes from '../exchange.module.css';
import { sentences } from '../../../ui/sentences';

type Shown = Exclude<Outcome, 'unchanged'>;

/** Whose file it is: unknown here before its first one is applied. */
const Sender = createContext<Manifest['from'] | undefined>(undefined);

interface ReportRecordsProps {
  readonly dryRun: DryRun;
  readonly sender?: Manifest['from'] | undefined;
  readonly outcome: Shown;
}

export function ReportRecords({ dryRun, sender, outcome }: ReportRecordsProps) {
  const { t, i18n } = useTranslation();
  const { records, relations, items } = dryRun;
  const listed = items.filter((item) => item.outcome === outcome);
  const count = records[outcome] + (outcome === 'conflicting' ? relations.conflicting : 0);
  const links = outcome === 'conflicting' ? 0 : relations[outcome];
  return (
    <Sender value={sender}>
      {count === 0 && (
        <Text size="sm" c="dimmed" py="xs">
          {t(`exchange:in.none.${outcome}`)}
        </Text>
      )}
      <KindCounts dryRun={dryRun} outcome={outcome} />
      {(outcome === 'new' || outcome === 'deleted') && listed.length > 0 && (
        <ul className={classes.rows}>
          {listed.map((item) => (
            <li key={item.id}>
              <RecordName item={item} />
            </li>
          ))}
        </ul>
      )}
      {(outcome === 'changed' || outcome === 'conflicting') && listed.length > 0 && (
        <FieldTable items={listed} conflict={outcome === 'conflicting'} />
      )}
      {(listed.length < count || links > 0) && (
        <Text size="sm" c="dimmed" mt="xs">
          {sentences(
            i18n.language,
            listed.length < count && t('exchange:in.shown', { shown: listed.length, count }),
            links > 0 && t('exchange:in.relations', { count: links }),
          )}
        </Text>
      )}
    </Sender>
  );
}

function KindCounts({ dryRun, outcome }: ReportRecordsProps) {
  const labels = useLabels();
  const counts = Object.entries(dryRun.kinds).filter(([, by]) => by[outcome] > 0);
  if (counts.length < 2) return null;
  return (
    <div className={classes.counts}>
      {counts.map(([kind, by]) => (
        <Tone key={kind} tone="neutral">
          {labels.plural(kind)} {by[outcome].toLocaleString(labels.locale)}
        </Tone>
      ))}
    </div>
  );
}

function RecordName({ item }: { readonly item: RecordReport }) {
  const labels = useLabels();
  return (
    <Group gap={6} wrap="nowrap" align="baseline" component="span">
      <KindIcon kind={item.kind} className={classes.recordIcon ?? ''} />
      <span>
        <Text span inherit fw={500}>
          {item.title}
        </Text>{' '}
        <Text span size="xs" c="dimmed">
          {item.kind === LINK ? '' : labels.kind(item.kind)}
        </Text>
      </span>
    </Group>
  );
}

interface FieldTableProps {
  readonly items: readonly RecordReport[];
  readonly conflict: boolean;
}

function FieldTable({ items, conflict }: FieldTableProps) {
  const { t } = useTranslation();
  return (
    <Table
      layout="fixed"
      withRowBorders
      verticalSpacing={5}
      fz="sm"
      className={classes.fields ?? ''}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="26%">{t('exchange:in.record')}</Table.Th>
          <Table.Th w="18%">{t('exchange:in.field')}</Table.Th>
          <Table.Th>{t('exchange:in.before')}</Table.Th>
          <Table.Th>{t(conflict ? 'exchange:in.values' : 'exchange:in.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) =>
          item.fields.map((field, i) => (
            <Table.Tr key={`${item.id} ${field.field}`}>
              {i === 0 && (
                <Table.Td rowSpan={item.fields.length}>
                  <RecordName item={item} />
                </Table.Td>
              )}
              <FieldCells kind={item.kind} field={field} />
            </Table.Tr>
          )),
        )}
      </Table.Tbody>
    </Table>
  );
}

function FieldCells({ kind, field }: { readonly kind: string; readonly field: FieldReport }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const deleted = field.field === DELETED;
  return (
    <>
      <Table.Td>{deleted ? t('exchange:in.isDeleted') : labels.field(kind, field.field)}</Table.Td>
      <Table.Td className={classes.before ?? ''}>
        <Shown kind={kind} field={field.field} value={field.before} />
      </Table.Td>
      <Table.Td>
        {field.heads.length ? (
          <Heads kind={kind} field={field} />
        ) : (
          <Shown kind={kind} field={field.field} value={field.after} />
        )}
      </Table.Td>
    </>
  );
}

function Heads({ kind, field }: { readonly kind: string; readonly field: FieldReport }) {
  const { t } = useTranslation();
  const vault = useVault();
  const sender = useContext(Sender);
  const author = (replica: string) =>
    (sender?.replica === replica && sender.name) || deviceName(vault, replica, t);
  return (
    <>
      {field.heads.map((head) => (
        <div key={head.dot} className={classes.head}>
          <Shown kind={kind} field={field.field} value={head.value} />
          <Text size="xs" c="dimmed">
            {author(parseDot(head.dot).r)} ·{' '}
            <span className={classes.number}>{localMinute(head.at)}</span>
          </Text>
        </div>
      ))}
    </>
  );
}

interface ShownProps {
  readonly kind: string;
  readonly field: string;
  readonly value: Value;
}

function Shown({ kind: name, field, value }: ShownProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = kindOf(name);
  if (field === DELETED) {
    return <>{t(value ? 'exchange:in.yes' : 'exchange:in.no')}</>;
  }
  const text = kind ? formatValue(format, kind, field, value) : '';
  return text ? (
    <span className={classes.value}>{text}</span>
  ) : (
    <span className={classes.before}>{t('exchange:in.empty')}</span>
  );
}
