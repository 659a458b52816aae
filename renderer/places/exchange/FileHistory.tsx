/** Every file that came or went, newest first. */
import { Group, Table, Text, Title } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../app/vaultContext';
import type { ExchangeEntry } from '../../store/exchangeStore';
import { localTime } from '../../ui/times';
import { deviceName, listText, sizeText } from './deviceNames';
import classes from './exchange.module.css';

const SHOWN = 200;
const COLUMNS = ['direction', 'when', 'who', 'type', 'changes', 'size', 'result', 'name'] as const;

export function FileHistory() {
  const { t } = useTranslation();
  const entries = useVault().exchange.entries();
  return (
    <section className={classes.panel} aria-labelledby="exchange-files">
      <Title order={2} size="h5" id="exchange-files" mb={6}>
        {t('exchange:history.title')}
      </Title>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('exchange:history.empty')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={860} type="native">
          <Table aria-labelledby="exchange-files">
            <Table.Thead>
              <Table.Tr>
                {COLUMNS.map((column) => (
                  <Table.Th key={column} className={classes.number ?? ''}>
                    {t(`exchange:history.${column}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.slice(0, SHOWN).map((entry) => (
                <FileRow key={`${entry.direction} ${entry.id}`} entry={entry} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function FileRow({ entry }: { readonly entry: ExchangeEntry }) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const incoming = entry.direction === 'in';
  const Icon = incoming ? IconArrowDownLeft : IconArrowUpRight;
  const who = entry.peer
    ? deviceName(vault, entry.peer, t)
    : entry.peers
      ? t('exchange:history.several', { count: entry.peers.length })
      : entry.type === 'extract'
        ? t('exchange:history.outside')
        : t(incoming ? 'exchange:history.own' : 'exchange:history.new');
  return (
    <Table.Tr>
      <Table.Td className={classes.number ?? ''}>
        <Group gap={6} wrap="nowrap">
          <Icon size={15} aria-hidden />
          {t(`exchange:history.${entry.direction}`)}
        </Group>
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>{localTime(entry.at)}</Table.Td>
      <Table.Td className={classes.who ?? ''}>
        {who}
        {entry.number > 0 && (
          <Text span size="xs" c="dimmed" className={classes.number ?? ''}>
            {' '}
            {t('exchange:number', { number: entry.number })}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>{t(`exchange:type.${entry.type}`)}</Table.Td>
      <Table.Td className={classes.number ?? ''}>
        {entry.changes.toLocaleString(i18n.language)}
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>{sizeText(entry.bytes, i18n.language)}</Table.Td>
      <Table.Td>{incoming ? <Outcome report={entry.report ?? {}} /> : '—'}</Table.Td>
      <Table.Td className={classes.fileName ?? ''}>{entry.name}</Table.Td>
    </Table.Tr>
  );
}

const PARTS = ['new', 'changed', 'deleted', 'conflicting', 'waiting', 'quarantined'] as const;

function Outcome({ report }: { readonly report: Readonly<Record<string, number>> }) {
  const { t, i18n } = useTranslation();
  const parts = PARTS.filter((part) => (report[part] ?? 0) > 0).map((part) =>
    t(`exchange:report.${part}`, { count: report[part] ?? 0 }),
  );
  return <>{listText(parts, i18n.language) || t('exchange:report.nothing')}</>;
}
