/** In the report of a file that enrols this device: whose organisation it is, and what it lets us do. */
import { Alert, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '../../../../shared/exchange/plan';
import { deviceOf } from '../../../../shared/trust/device';
import { certificateOf } from '../../../../shared/trust/roster';
import { useVault } from '../../../app/vaultContext';
import { useLabels } from '../../../ui/labels';
import { localDay } from '../../../ui/times';
import { listText } from '../deviceNames';
import { shownKinds } from './kindChoice';
import { SpokenWords } from './SpokenWords';
import { useOrganisationCode } from './useCode';
import { sentences } from '../../../ui/sentences';

export function EnrolmentWelcome({ plan }: { readonly plan: ImportPlan }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const { roster } = plan;
  const code = useOrganisationCode(roster?.root);
  const certificate = certificateOf(roster, deviceOf(vault.device()?.replica ?? ''));
  if (!plan.enrols || !roster || !certificate) return null;
  const { role, kinds, until } = certificate;
  const may =
    kinds && role !== 'reader'
      ? listText(shownKinds(kinds).map(labels.pluralInText), labels.locale)
      : '';
  return (
    <Alert
      color="harbour"
      icon={<IconShieldCheck aria-hidden />}
      title={t('devices:welcome.title', { name: roster.name })}
    >
      <Stack gap="xs">
        <Text size="sm">
          {sentences(
            labels.locale,
            t('devices:welcome.grant', {
              holder: certificate.holder,
              role: t(`devices:role.${role}`),
            }),
            may !== '' && t('devices:welcome.kinds', { kinds: may }),
            until !== null && t('devices:welcome.until', { day: localDay(until) }),
          )}
        </Text>
        <Text size="sm">{t('devices:welcome.compare')}</Text>
        <SpokenWords code={code} label={t('devices:organisation.words')} />
      </Stack>
    </Alert>
  );
}
