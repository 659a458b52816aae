/** Who has what, at a glance; and how much waits for somebody. */
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowsExchange, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import type { Peer } from '../../store/exchangeStore';
import { attentionLines } from './attention/attentionLines';
import classes from './exchange.module.css';
import { PeerCards } from './peer/PeerCards';

interface OverviewProps {
  readonly onImport: () => void;
  readonly onExport: (to?: string) => void;
  readonly onDetails: (peer: Peer) => void;
  readonly onCompare: () => void;
}

export function Overview({ onImport, onExport, onDetails, onCompare }: OverviewProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const peers = vault.exchange.peers().toSorted(byRoleAndName);
  return (
    <Stack gap="md">
      <AttentionSummary />
      {peers.length === 0 ? (
        <NoPeers onImport={onImport} onExport={() => onExport()} />
      ) : (
        <section aria-label={t('exchange:peers.title')}>
          <PeerCards
            peers={peers}
            onExport={(peer) => onExport(peer.replica)}
            onDetails={onDetails}
          />
          <Group mt="sm" gap="sm">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPhone size={15} aria-hidden />}
              onClick={onCompare}
            >
              {t('exchange:compare.open')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('exchange:compare.openHelp')}
            </Text>
          </Group>
        </section>
      )}
    </Stack>
  );
}

/** Headquarters first. */
const byRoleAndName = (a: Peer, b: Peer): number =>
  a.role === b.role ? a.name.localeCompare(b.name) : a.role === 'hq' ? -1 : 1;

function AttentionSummary() {
  const { t } = useTranslation();
  const lines = attentionLines(useVault());
  if (lines.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="exchange-attention">
      <Title order={2} size="h5" id="exchange-attention" mb={4}>
        {t('exchange:attention.title')}
      </Title>
      <ul className={classes.plain}>
        {lines.map(({ sort, count }) => (
          <li key={sort}>
            <Anchor
              size="sm"
              href={href(sort === 'conflicts' ? paths.review : paths.exchangeTab('attention'))}
            >
              {t(`exchange:attention.line.${sort}`, { count })}
            </Anchor>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NoPeersProps {
  readonly onImport: () => void;
  readonly onExport: () => void;
}

function NoPeers({ onImport, onExport }: NoPeersProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const role = vault.device()?.role ?? 'site';
  // With an organisation, laptops come by enrolment.
  const enrols = role === 'hq' && vault.trust.roster() !== undefined;
  return (
    <section className={classes.panel}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <IconArrowsExchange size={28} stroke={1.4} aria-hidden />
        <Stack gap="xs">
          <Title order={2} size="h5">
            {t(`exchange:empty.${role}.title`)}
          </Title>
          <Text size="sm" c="dimmed" maw={620}>
            {t(enrols ? 'exchange:empty.enrol' : `exchange:empty.${role}.text`)}
          </Text>
          <div>
            {enrols ? (
              <Button component="a" variant="light" size="sm" href={href(paths.devices)}>
                {t('exchange:tab.devices')}
              </Button>
            ) : (
              <Button
                variant="light"
                size="sm"
                disabled={!vault.isWriter()}
                onClick={role === 'hq' ? onExport : onImport}
              >
                {t(role === 'hq' ? 'exchange:export' : 'exchange:import')}
              </Button>
            )}
          </div>
        </Stack>
      </Group>
    </section>
  );
}
