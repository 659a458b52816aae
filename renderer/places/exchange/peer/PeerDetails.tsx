/** Everything about one device: what it has not confirmed, what we miss of it, and what to do. */
import { useState } from 'react';
import { Alert, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LINK } from '../../../../shared/log/change';
import { missingCount } from '../../../../shared/log/vector';
import { deviceOf } from '../../../../shared/trust/device';
import { revocationOf } from '../../../../shared/trust/roster';
import { useNow } from '../../../app/useNow';
import { useVault } from '../../../app/vaultContext';
import type { ExportContent } from '../../../exchange/exportFile';
import type { Peer } from '../../../store/exchangeStore';
import { useLabels } from '../../../ui/labels';
import { sentences } from '../../../ui/sentences';
import { localTime } from '../../../ui/times';
import { deviceName } from '../deviceNames';
import classes from '../exchange.module.css';
import { isStale, missingNumbers, missingRanges, uncoveredByKind } from './peerGaps';

interface PeerDetailsProps {
  readonly peer: Peer | undefined;
  readonly onClose: () => void;
  readonly onExport: (content?: ExportContent) => void;
  readonly onCompare: () => void;
}

const HOUR = 3_600_000;

export function PeerDetails({ peer, onClose, ...rest }: PeerDetailsProps) {
  const { t } = useTranslation();
  const vault = useVault();
  return (
    <Drawer
      opened={peer !== undefined}
      onClose={onClose}
      position="right"
      size={520}
      title={peer && deviceName(vault, peer.replica, t)}
      closeButtonProps={{ 'aria-label': t('exchange:close') }}
    >
      {peer && <Details peer={peer} {...rest} />}
    </Drawer>
  );
}

function Details({
  peer,
  onExport,
  onCompare,
}: Omit<PeerDetailsProps, 'onClose'> & { peer: Peer }) {
  const { t } = useTranslation();
  const vault = useVault();
  const now = useNow(HOUR);
  const revoked = revocationOf(vault.trust.roster(), deviceOf(peer.replica)) !== undefined;
  const writes = vault.isWriter() && !revoked;
  return (
    <Stack gap="md">
      {revoked && <Alert color="red">{t('exchange:peer.revokedText')}</Alert>}
      {!revoked && isStale(peer, now) && (
        <Alert color="orange" title={t('exchange:peer.stale')}>
          <Text size="sm">{t('exchange:peer.staleText')}</Text>
          <Button mt="xs" size="xs" disabled={!writes} onClick={() => onExport('snapshot')}>
            {t('exchange:peer.snapshot')}
          </Button>
        </Alert>
      )}
      {!revoked && <Unconfirmed peer={peer} />}
      <Missing peer={peer} />
      <Files peer={peer} />
      <Text size="sm" c="dimmed">
        {t('exchange:peer.relay')}
      </Text>
      <Group gap="xs">
        <Button size="xs" disabled={!writes} onClick={() => onExport()}>
          {t('exchange:exportShort')}
        </Button>
        <Button size="xs" variant="default" disabled={!writes} onClick={() => onExport('receipt')}>
          {t('exchange:peer.receipt')}
        </Button>
        <Button size="xs" variant="default" onClick={onCompare}>
          {t('exchange:compare.open')}
        </Button>
      </Group>
    </Stack>
  );
}

function Unconfirmed({ peer }: { readonly peer: Peer }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const [shown, setShown] = useState(false);
  const count = missingCount(peer.have, projection.have());
  const kinds = shown ? uncoveredByKind(projection, peer.have) : [];
  return (
    <section aria-labelledby="peer-unconfirmed">
      <Title order={3} size="h6" id="peer-unconfirmed">
        {t('exchange:peer.unconfirmed')}
      </Title>
      <Group gap="xs">
        <Text size="sm">
          {count ? t('exchange:peers.unconfirmed', { count }) : t('exchange:peers.confirmed')}
        </Text>
        {count > 0 && !shown && (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(true)}>
            {t('exchange:peer.byKind')}
          </Button>
        )}
      </Group>
      {kinds.length > 0 && (
        <ul className={classes.plain}>
          {kinds.map(({ kind, records }) => (
            <li key={kind}>
              {kind === LINK ? t('exchange:peer.relations') : labels.plural(kind)}
              {' · '}
              {records.toLocaleString(labels.locale)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Missing({ peer }: { readonly peer: Peer }) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const ranges = missingRanges(vault.projection.have(), peer.have);
  const waits = (replica: string) =>
    vault.exchange
      .waiting()
      .filter(({ reason, segment }) => reason === 'gap' && segment.replica === replica)
      .reduce((sum, { segment }) => sum + segment.to - segment.from + 1, 0);
  const numbers = missingNumbers(vault.exchange.entries(), peer);
  const name = deviceName(vault, peer.replica, t);
  return (
    <section aria-labelledby="peer-missing">
      <Title order={3} size="h6" id="peer-missing">
        {t('exchange:peer.missing')}
      </Title>
      {ranges.length + numbers.length === 0 && (
        <Text size="sm">{t('exchange:peers.missNone')}</Text>
      )}
      <ul className={classes.plain}>
        {ranges.map(({ replica, from, to }) => (
          <li key={replica}>
            {sentences(
              i18n.language,
              t(from === to ? 'exchange:peer.rangeSingle' : 'exchange:peer.range', {
                name: deviceName(vault, replica, t),
                from,
                to,
                count: to - from + 1,
              }),
              waits(replica) > 0 && t('exchange:peer.waits', { count: waits(replica) }),
            )}
          </li>
        ))}
        {numbers.map(({ from, to }) => (
          <li key={from}>
            {sentences(
              i18n.language,
              t(from === to ? 'exchange:in.missingFile' : 'exchange:in.missingFiles', {
                from,
                to,
                name,
              }),
              ranges.length === 0 && t('exchange:in.missingHarmless'),
            )}
          </li>
        ))}
      </ul>
      {ranges.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('exchange:peer.askAgain', { name })}
        </Text>
      )}
    </section>
  );
}

const SHOWN = 8;

function Files({ peer }: { readonly peer: Peer }) {
  const { t } = useTranslation();
  const { exchange } = useVault();
  const device = deviceOf(peer.replica);
  const theirs = exchange
    .entries()
    .filter((entry) =>
      [entry.peer, ...(entry.peers ?? [])].some((r) => r && deviceOf(r) === device),
    );
  return (
    <section aria-labelledby="peer-files">
      <Title order={3} size="h6" id="peer-files">
        {t('exchange:peer.files')}
      </Title>
      {theirs.length === 0 && <Text size="sm">{t('exchange:peers.never')}</Text>}
      <ul className={classes.plain}>
        {theirs.slice(0, SHOWN).map((entry) => (
          <li key={`${entry.direction} ${entry.id}`}>
            {[
              t(`exchange:history.${entry.direction}`),
              ...(entry.number > 0 ? [t('exchange:number', { number: entry.number })] : []),
              t(`exchange:type.${entry.type}`),
              localTime(entry.at),
            ].join(' · ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
