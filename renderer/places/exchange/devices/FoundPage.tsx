/** A headquarters that was set up before devices had keys: make the organisation now. */
import { useState } from 'react';
import { Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { showRefusal } from '../../../app/notices';
import { useVault } from '../../../app/vaultContext';
import { foundOrganisation } from '../../../exchange/enrol';

interface FoundPageProps {
  readonly onRecover: () => void;
  readonly onMade: (recoveryKey: string) => void;
}

export function FoundPage({ onRecover, onMade }: FoundPageProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [name, setName] = useState(vault.device()?.name ?? '');
  const [working, setWorking] = useState(false);

  async function make(): Promise<void> {
    setWorking(true);
    const made = await foundOrganisation(vault, name.trim());
    setWorking(false);
    if (made.ok) onMade(made.value.recoveryKey);
    else showRefusal(made.refusal);
  }

  return (
    <Stack gap="md" maw={640} mx="auto" pb="xl">
      <div>
        <Title order={1} size="h2">
          {t('devices:found.title')}
        </Title>
        <Text c="dimmed" mt={4}>
          {t('devices:found.lead')}
        </Text>
      </div>
      <Paper withBorder p="lg">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) void make();
          }}
        >
          <Stack gap="md">
            <TextInput
              label={t('devices:found.name')}
              description={t('devices:found.nameHelp')}
              value={name}
              maxLength={60}
              required
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Text size="sm">{t('devices:found.laptops')}</Text>
            <Group justify="flex-end">
              <Button type="submit" loading={working} disabled={!name.trim() || !vault.isWriter()}>
                {t('devices:found.button')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
      <Text size="sm" c="dimmed">
        {t('devices:recover.askNew')}{' '}
        <Anchor component="button" type="button" size="sm" onClick={onRecover}>
          {t('devices:recover.link')}
        </Anchor>
      </Text>
    </Stack>
  );
}
