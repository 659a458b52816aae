/** One card per device: what came, what went, what it has not confirmed, what is missing here. */
import { Button, Group, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBuilding,
  IconCircleCheck,
  IconDeviceLaptop,
  IconFileExport,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { missingCount } from '../../../../shared/log/vector';
import { deviceOf } from '../../../../shared/trust/device';
import { revocationOf } from '../../../../shared/trust/roster';
import { ageText } from '../../../app/age';
import { useNow } from '../../../app/useNow';
import { useVault } from '../../../app/vaultContext';
import type { Peer } from '../../../store/exchangeStore';
import { localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { deviceName } from '../deviceNames';
import classes from '../exchange.module.css';
import { isStale } from './peerGaps';

const HOUR = 3_600_000;

interface PeerCardsProps {
  readonly peers: readonly Peer[];
  readonly onExport: (peer: Peer) => void;
  readonly onDetails: (peer: Peer) => void;
}

export function PeerCards({ peers, onExport, onDetails }: PeerCardsProps) {
  return (
    <div className={classes.peers}>
      {peers.map((peer) => (
        <PeerCard
          key={peer.replica}
          peer={peer}
          onExport={() => onExport(peer)}
          onDetails={() => onDetails(peer)}
        />
      ))}
    </div>
  );
}

interface PeerCardProps {
  readonly peer: Peer;
  readonly onExport: () => void;
  readonly onDetails: () => void;
}

function PeerCard({ peer, onExport, onDetails }: PeerCardProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const name = deviceName(vault, peer.replica, t);
  const have = vault.projection.have();
  const unconfirmed = missingCount(peer.have, have);
  const missing = missingCount(have, peer.have);
  const revoked = revocationOf(vault.trust.roster(), deviceOf(peer.replica)) !== undefined;
  const now = useNow(HOUR);
  const stale = !revoked && isStale(peer, now);
  const Icon = peer.role === 'hq' ? IconBuilding : IconDeviceLaptop;
  return (
    <article
      className={`${classes.panel} ${classes.peer}`}
      aria-label={t('exchange:peers.label', { name })}
    >
      <Group gap="xs" wrap="nowrap">
        <Icon size={18} stroke={1.6} aria-hidden />
        <Text fw={600} style={{ flex: 1, minWidth: 0 }} truncate>
          {name}
        </Text>
        {revoked ? (
          <Tone tone="bad">{t('exchange:peer.revoked')}</Tone>
        ) : (
          <Tone tone="neutral">{t(`exchange:role.${peer.role}`)}</Tone>
        )}
      </Group>
      <dl className={classes.facts} style={{ margin: 0 }}>
        <dt>{t('exchange:peers.in')}</dt>
        <dd>
          <LastFile last={peer.lastIn} />
        </dd>
        <dt>{t('exchange:peers.out')}</dt>
        <dd>
          <LastFile last={peer.lastOut} />
        </dd>
      </dl>
      <div>
        {!revoked && (
          <Status
            good={unconfirmed === 0}
            text={
              unconfirmed
                ? t('exchange:peers.unconfirmed', { count: unconfirmed })
                : t('exchange:peers.confirmed')
            }
          />
        )}
        <Status
          good={missing === 0}
          text={
            missing ? t('exchange:peers.miss', { count: missing }) : t('exchange:peers.missNone')
          }
        />
        {stale && <Status good={false} text={t('exchange:peer.stale')} />}
      </div>
      <Group justify="flex-end" gap="xs" mt="auto">
        <Button
          size="xs"
          variant="subtle"
          aria-label={t('exchange:peer.details', { name })}
          onClick={onDetails}
        >
          {t('exchange:peer.more')}
        </Button>
        <Button
          size="xs"
          variant={unconfirmed ? 'light' : 'default'}
          disabled={revoked || !vault.isWriter()}
          leftSection={<IconFileExport size={15} aria-hidden />}
          aria-label={t('exchange:exportTo', { name })}
          onClick={onExport}
        >
          {t('exchange:exportShort')}
        </Button>
      </Group>
    </article>
  );
}

interface Last {
  readonly number: number;
  readonly at: number;
  readonly shared?: boolean;
}

function LastFile({ last }: { readonly last: Last | undefined }) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  if (!last)
    return (
      <Text span inherit c="dimmed">
        {t('exchange:peers.never')}
      </Text>
    );
  const ago = t('exchange:peers.ago', { age: ageText(now - last.at, i18n.language) });
  return (
    <Tooltip label={localTime(last.at)}>
      <span>
        {last.number > 0 && !last.shared && `${t('exchange:number', { number: last.number })} · `}
        {ago}
      </span>
    </Tooltip>
  );
}

function Status({ good, text }: { readonly good: boolean; readonly text: string }) {
  const Icon = good ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={classes.status} data-tone={good ? 'good' : 'warn'}>
      <Icon size={15} stroke={1.8} aria-hidden />
      <span>{text}</span>
    </div>
  );
}
