import type { ReactNode } from 'react';
import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Controller, FormProvider, useForm, useWatch } from 'react-hook-form';
import { missingCount } from '../../../shared/log/vector';
import { useVault } from '../../app/vaultContext';
import { deviceName } from './deviceNames';
import { PassphraseFields, type PassphraseForm } from './PassphraseFields';

export interface ExportChoice {
  /** Undefined: a new laptop. */
  readonly peer: string | undefined;
  readonly content: 'snapshot' | 'changes';
  readonly passphrase: string;
}

interface Form extends PassphraseForm {
  /** Empty: a new laptop. */
  readonly peer: string;
  readonly content: 'snapshot' | 'changes';
}

const NEW = 'new laptop';

interface ExportFormProps {
  readonly to: string | undefined;
  readonly onSubmit: (choice: ExportChoice) => void;
  readonly onCancel: () => void;
  /** What is said above the buttons. */
  readonly children?: ReactNode;
}

export function ExportForm({ to, onSubmit, onCancel, children }: ExportFormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const peers = vault.exchange.peers();
  const only = peers.length === 1 ? peers[0]?.replica : undefined;
  const form = useForm<Form>({
    defaultValues: { peer: to ?? only ?? NEW, content: 'changes', passphrase: '', repeat: '' },
    mode: 'onTouched',
  });
  const chosen = useWatch({ control: form.control, name: 'peer' });
  const submit = form.handleSubmit(({ peer, content, passphrase }) =>
    onSubmit({ peer: peer === NEW ? undefined : peer, content, passphrase }),
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
                  { value: NEW, label: t('exchange:out.newLaptop') },
                ]}
                value={field.value}
                onChange={(value) => field.onChange(value ?? NEW)}
                onBlur={field.onBlur}
              />
            )}
          />
          <Controller
            control={form.control}
            name="content"
            render={({ field }) => (
              <ContentChoice peer={chosen} value={field.value} onChange={field.onChange} />
            )}
          />
          <PassphraseFields />
          {children}
          <Group justify="flex-end">
            <Button variant="default" size="sm" onClick={onCancel}>
              {t('exchange:cancel')}
            </Button>
            <Button type="submit" size="sm">
              {t('exchange:out.write')}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormProvider>
  );
}

interface ContentChoiceProps {
  readonly peer: string;
  readonly value: 'snapshot' | 'changes';
  readonly onChange: (value: string) => void;
}

function ContentChoice({ peer, value, onChange }: ContentChoiceProps) {
  const { t } = useTranslation();
  const { exchange, projection } = useVault();
  const known = exchange.peers().find(({ replica }) => replica === peer);
  if (!known) {
    return (
      <Text size="sm" c="dimmed">
        {t('exchange:out.newHelp')}
      </Text>
    );
  }
  const lacks = missingCount(known.have, projection.have());
  const help =
    value === 'snapshot'
      ? t('exchange:out.snapshotHelp')
      : lacks
        ? t('exchange:out.changesHelp', { count: lacks })
        : t('exchange:out.receiptHelp');
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t('exchange:out.content')}
      </Text>
      <SegmentedControl
        size="sm"
        aria-label={t('exchange:out.content')}
        value={value}
        onChange={onChange}
        data={[
          { value: 'changes', label: t('exchange:out.changes') },
          { value: 'snapshot', label: t('exchange:out.snapshot') },
        ]}
      />
      <Text size="sm" c="dimmed" mt={4}>
        {help}
      </Text>
    </div>
  );
}
