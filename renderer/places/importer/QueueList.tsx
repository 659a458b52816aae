/** The files of one go, in the order they are taken. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tone } from '../../ui/Tone';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';

const tones = { done: 'good', skipped: 'neutral', waiting: 'info' } as const;

export function QueueList() {
  const { t } = useTranslation();
  const { queue } = useImporter();
  if (queue.length < 2) return null;
  return (
    <Stack gap={4} className={classes.panel} aria-label={t('import:queue.label')} role="list">
      {queue.map(({ file, state }, i) => (
        <Group key={`${i} ${file.name}`} role="listitem" gap="sm" wrap="nowrap">
          <Text size="sm" truncate className={classes.grow}>
            {file.name}
          </Text>
          <Tone tone={tones[state]}>{t(`import:queue.${state}`)}</Tone>
        </Group>
      ))}
    </Stack>
  );
}
