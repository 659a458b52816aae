/** What came in, what did not, and the way back. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconDownload,
  IconTableImport,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { refusedCsv } from '../../../shared/tabular/refused';
import type { Outcome } from '../../../shared/tabular/plan';
import { href } from '../../app/hashLocation';
import { useLocale } from '../../app/locale';
import { paths } from '../../app/paths';
import { showDone } from '../../app/notices';
import { showRefusal } from '../../app/useCommit';
import { useHost, useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { DuplicateList } from './DuplicateList';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';
import { QueueList } from './QueueList';
import { useNoteText } from './useNoteText';

const outcomes: readonly Outcome[] = ['create', 'update', 'unchanged', 'refused'];

export function ResultStep() {
  const { t } = useTranslation();
  const labels = useLabels();
  const locale = useLocale();
  const vault = useVault();
  const { plan, read, mapping, queue, at, undone, noteUndone, nextFile, reset } = useImporter();
  const kind = mapping?.as === 'records' ? mapping.kind : undefined;
  const saveRefused = useSaveRefused();
  if (!plan || !read) return null;
  const { counts } = plan;
  const name = queue[at]?.file.name ?? read.sheet.name;
  const step = vault.undoStep();
  // Undo takes back the last step; it is ours only until something else has been done.
  const mayUndo = !undone && plan.edits.length > 0 && step?.op === 'import' && step.label === name;
  const next = queue.find(({ state }) => state === 'waiting')?.file.name;

  async function undo() {
    const result = await vault.undo();
    if (result.ok) noteUndone();
    else showRefusal(result.refusal);
  }

  return (
    <Stack maw={900} mx="auto" gap="md">
      <Group gap="sm" wrap="nowrap" align="flex-start" role="status">
        <IconCircleCheck size={28} aria-hidden />
        <div>
          <Title order={2} size="h4">
            {undone
              ? t('import:result.undone', { name })
              : t(plan.edits.length ? 'import:result.done' : 'import:result.unchanged', { name })}
          </Title>
          <Text size="sm" c="dimmed" mt={4}>
            {outcomes
              .map((outcome) =>
                t('import:preview.count', {
                  name: t(`import:preview.outcome.${outcome}`),
                  value: counts[outcome].toLocaleString(locale),
                }),
              )
              .join(' · ')}
          </Text>
        </div>
      </Group>
      <Group gap="sm">
        {next ? (
          <Button onClick={() => void nextFile(vault)}>
            {t('import:result.nextFile', { name: next })}
          </Button>
        ) : (
          <Button leftSection={<IconTableImport size={16} aria-hidden />} onClick={reset}>
            {t('import:result.another')}
          </Button>
        )}
        {kind && !undone && (
          <Button variant="default" component="a" href={href(paths.kind(kind))}>
            {t('import:result.show', { kind: labels.plural(kind) })}
          </Button>
        )}
        {counts.refused > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void saveRefused()}
          >
            {t('import:result.refused', { count: counts.refused })}
          </Button>
        )}
        {mayUndo && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => void undo()}
          >
            {t('import:result.undo')}
          </Button>
        )}
      </Group>
      {!undone && <DuplicateList duplicates={plan.duplicates} />}
      <div className={classes.grow}>
        <QueueList />
      </div>
    </Stack>
  );
}

/** Saves the refused rows with their reasons, in the delimiter they came in. */
function useSaveRefused(): () => Promise<void> {
  const { t } = useTranslation();
  const host = useHost();
  const { plan, read, mapping } = useImporter();
  const noteText = useNoteText(mapping?.as === 'records' ? mapping.kind : undefined);
  return async () => {
    if (!plan || !read) return;
    const delimiter = read.format === 'text' ? read.delimiter : ',';
    const text = refusedCsv(read.sheet, plan.rows, delimiter, t('import:result.reason'), (row) =>
      row.reasons.map(noteText).join(' '),
    );
    const stem = read.sheet.name.replace(/\.[a-z]{3,4}$/iu, '');
    const saved = await host.saveFile({
      name: t('import:result.refusedName', { name: stem }),
      filters: [{ name: 'CSV', extensions: ['csv'] }],
      bytes: new TextEncoder().encode(text),
    });
    if (!saved.ok) showRefusal(saved.refusal);
    else if (saved.value) showDone(t('import:result.saved', { name: saved.value.name }));
  };
}
