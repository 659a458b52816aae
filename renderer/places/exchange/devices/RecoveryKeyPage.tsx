/** Shown once: the organisation's recovery key, to be printed and locked away. */
import { useState } from 'react';
import { Alert, Button, Checkbox, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDeviceFloppy, IconKey, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { printScreen, showDone, showRefusal } from '../../../app/notices';
import { useHost, useVault } from '../../../app/vaultContext';
import { RECOVERY_PENDING } from '../../../exchange/enrol';
import { localDay } from '../../../ui/times';
import classes from './devices.module.css';
import { commands, keyFile, keyGroups } from './recoveryText';
import { SpokenWords } from './SpokenWords';
import { useOrganisationCode } from './useCode';
import { sentences } from '../../../ui/sentences';

interface RecoveryKeyPageProps {
  readonly recoveryKey: string;
  /** It takes the place of an earlier one. */
  readonly renewed?: boolean;
  readonly onDone: () => void;
}

export function RecoveryKeyPage({ recoveryKey, renewed = false, onDone }: RecoveryKeyPageProps) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [kept, setKept] = useState(false);
  const roster = vault.trust.roster();
  const code = useOrganisationCode(roster?.root);
  const name = roster?.name ?? '';

  async function save(): Promise<void> {
    const text = keyFile(recoveryKey, name, code, localDay(Date.now()), t);
    const saved = await host.saveFile({
      name: 'holdfast-recovery-key.txt',
      filters: [{ name: t('devices:recovery.textFile'), extensions: ['txt'] }],
      bytes: new TextEncoder().encode(text),
    });
    if (!saved.ok) showRefusal(saved.refusal);
    else if (saved.value) showDone(t('devices:recovery.saved', { name: saved.value.name }));
  }

  async function finish(): Promise<void> {
    if (kept) await vault.setSetting(RECOVERY_PENDING, false);
    onDone();
  }

  return (
    <>
      <Stack gap="md" maw={720} mx="auto" w="100%" className={classes.screenOnly ?? ''}>
        <div>
          <Group gap="sm" wrap="nowrap">
            <IconKey size={28} stroke={1.5} aria-hidden />
            <Title order={1} size="h2">
              {t('devices:recovery.title')}
            </Title>
          </Group>
          <Text mt="xs">
            {sentences(i18n.language, t('devices:recovery.what'), t('devices:recovery.danger'))}
          </Text>
        </div>
        {renewed && <Alert color="orange">{t('devices:recovery.renewed')}</Alert>}
        <Paper withBorder p="lg">
          <KeyText recoveryKey={recoveryKey} />
          <Group mt="md" gap="xs">
            <Button
              leftSection={<IconPrinter size={16} aria-hidden />}
              onClick={() => void printScreen(host)}
            >
              {t('devices:recovery.print')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={() => void save()}
            >
              {t('devices:recovery.save')}
            </Button>
          </Group>
        </Paper>
        <Text size="sm" c="dimmed">
          {t('devices:recovery.once')}
        </Text>
        <Checkbox
          label={t('devices:recovery.tick')}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          {!kept && (
            <Button variant="subtle" onClick={() => void finish()}>
              {t('devices:recovery.later')}
            </Button>
          )}
          <Button disabled={!kept} onClick={() => void finish()}>
            {t('devices:recovery.done')}
          </Button>
        </Group>
      </Stack>
      <Sheet recoveryKey={recoveryKey} />
    </>
  );
}

function KeyText({ recoveryKey }: { readonly recoveryKey: string }) {
  const { t } = useTranslation();
  return (
    <p className={classes.key} aria-label={t('devices:recovery.title')} translate="no">
      {keyGroups(recoveryKey).map((group, i) => (
        <span key={`${i} ${group}`}>{group} </span>
      ))}
    </p>
  );
}

/** One A4 page, on paper only. */
function Sheet({ recoveryKey }: { readonly recoveryKey: string }) {
  const { t, i18n } = useTranslation();
  const [day] = useState(() => localDay(Date.now()));
  const roster = useVault().trust.roster();
  const code = useOrganisationCode(roster?.root);
  return (
    <article className={classes.sheet}>
      <h1>{t('devices:recovery.sheetTitle', { name: roster?.name ?? '' })}</h1>
      <p>
        {t('devices:recovery.made', { day })}
        <br />
        {sentences(i18n.language, t('devices:recovery.what'), t('devices:recovery.danger'))}
      </p>
      <KeyText recoveryKey={recoveryKey} />
      <p>{t('devices:recovery.spaces')}</p>
      <h2>{t('devices:organisation.words')}</h2>
      <SpokenWords code={code} label={t('devices:organisation.words')} />
      <h2>{t('devices:recovery.inHoldfast')}</h2>
      <p>{t('devices:recovery.inHoldfastText')}</p>
      <h2>{t('devices:recovery.without')}</h2>
      <p>{t('devices:recovery.withoutText')}</p>
      {commands.map((command) => (
        <pre key={command}>{command}</pre>
      ))}
      <div className={classes.sign}>
        {(['keptAt', 'keptBy', 'date'] as const).map((line) => (
          <div key={line}>{t(`devices:recovery.sign.${line}`)}</div>
        ))}
      </div>
    </article>
  );
}
