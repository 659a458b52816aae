/** Bringing in spreadsheets: file, content, columns, preview, result. */
import { Group, Stepper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ColumnsStep } from './ColumnsStep';
import { ContentStep } from './ContentStep';
import { FileStep } from './FileStep';
import classes from './Importer.module.css';
import { steps, useImporter } from './importerStore';
import { PreviewStep } from './PreviewStep';
import { ResultStep } from './ResultStep';

export function ImportPage() {
  const { t } = useTranslation();
  const step = useImporter((state) => state.step);
  const writing = useImporter((state) => state.writing);
  const go = useImporter((state) => state.go);
  const at = steps.indexOf(step);
  return (
    <div className={classes.page}>
      <Group justify="space-between" align="center" wrap="nowrap">
        <Title order={1} size="h3">
          {t('import:title')}
        </Title>
        <FilePosition />
      </Group>
      <Stepper
        size="xs"
        active={at}
        onStepClick={(index) => {
          const to = steps[index];
          if (to) go(to);
        }}
      >
        {steps.map((name, index) => (
          <Stepper.Step
            key={name}
            label={t(`import:steps.${name}`)}
            // Back to what was decided, never ahead; a finished import stays finished.
            allowStepSelect={index > 0 && index < at && step !== 'result' && writing === 'no'}
          />
        ))}
      </Stepper>
      <div className={classes.body}>
        {step === 'file' && <FileStep />}
        {step === 'content' && <ContentStep />}
        {step === 'columns' && <ColumnsStep />}
        {step === 'preview' && <PreviewStep />}
        {step === 'result' && <ResultStep />}
      </div>
    </div>
  );
}

function FilePosition() {
  const { t } = useTranslation();
  const { queue, at, step } = useImporter();
  const name = queue[at]?.file.name;
  if (!name || step === 'file') return null;
  return (
    <Text size="sm" c="dimmed" truncate>
      {queue.length > 1 && `${t('import:queue.of', { at: at + 1, count: queue.length })} · `}
      {name}
    </Text>
  );
}
