/** The exchange place of a device that shows an extract: a newer one, or none at all. */
import { useState } from 'react';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { showRefusal } from '../../../app/notices';
import { useVault } from '../../../app/vaultContext';
import exchange from '../exchange.module.css';
import { OpenExtract } from './OpenExtract';
import classes from './extract.module.css';

export function ExtractPlace() {
  const { t } = useTranslation();
  const vault = useVault();
  const about = vault.extract.about();
  const [opening, open] = useDisclosure(false);
  return (
    <Stack gap="md" pb="xl" maw={760}>
      <Title order={1} size="h3">
        {t('exchange:extract.title')}
      </Title>
      {opening ? (
        <OpenExtract onBack={open.close} />
      ) : (
        <section className={classes.panel}>
          <Stack gap="sm">
            <Text size="sm">{t('exchange:extract.about', { name: about?.from.name ?? '' })}</Text>
            <span className={exchange.fileName}>{about?.fileName}</span>
            <div>
              <Button size="sm" onClick={open.open}>
                {t('exchange:extract.newer')}
              </Button>
            </div>
          </Stack>
        </section>
      )}
      <Forget />
    </Stack>
  );
}

function Forget() {
  const { t } = useTranslation();
  const vault = useVault();
  const [sure, setSure] = useState(false);
  async function forget(): Promise<void> {
    const done = await vault.extract.forget();
    if (!done.ok) showRefusal(done.refusal);
  }
  return (
    <section className={classes.panel}>
      <Stack gap="sm">
        <Text size="sm">{t('exchange:extract.forgetHelp')}</Text>
        {sure ? (
          <Group gap="xs">
            <Button size="sm" color="red" onClick={() => void forget()}>
              {t('exchange:extract.forgetSure')}
            </Button>
            <Button size="sm" variant="default" onClick={() => setSure(false)}>
              {t('exchange:cancel')}
            </Button>
          </Group>
        ) : (
          <div>
            <Button size="sm" variant="default" onClick={() => setSure(true)}>
              {t('exchange:extract.forget')}
            </Button>
          </div>
        )}
      </Stack>
    </section>
  );
}
