/** How far the work is, and the way out of it. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProgressReport } from '../../exchange/engine';
import { sizeText } from './deviceNames';

/** Bytes: below, all is over before anybody has read how many there were. */
const WORTH_TELLING = 4 * 1024 * 1024;

interface ProgressViewProps {
  readonly report: ProgressReport | undefined;
  readonly onCancel?: () => void;
}

export function ProgressView({ report, onCancel }: ProgressViewProps) {
  const { t, i18n } = useTranslation();
  const percent = report?.total ? Math.round((report.done / report.total) * 100) : undefined;
  const size = (bytes: number) => sizeText(bytes, i18n.language);
  return (
    <Stack gap="xs" py="md">
      <Text size="sm" role="status">
        {t(`exchange:stage.${report?.stage ?? 'collect'}`, { ...report?.attachment })}
        {percent === undefined ? '…' : ` ${percent} %`}
      </Text>
      {report && report.total >= WORTH_TELLING && (
        <Text size="sm" c="dimmed">
          {t('exchange:progressBytes', { done: size(report.done), total: size(report.total) })}
        </Text>
      )}
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
