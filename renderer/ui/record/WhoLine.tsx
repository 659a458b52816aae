/** Who wrote a value, when, on which device, and under which change request, drill or import. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../../shared/log/change';
import type { Stamp } from '../../../shared/log/record';
import { RecordLink } from '../RecordLink';
import { localTime } from '../times';
import { useDevices } from './useDevices';

interface WhoLineProps {
  readonly stamp: Stamp;
  /** Undefined while it is read, or when the log does not hold it any more. */
  readonly change: Change | undefined;
  readonly reading: boolean;
}

export function WhoLine({ stamp, change, reading }: WhoLineProps) {
  const { t } = useTranslation();
  const devices = useDevices();
  const why = change?.why;
  return (
    <Text size="xs" c="dimmed" component="div" aria-busy={reading || undefined}>
      {change ? `${change.by} · ` : ''}
      {localTime(stamp.t[0])} · {t('history:onDevice', { device: devices.name(stamp.r) })}
      {why && (why.label || why.op !== 'undo') && (
        <div>
          {t([`history:why.${why.op}`, 'history:why.other'])}
          {why.label ? ` · ${why.label}` : ''}
        </div>
      )}
      {why?.change && (
        <div>
          {t('history:underChange')} <RecordLink id={why.change} />
        </div>
      )}
      {why?.drill && (
        <div>
          {t('history:duringDrill')} <RecordLink id={why.drill} />
        </div>
      )}
    </Text>
  );
}
