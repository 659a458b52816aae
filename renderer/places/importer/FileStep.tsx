import { useState, type DragEvent } from 'react';
import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet, IconTableImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { refusalText } from '../../app/notices';
import { showRefusal } from '../../app/useCommit';
import { useHost, useVault } from '../../app/vaultContext';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';
import { QueueList } from './QueueList';

const EXTENSIONS = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm'];

export function FileStep() {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const { reading, refusal, queue, at, addFiles, callOff, skipFile } = useImporter();
  const [over, setOver] = useState(false);

  async function choose() {
    const result = await host.openFiles({
      filters: [{ name: t('import:file.filter'), extensions: EXTENSIONS }],
      multiple: true,
    });
    if (result.ok) await addFiles(vault, result.value);
    else showRefusal(result.refusal);
  }

  async function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files].map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    }));
    await addFiles(vault, await Promise.all(files));
  }

  if (reading) {
    return (
      <Group className={classes.panel} role="status">
        <Loader size="sm" />
        <Text className={classes.grow}>
          {t('import:file.reading', { name: queue[at]?.file.name })}
        </Text>
        <Button variant="default" size="sm" onClick={callOff}>
          {t('import:cancel')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack maw={900} mx="auto" gap="md">
      <Text>{t('import:file.lead')}</Text>
      {refusal && (
        <Alert color="red" title={queue[at]?.file.name} role="alert">
          <Group justify="space-between">
            <Text size="sm">{refusalText(refusal)}</Text>
            {queue.some(({ state }) => state === 'waiting') && (
              <Button size="xs" variant="default" onClick={() => void skipFile(vault)}>
                {t('import:queue.skip')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <IconFileSpreadsheet size={40} stroke={1.4} aria-hidden />
        <Text fw={600}>{t('import:file.drop')}</Text>
        <Text size="sm" c="dimmed">
          {t('import:file.dropHint')}
        </Text>
        <Button
          leftSection={<IconTableImport size={16} aria-hidden />}
          onClick={() => void choose()}
          data-autofocus
        >
          {t('import:file.choose')}
        </Button>
      </div>
      <QueueList />
      <Text size="sm" c="dimmed">
        {t('import:file.order')}
        <br />
        {t('import:file.safe')}
      </Text>
    </Stack>
  );
}
