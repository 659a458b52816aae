/** Will the browser keep the vault when the disk gets full, and how much room is there? */
import { useEffect, useState } from 'react';
import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tone } from '../../ui/Tone';
import { useLocale } from '../locale';
import { askToKeep, storageState, type StorageState } from '../storage';
import { useHostInfo, useVault } from '../vaultContext';
import { Facts, Section } from './Section';

const MEGABYTE = 1e6;
const GIGABYTE = 1e9;

export function StorageSection() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { projection } = useVault();
  const { edition } = useHostInfo();
  const [state, setState] = useState<StorageState>();
  useEffect(() => {
    void show();
    async function show(): Promise<void> {
      setState(await storageState());
    }
  }, []);
  const size = (bytes: number) => {
    const big = bytes >= GIGABYTE;
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: big ? 'gigabyte' : 'megabyte',
      maximumFractionDigits: 1,
    }).format(bytes / (big ? GIGABYTE : MEGABYTE));
  };

  async function ask(): Promise<void> {
    await askToKeep();
    setState(await storageState());
  }

  return (
    <Section title={t('settings:storage.title')}>
      <Group gap="sm" mb="xs">
        {state && (
          <Tone tone={state.kept ? 'good' : 'warn'}>
            {t(state.kept ? 'settings:storage.kept' : 'settings:storage.notKept')}
          </Tone>
        )}
        {state && !state.kept && (
          <Button variant="default" size="compact-sm" onClick={() => void ask()}>
            {t('settings:storage.ask')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t(
          state?.kept || edition === 'desktop'
            ? 'settings:storage.keptText'
            : 'settings:storage.notKeptText',
        )}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t(`settings:storage.mark.${edition}`)}
      </Text>
      <Facts
        facts={[
          [t('settings:storage.records'), projection.size().toLocaleString(locale)],
          ...(state?.used !== undefined && state.quota !== undefined
            ? ([
                [
                  t('settings:storage.used'),
                  t('settings:storage.usedOf', {
                    used: size(state.used),
                    quota: size(state.quota),
                  }),
                ],
              ] as const)
            : []),
        ]}
      />
      {state?.used !== undefined && state.quota !== undefined && state.quota > 0 && (
        <Progress
          mt="sm"
          size="sm"
          value={(state.used / state.quota) * 100}
          aria-label={t('settings:storage.used')}
        />
      )}
    </Section>
  );
}
