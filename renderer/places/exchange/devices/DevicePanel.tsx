/** One device: its words and keys, what it may do, its files, and what headquarters can do about it. */
import type { ReactNode } from 'react';
import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileExport, IconPencil, IconReplace, IconUserX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { deviceOf } from '../../../../shared/trust/device';
import { useVault } from '../../../app/vaultContext';
import { useLabels } from '../../../ui/labels';
import plain from '../../../ui/PlainTable.module.css';
import { localDay, localTime } from '../../../ui/times';
import { listText } from '../deviceNames';
import { hasText, kindsText, roleText } from './deviceColumns';
import type { DeviceRow } from './deviceRows';
import { StateBadge } from './DeviceTable';
import classes from './devices.module.css';
import { shownKinds } from './kindChoice';
import { SpokenWords } from './SpokenWords';
import { useDeviceCode } from './useCode';

export type DeviceAct = 'regrant' | 'revoke' | 'replace' | 'answer';

interface DevicePanelProps {
  readonly row: DeviceRow | undefined;
  readonly onAct: (act: DeviceAct, row: DeviceRow) => void;
  readonly onClose: () => void;
}

export function DevicePanel({ row, onAct, onClose }: DevicePanelProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={row !== undefined}
      onClose={onClose}
      position="right"
      size={520}
      title={row?.name}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {row && (
        <Stack gap="lg">
          <Facts row={row} />
          <Actions row={row} onAct={onAct} />
          <Fingerprint row={row} />
          <Files row={row} />
        </Stack>
      )}
    </Drawer>
  );
}

function Facts({ row }: { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { roster } = useVault().trust;
  const { certificate, revocation } = row;
  const kinds = certificate?.kinds && shownKinds(certificate.kinds).map(labels.plural);
  const replaced = roster()?.devices.find(({ device }) => device === certificate?.replaces);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('devices:column.state'), <StateBadge key="state" row={row} />],
    [t('devices:column.holder'), row.holder],
    [t('devices:column.site'), row.site],
    [t('devices:column.role'), roleText(row, t)],
    [t('devices:column.kinds'), kinds?.length ? listText(kinds, labels.locale) : kindsText(row, t)],
    [t('devices:column.has'), hasText(row, t)],
    [t('devices:panel.from'), certificate ? localDay(certificate.from) : ''],
    [t('devices:panel.until'), certificate?.until ? localDay(certificate.until) : ''],
    [t('devices:panel.replaces'), replaced?.name ?? ''],
    [
      t('devices:panel.revoked'),
      revocation ? `${t(`devices:reason.${revocation.reason}`)}, ${localTime(revocation.at)}` : '',
    ],
    [
      t('devices:panel.last'),
      revocation ? t('devices:panel.lastCount', { count: sum(revocation.last) }) : '',
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value !== '' && (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const sum = (last: Readonly<Record<string, number>>): number =>
  Object.values(last).reduce((total, each) => total + each, 0);

function Actions({ row, onAct }: Omit<DevicePanelProps, 'onClose'> & { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  const vault = useVault();
  const say = (key: string) => (
    <Text size="sm" c="dimmed">
      {t(`devices:panel.${key}`)}
    </Text>
  );
  if (row.state === 'unenrolled') return say('unenrolled');
  if (vault.trust.certificate()?.role !== 'hq') return say('hqOnly');
  if (row.self) return say('ownDevice');
  if (row.revocation) return say('isRevoked');
  const disabled = !vault.isWriter();
  const acts = [
    ['answer', IconFileExport],
    ['regrant', IconPencil],
    ['replace', IconReplace],
    ['revoke', IconUserX],
  ] as const;
  return (
    <Group gap="xs">
      {acts.map(([act, Icon]) => (
        <Button
          key={act}
          size="xs"
          variant={act === 'revoke' ? 'light' : 'default'}
          {...(act === 'revoke' ? { color: 'red' } : {})}
          disabled={disabled}
          leftSection={<Icon size={15} aria-hidden />}
          onClick={() => onAct(act, row)}
        >
          {t(`devices:act.${act}`)}
        </Button>
      ))}
    </Group>
  );
}

function Fingerprint({ row }: { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  const keys = row.certificate?.keys;
  const code = useDeviceCode(row.device, keys);
  if (!keys) return null;
  return (
    <section aria-label={t('devices:words.device')}>
      <Title order={3} size="h6" mb={6}>
        {t('devices:words.device')}
      </Title>
      <SpokenWords code={code} label={t('devices:words.device')} compact />
      <dl className={classes.facts} style={{ marginTop: 10 }}>
        <dt>{t('devices:panel.sign')}</dt>
        <dd className={classes.mono}>{keys.sign}</dd>
        <dt>{t('devices:panel.box')}</dt>
        <dd className={classes.mono}>{keys.box}</dd>
        <dt>{t('devices:column.id')}</dt>
        <dd className={classes.mono}>{row.device}</dd>
      </dl>
    </section>
  );
}

const SHOWN = 30;

function Files({ row }: { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  const entries = useVault()
    .exchange.entries()
    .filter(({ peer }) => peer !== undefined && deviceOf(peer) === row.device);
  return (
    <section aria-label={t('devices:panel.files')}>
      <Title order={3} size="h6" mb={6}>
        {t('devices:panel.files')}
      </Title>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('devices:panel.noFiles')}
        </Text>
      ) : (
        <ul className={classes.rows}>
          {entries.slice(0, SHOWN).map((entry) => (
            <li key={`${entry.direction} ${entry.id}`}>
              <Group justify="space-between" wrap="nowrap" gap="sm">
                <span>
                  {t(`exchange:history.${entry.direction}`)} · {t(`exchange:type.${entry.type}`)}
                  {entry.number > 0 && ` · ${t('exchange:number', { number: entry.number })}`}
                </span>
                <span className={plain.number}>{localTime(entry.at)}</span>
              </Group>
              <span className={classes.mono}>{entry.name}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
