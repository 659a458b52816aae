/** A file for a device without keys, under a passphrase: all that the first format knew. */
import { Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Controller, FormProvider, useForm, useWatch } from 'react-hook-form';
import { useVault } from '../../../app/vaultContext';
import { peersWithoutKeys } from '../../../exchange/receivers';
import { deviceName } from '../deviceNames';
import { PassphraseFields, type PassphraseForm as Passphrases } from '../PassphraseFields';
import type { FormProps, PassphraseChoice } from './choices';
import { ContentChoice } from './ContentChoice';
import { FormButtons } from './FormButtons';

interface Form extends Passphrases {
  readonly peer: string;
  readonly content: 'snapshot' | 'changes';
}

const NEW = 'new laptop';
const CONTENTS = ['changes', 'snapshot'] as const;

interface PassphraseFormProps extends FormProps<PassphraseChoice> {
  readonly to: string | undefined;
}

export function PassphraseForm({ to, onSubmit, onCancel, note }: PassphraseFormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const peers = peersWithoutKeys(vault);
  // Where there is an organisation, new laptops are enrolled.
  const forNew = vault.trust.roster() === undefined;
  const only = peers.length === 1 || !forNew ? peers[0]?.replica : undefined;
  const form = useForm<Form>({
    defaultValues: {
      peer: peers.find(({ replica }) => replica === to)?.replica ?? only ?? NEW,
      content: 'changes',
      passphrase: '',
      repeat: '',
    },
    mode: 'onTouched',
  });
  const chosen = useWatch({ control: form.control, name: 'peer' });
  const known = peers.find(({ replica }) => replica === chosen);
  const submit = form.handleSubmit(({ content, passphrase }) =>
    onSubmit({ sort: 'passphrase', peer: known, content, passphrase }),
  );
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <Controller
            control={form.control}
            name="peer"
            render={({ field }) => (
              <Select
                size="sm"
                label={t('exchange:out.to')}
                allowDeselect={false}
                data={[
                  ...peers.map(({ replica }) => ({
                    value: replica,
                    label: deviceName(vault, replica, t),
                  })),
                  ...(forNew ? [{ value: NEW, label: t('exchange:out.newLaptop') }] : []),
                ]}
                value={field.value}
                onChange={(value) => field.onChange(value ?? NEW)}
                onBlur={field.onBlur}
              />
            )}
          />
          {known ? (
            <Controller
              control={form.control}
              name="content"
              render={({ field }) => (
                <ContentChoice
                  peers={[known]}
                  contents={CONTENTS}
                  value={field.value}
                  onChange={field.onChange}
                />
              )}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t('exchange:out.newHelp')}
            </Text>
          )}
          <PassphraseFields />
          {note}
          <FormButtons onCancel={onCancel} />
        </Stack>
      </form>
    </FormProvider>
  );
}
