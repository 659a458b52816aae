/** How far the work is, and the way out of it. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProgressReport } from '../../exchange/engine';

interface ProgressViewProps {
  readonly report: ProgressReport | undefined;
  readonly onCancel?: () => void;
}

export function ProgressView({ report, onCancel }: ProgressViewProps) {
  const { t } = useTranslation();
  const percent = report?.total ? Math.round((report.done / report.total) * 100) : undefined;
  return (
    <Stack gap="xs" py="md">
      <Text size="sm" role="status">
        {t(`exchange:stage.${report?.stage ?? 'collect'}`)}
        {percent === undefined ? '…' : ` ${percent} %`}
      </Text>
      <Progress
        value={percent ?? 100}
        animated={percent === undefined}
        striped={percent === undefined}
        aria-label={t('exchange:progress')}
      />
      {onCancel && (
        <Group justify="flex-end" mt="xs">
          <Button variant="default" size="sm" onClick={onCancel}>
            {t('exchange:cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
