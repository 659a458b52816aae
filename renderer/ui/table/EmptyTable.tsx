/** No rows: says why, and what to do next. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { KindDef } from '../../../shared/kinds/define';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../labels';
import { KindIcon } from '../KindIcon';
import classes from '../ui.module.css';

interface EmptyTableProps {
  readonly kind: KindDef;
  readonly reason: 'none' | 'noneDeleted' | 'filtered';
  onClear(): void;
}

export function EmptyTable({ kind, reason, onClear }: EmptyTableProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [, navigate] = useLocation();
  const { isWriter } = useVault();
  const names = { kind: labels.kindInText(kind.name), plural: labels.pluralInText(kind.name) };
  return (
    <Stack className={classes.panel ?? ''} align="center" gap="sm" py={56}>
      <KindIcon kind={kind.name} size={40} stroke={1.2} color="var(--mantine-color-dimmed)" />
      <Text fw={600}>{t(`table:emptyTitle.${reason}`, names)}</Text>
      <Text size="sm" c="dimmed" maw={520} ta="center">
        {t(`table:emptyText.${reason}`, names)}
      </Text>
      {reason === 'filtered' && (
        <Button size="xs" variant="default" onClick={onClear}>
          {t('table:clearFilters')}
        </Button>
      )}
      {reason === 'none' && (
        <Group gap="xs">
          <Button
            size="xs"
            leftSection={<IconPlus size={15} />}
            disabled={!isWriter()}
            onClick={() => navigate(paths.create(kind.name))}
          >
            {t('table:createFirst', names)}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileImport size={15} />}
            disabled={!isWriter()}
            onClick={() => navigate(paths.importSheet)}
          >
            {t('table:importSheet')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
