/** Whose organisation this device belongs to, and the words that prove both to whoever is on the phone. */
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { deviceOf } from '../../../shared/trust/device';
import { SpokenWords } from '../../places/exchange/devices/SpokenWords';
import { useDeviceCode, useOrganisationCode } from '../../places/exchange/devices/useCode';
import { localDay } from '../../ui/times';
import { href } from '../hashLocation';
import { paths } from '../paths';
import { useVault } from '../vaultContext';
import { Facts, Section } from './Section';

export function OrganisationSection() {
  const { t } = useTranslation();
  const { trust, device } = useVault();
  const roster = trust.roster();
  const certificate = trust.certificate();
  const replica = device()?.replica;
  const own = useDeviceCode(replica && deviceOf(replica), trust.keys());
  const organisation = useOrganisationCode(roster?.root);
  const until = certificate?.until;
  const facts = [
    ...(roster ? [[t('devices:settings.name'), roster.name] as const] : []),
    [t('devices:settings.standing'), t(`devices:settings.${trust.standing()}`)] as const,
    ...(certificate
      ? [[t('devices:settings.role'), t(`devices:role.${certificate.role}`)] as const]
      : []),
    ...(until ? [[t('devices:settings.until'), localDay(until)] as const] : []),
  ];
  return (
    <Section title={t('devices:settings.title')}>
      <Facts facts={facts} />
      {own && (
        <>
          <Text size="sm" c="dimmed" mt="sm" mb={4}>
            {t('devices:words.device')}
          </Text>
          <SpokenWords code={own} label={t('devices:words.device')} compact />
        </>
      )}
      {organisation && (
        <>
          <Text size="sm" c="dimmed" mt="sm" mb={4}>
            {t('devices:organisation.words')}
          </Text>
          <SpokenWords code={organisation} label={t('devices:organisation.words')} compact />
        </>
      )}
      {trust.standing() !== 'outsider' && (
        <Anchor size="sm" href={href(paths.devices)} mt="sm" display="inline-block">
          {t('devices:settings.link')}
        </Anchor>
      )}
    </Section>
  );
}
