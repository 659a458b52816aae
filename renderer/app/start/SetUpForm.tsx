/** Names the device, the person at it and the site, so that histories and numbers can say so. */
import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { seedEdits } from '../../../shared/kinds/seed';
import { foundOrganisation } from '../../exchange/enrol';
import type { Vault } from '../../store/vault';
import { currentLocale } from '../locale';
import { showRefusal } from '../notices';
import { paths } from '../paths';
import { useVault } from '../vaultContext';
import { startingDone, useStarting } from './starting';
import classes from './StartScreen.module.css';

/** `recover`: headquarters anew, from its recovery key and any file of the organisation. */
export type SetUpRole = 'hq' | 'site' | 'recover';

interface SetUpFormProps {
  readonly role: SetUpRole;
  readonly onBack: () => void;
}

interface SetUp {
  readonly name: string;
  readonly person: string;
  readonly siteCode: string;
}

/** Becomes part of every number, file name and label, so it stays short and plain. */
const SITE_CODE = /^[a-z0-9]{1,6}$/i;
const NAME_MAX = 60;

export function SetUpForm({ role, onBack }: SetUpFormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [, navigate] = useLocation();
  const form = useForm<SetUp>({
    defaultValues: { name: '', person: '', siteCode: role === 'site' ? '' : 'HQ' },
  });
  const { errors, isSubmitting } = form.formState;
  const filled = (key: string) => ({
    validate: (value: string) => value.trim() !== '' || t(`start:error.${key}`),
    maxLength: { value: NAME_MAX, message: t('start:error.long', { max: NAME_MAX }) },
  });

  const submit = form.handleSubmit(async (values) => {
    const name = values.name.trim();
    // The shell would come in between otherwise, before the recovery key was shown.
    useStarting.setState({ busy: true });
    const done = await vault.setUp({
      role: role === 'site' ? 'site' : 'hq',
      name,
      person: values.person.trim(),
      siteCode: values.siteCode.trim().toUpperCase(),
    });
    if (!done.ok) {
      startingDone();
      return showRefusal(done.refusal);
    }
    if (role === 'hq') await found(vault, name);
    else startingDone();
    navigate(after[role], { replace: true });
  });

  return (
    <Stack gap="md" maw={520}>
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
          {t(`start:${role}.title`)}
        </Title>
        <Text c="dimmed" mt={4}>
          {t(`start:${role}.form`)}
        </Text>
      </div>
      <Paper withBorder p="lg">
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="md">
            <TextInput
              {...form.register('name', filled('name'))}
              label={t(`start:${role}.name`)}
              description={t(`start:${role}.nameHelp`)}
              placeholder={t(`start:${role}.nameExample`)}
              error={errors.name?.message}
              autoFocus
              required
            />
            <TextInput
              {...form.register('person', filled('person'))}
              label={t('start:person')}
              description={t('start:personHelp')}
              error={errors.person?.message}
              autoComplete="name"
              required
            />
            <TextInput
              {...form.register('siteCode', {
                validate: (value) =>
                  SITE_CODE.test(value.trim()) ||
                  t(value.trim() ? 'start:error.siteCode' : 'start:error.siteCodeMissing'),
              })}
              label={t('start:siteCode')}
              description={t('start:siteCodeHelp')}
              placeholder={role === 'site' ? 'HB1' : 'HQ'}
              error={errors.siteCode?.message}
              classNames={{ wrapper: classes.code ?? '' }}
              required
            />
            <Group justify="flex-end" mt="xs">
              <Button type="submit" loading={isSubmitting} disabled={!vault.isWriter()}>
                {t(`start:${role}.submit`)}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </Stack>
  );
}

const after = {
  hq: paths.start,
  site: paths.devices,
  recover: `${paths.devices}?recover=1`,
} as const satisfies Record<SetUpRole, string>;

/** The organisation with its keys, and the records it begins with. */
async function found(vault: Vault, name: string): Promise<void> {
  // Laptops receive the classes from headquarters; made on each they would be there many times.
  const seeds = seedEdits(currentLocale(), vault.newId, vault.nextNumber);
  const seeded = await vault.commit(seeds, { op: 'seed' });
  if (!seeded.ok) showRefusal(seeded.refusal);
  const made = await foundOrganisation(vault, name);
  if (made.ok) {
    useStarting.setState({ recoveryKey: made.value.recoveryKey });
    return;
  }
  showRefusal(made.refusal);
  startingDone();
}
