/** Who wrote the file, whether that is proven, when, and how much of it is new. */
import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '../../../../shared/exchange/plan';
import { arrivingIn } from '../../../exchange/arrivingIn';
import { useVault } from '../../../app/vaultContext';
import type { ReadyImport } from '../../../exchange/importFile';
import { localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { deviceName, sizeText } from '../deviceNames';
import { sentences } from '../../../ui/sentences';

const TONES = { proven: 'good', self: 'neutral', revoked: 'bad', unproven: 'warn' } as const;

export function ReportHead({ ready }: { readonly ready: ReadyImport }) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const { plan } = ready;
  const { manifest } = plan;
  const name = manifest.from.name || deviceName(vault, manifest.from.replica, t);
  const { number } = manifest.chain;
  const fresh = plan.changes.length - plan.drained;
  const coming = arrivingIn(vault, plan);
  return (
    <div>
      <Group gap="xs">
        <Text fw={600}>
          {number > 0
            ? t('exchange:in.from', { name, number })
            : t('exchange:in.fromNew', { name })}
        </Text>
        {/* Without an organisation there is nobody whose signature could prove anything. */}
        {plan.roster && (
          <Tone tone={TONES[plan.sender]}>{t(`exchange:in.sender.${plan.sender}`)}</Tone>
        )}
        <Tone tone="neutral">{t(`exchange:type.${manifest.type}`)}</Tone>
        {manifest.seal === 'clear' && <Tone tone="warn">{t('exchange:in.unsealed')}</Tone>}
        <Text size="sm" c="dimmed">
          {t('exchange:in.written', { when: localTime(manifest.createdAt) })}
        </Text>
      </Group>
      <Text size="sm">
        {sentences(
          i18n.language,
          fresh > 0
            ? t('exchange:in.lead', { count: fresh })
            : nothingNew(plan) && coming.count === 0 && t('exchange:in.leadNone'),
          plan.drained > 0 && t('exchange:in.drained', { count: plan.drained }),
          coming.count > 0 &&
            t('exchange:in.attachments', {
              count: coming.count,
              size: sizeText(coming.size, i18n.language),
            }),
          coming.missing > 0 && t('exchange:in.attachmentsMissing', { count: coming.missing }),
        )}
      </Text>
      {plan.rosterNews === 'newer' && plan.carried && (
        <Text size="sm">
          {t('exchange:in.roster.newer', { version: plan.carried.roster.version })}
        </Text>
      )}
      {plan.rosterNews === 'older' && plan.sender !== 'revoked' && (
        <Text size="sm" c="dimmed">
          {t('exchange:in.roster.older', { name })}
        </Text>
      )}
    </div>
  );
}

/** As opposed to: all of it waits. */
const nothingNew = (plan: ImportPlan): boolean =>
  plan.gaps.length === 0 && plan.quarantined === 0 && plan.waiting === 0;
