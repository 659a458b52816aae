/** How far work on many files is: over all of them, and the one at hand where it is large enough to be seen. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ManyProgress } from '../../exchange/readMany';
import classes from './exchange.module.css';

interface FilesProgressProps {
  readonly doing?: string;
  readonly progress: ManyProgress | undefined;
  /** What cancelling leaves behind. */
  readonly help: string;
  readonly onCancel: () => void;
}

export function FilesProgress({ doing, progress, help, onCancel }: FilesProgressProps) {
  const { t } = useTranslation();
  const { done = 0, total = 0, name, report } = progress ?? {};
  const part = report?.total ? report.done / report.total : 0;
  return (
    <Stack gap="xs" py="md">
      <Text size="sm" role="status">
        {doing}
        {total > 0 && ` ${t('folder:ofFiles', { done, total })}`}
      </Text>
      <Progress
        value={total ? (done / total) * 100 : 100}
        animated={!total}
        striped={!total}
        aria-label={t('folder:overall')}
      />
      <Group justify="space-between" wrap="nowrap" mih={22}>
        <span className={classes.fileName}>{name}</span>
        <Text size="xs" c="dimmed">
          {report && t(`exchange:stage.${report.stage}`)}
          {part > 0 && ` ${Math.round(part * 100)} %`}
        </Text>
      </Group>
      <Progress size="xs" value={part * 100} aria-label={t('folder:thisFile')} />
      <Group justify="space-between" mt="xs">
        <Text size="sm" c="dimmed">
          {help}
        </Text>
        <Button variant="default" size="sm" onClick={onCancel}>
          {t('exchange:cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
