/** Whose roster this is: name, how old, and the words that tell it from any other organisation. */
import { useState } from 'react';
import { Alert, Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import { localTime } from '../../../ui/times';
import classes from './devices.module.css';
import { SpokenWords } from './SpokenWords';
import { useOrganisationCode } from './useCode';

export function OrganisationHead({ onNewKey }: { readonly onNewKey: () => void }) {
  const { t } = useTranslation();
  const vault = useVault();
  const roster = vault.trust.roster();
  const code = useOrganisationCode(roster?.root);
  const [asking, setAsking] = useState(false);
  const hq = vault.trust.certificate()?.role === 'hq';
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <Stack gap={6}>
        <div>
          <Title order={1} size="h3">
            {t('devices:title')}
          </Title>
          {roster && (
            <Text size="sm" c="dimmed">
              {t('devices:organisation.line', {
                name: roster.name,
                version: roster.version,
                when: localTime(roster.at),
              })}
            </Text>
          )}
        </div>
        {roster && (
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" c="dimmed">
              {t('devices:organisation.words')}
            </Text>
            <SpokenWords code={code} label={t('devices:organisation.words')} />
          </Group>
        )}
      </Stack>
      {hq && (
        <Button
          size="xs"
          variant="default"
          className={classes.screenOnly ?? ''}
          disabled={!vault.isWriter()}
          leftSection={<IconKey size={15} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('devices:newKey.button')}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('devices:newKey.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t('devices:newKey.text')}</Text>
          <Alert color="orange" title={t('devices:newKey.limits')}>
            <List size="sm" spacing={6}>
              {(['older', 'root', 'anew'] as const).map((limit) => (
                <List.Item key={limit}>{t(`devices:newKey.${limit}`)}</List.Item>
              ))}
            </List>
          </Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('ui:cancel')}
            </Button>
            <Button onClick={onNewKey} data-autofocus>
              {t('devices:newKey.make')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}
