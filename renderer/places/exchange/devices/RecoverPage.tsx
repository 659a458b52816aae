/** Headquarters is gone: whoever holds the recovery key makes this device headquarters. */
import { useRef, useState } from 'react';
import { Alert, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import type { Refusal } from '../../../../shared/result';
import { useHost, useVault } from '../../../app/vaultContext';
import type { ProgressReport } from '../../../exchange/engine';
import { recoverFromFile, recoverHere } from '../../../exchange/enrol';
import { EXTENSION } from '../../../exchange/exportFile';
import { ProgressView } from '../ProgressView';
import { RefusalNote } from '../RefusalNote';
import classes from './devices.module.css';
import { sentences } from '../../../ui/sentences';

type State =
  | { readonly step: 'form'; readonly refusal?: Refusal }
  | { readonly step: 'working'; readonly report?: ProgressReport }
  | { readonly step: 'done'; readonly changes: number };

export function RecoverPage({ onBack }: { readonly onBack: () => void }) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const host = useHost();
  /** A member has the roster; a new device takes it from a file. */
  const [fromFile] = useState(vault.trust.roster() === undefined);
  const [key, setKey] = useState('');
  const [file, setFile] = useState<OpenedFile>();
  const [state, setState] = useState<State>({ step: 'form' });
  const running = useRef<AbortController>(undefined);

  async function choose(): Promise<void> {
    const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
    const opened = await host.openFiles({ filters, multiple: false });
    if (!opened.ok) setState({ step: 'form', refusal: opened.refusal });
    else if (opened.value[0]) setFile(opened.value[0]);
  }

  async function recover(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working' });
    const done = file
      ? await recoverFromFile(vault, file, key, {
          signal: controller.signal,
          onProgress: (report) => setState({ step: 'working', report }),
        })
      : await recoverHere(vault, key);
    if (!done.ok) setState({ step: 'form', refusal: done.refusal });
    else setState({ step: 'done', changes: done.value?.changes ?? 0 });
  }

  return (
    <Stack gap="md" maw={680} mx="auto" pb="xl">
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          ml={-8}
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          {t('ui:back')}
        </Button>
        <Title order={1} size="h2" mt="xs">
          {t('devices:recover.title')}
        </Title>
        <Text c="dimmed" mt={4}>
          {t('devices:recover.lead')}
        </Text>
      </div>
      {state.step === 'done' ? (
        <Alert
          color="green"
          icon={<IconCircleCheck aria-hidden />}
          title={t('devices:recover.done')}
          role="status"
        >
          <Stack gap="sm" align="flex-start">
            <span>
              {sentences(
                i18n.language,
                fromFile && t('devices:recover.applied', { count: state.changes }),
                t('devices:recover.next'),
              )}
            </span>
            <Button size="sm" onClick={onBack}>
              {t('devices:recover.toDevices')}
            </Button>
          </Stack>
        </Alert>
      ) : state.step === 'working' ? (
        <Paper withBorder p="lg">
          <ProgressView report={state.report} onCancel={() => running.current?.abort()} />
        </Paper>
      ) : (
        <Paper withBorder p="lg">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void recover();
            }}
          >
            <Stack gap="md">
              {fromFile && (
                <div>
                  <Text size="sm" fw={600}>
                    {t('devices:recover.file')}
                  </Text>
                  <Text size="xs" c="dimmed" mb={6}>
                    {t('devices:recover.fileHelp')}
                  </Text>
                  <Group gap="sm">
                    <Button
                      variant="default"
                      leftSection={<IconFileImport size={16} aria-hidden />}
                      onClick={() => void choose()}
                    >
                      {t('devices:recover.choose')}
                    </Button>
                    {file && <span className={classes.mono}>{file.name}</span>}
                  </Group>
                </div>
              )}
              <Textarea
                label={t('devices:recover.key')}
                description={t('devices:recover.keyHelp')}
                classNames={{ input: classes.mono ?? '' }}
                autosize
                minRows={2}
                autoComplete="off"
                spellCheck={false}
                value={key}
                onChange={(event) => setKey(event.currentTarget.value)}
                required
              />
              <RefusalNote refusal={state.refusal} />
              <Group justify="flex-end">
                <Button
                  type="submit"
                  disabled={!key.trim() || (fromFile && !file) || !vault.isWriter()}
                >
                  {t('devices:recover.button')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Paper>
      )}
    </Stack>
  );
}
