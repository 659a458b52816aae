/** A laptop that is not enrolled yet: ask headquarters, compare six words, open the answer. */
import { useState } from 'react';
import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { deviceOf } from '../../../../shared/trust/device';
import type { Refusal } from '../../../../shared/result';
import { paths } from '../../../app/paths';
import { useHost, useVault } from '../../../app/vaultContext';
import { writeRequest } from '../../../exchange/enrol';
import { RefusalNote } from '../RefusalNote';
import classes from './devices.module.css';
import { SpokenWords } from './SpokenWords';
import { useDeviceCode } from './useCode';

interface RequestPageProps {
  /** Headquarters is gone, and somebody holds the recovery key. */
  readonly onRecover: () => void;
}

export function RequestPage({ onRecover }: RequestPageProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [, navigate] = useLocation();
  const device = vault.device();
  const code = useDeviceCode(device && deviceOf(device.replica), vault.trust.keys());
  return (
    <Stack gap="md" maw={760} mx="auto" pb="xl">
      <div>
        <Title order={1} size="h2">
          {t('devices:request.title')}
        </Title>
        <Text c="dimmed" mt={4}>
          {t('devices:request.lead')}
        </Text>
      </div>
      <ol className={classes.steps}>
        <Paper component="li" withBorder p="md">
          <Title order={2} size="h5">
            {t('devices:request.write.title')}
          </Title>
          <Text size="sm" mb="sm">
            {t('devices:request.write.text')}
          </Text>
          <WriteRequest />
        </Paper>
        <Paper component="li" withBorder p="md">
          <Title order={2} size="h5">
            {t('devices:request.call.title')}
          </Title>
          <Text size="sm" mb="sm">
            {t('devices:request.call.text')}
          </Text>
          <SpokenWords code={code} label={t('devices:words.device')} large />
          <Text size="sm" c="dimmed" mt="sm">
            {t('devices:request.call.warning')}
          </Text>
        </Paper>
        <Paper component="li" withBorder p="md">
          <Title order={2} size="h5">
            {t('devices:request.open.title')}
          </Title>
          <Text size="sm" mb="sm">
            {t('devices:request.open.text')}
          </Text>
          <Button
            variant="default"
            disabled={!vault.isWriter()}
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => navigate(`${paths.exchange}?import=1`)}
          >
            {t('devices:request.open.button')}
          </Button>
        </Paper>
      </ol>
      <Text size="sm" c="dimmed">
        {t('devices:recover.ask')}{' '}
        <Anchor component="button" type="button" size="sm" onClick={onRecover}>
          {t('devices:recover.link')}
        </Anchor>
      </Text>
    </Stack>
  );
}

type Written = { readonly name: string } | { readonly refusal: Refusal } | { readonly gone: true };

function WriteRequest() {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<Written>();
  async function write(): Promise<void> {
    const saved = await writeRequest(vault, host, { filterName: t('exchange:filter') });
    if (!saved.ok) setState({ refusal: saved.refusal });
    else setState(saved.value ? { name: saved.value.name } : { gone: true });
  }
  const written = state && 'name' in state;
  return (
    <Stack gap="sm" align="flex-start">
      <Button
        disabled={!vault.isWriter()}
        variant={written ? 'default' : 'filled'}
        leftSection={<IconFileExport size={16} aria-hidden />}
        onClick={() => void write()}
      >
        {t(written ? 'devices:request.write.again' : 'devices:request.write.button')}
      </Button>
      {written && (
        <Group gap={6} role="status" wrap="nowrap">
          <IconCircleCheck size={18} className={classes.good} aria-hidden />
          <Text size="sm">{t('devices:request.write.done', { name: state.name })}</Text>
        </Group>
      )}
      {state && 'gone' in state && (
        <Alert color="orange" role="alert">
          {t('devices:notSaved')}
        </Alert>
      )}
      {state && 'refusal' in state && <RefusalNote refusal={state.refusal} />}
    </Stack>
  );
}
