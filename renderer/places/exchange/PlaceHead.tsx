/** What the place is for, and the doors in and out. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconFileExport, IconFileImport, IconFolderDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../app/vaultContext';
import { Tone } from '../../ui/Tone';
import classes from './exchange.module.css';

interface PlaceHeadProps {
  readonly onImport: () => void;
  readonly onImportMany: () => void;
  readonly onExport: () => void;
}

export function PlaceHead({ onImport, onImportMany, onExport }: PlaceHeadProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const readOnly = !vault.isWriter();
  const undelivered = vault.exchange.peers().length ? vault.exchange.undelivered() : 0;
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        <Group gap="sm">
          <Title order={1} size="h3">
            {t('exchange:title')}
          </Title>
          {undelivered > 0 && (
            <Tone tone="warn">{t('exchange:undelivered', { count: undelivered })}</Tone>
          )}
        </Group>
        <Text size="sm" c="dimmed" maw={640} className={classes.screenOnly ?? ''}>
          {t('exchange:lead')}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap" className={classes.screenOnly ?? ''}>
        <Button
          size="sm"
          variant="default"
          disabled={readOnly}
          leftSection={<IconFileImport size={16} aria-hidden />}
          onClick={onImport}
        >
          {t('exchange:import')}
        </Button>
        <Button
          size="sm"
          variant="default"
          disabled={readOnly}
          leftSection={<IconFolderDown size={16} aria-hidden />}
          onClick={onImportMany}
        >
          {t('folder:button')}
        </Button>
        <Button
          size="sm"
          disabled={readOnly}
          leftSection={<IconFileExport size={16} aria-hidden />}
          onClick={onExport}
        >
          {t('exchange:export')}
        </Button>
      </Group>
    </Group>
  );
}
