/** Another person takes over the laptop: from now on changes carry their name. */
import { Autocomplete, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { showDone, showRefusal } from '../notices';
import { useVault } from '../vaultContext';

interface SwitchPersonProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function SwitchPerson({ opened, onClose }: SwitchPersonProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('ui:person.switchTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <SwitchForm onClose={onClose} />
    </Modal>
  );
}

function SwitchForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const vault = useVault();
  const form = useForm({ defaultValues: { person: '' } });
  const names = [
    ...new Set(
      vault.projection
        .records('person')
        .map((record) => record.values.name)
        .filter((name) => typeof name === 'string'),
    ),
  ];
  const submit = form.handleSubmit(async ({ person }) => {
    const result = await vault.signIn(person.trim());
    if (!result.ok) return showRefusal(result.refusal);
    showDone(t('ui:person.switched', { person: person.trim() }));
    onClose();
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('ui:person.switchText')}
        </Text>
        <Controller
          name="person"
          control={form.control}
          rules={{ validate: (value) => value.trim() !== '' || t('ui:person.required') }}
          render={({ field, fieldState }) => (
            <Autocomplete
              {...field}
              label={t('ui:person.name')}
              data={names}
              limit={8}
              openOnFocus={false}
              data-autofocus
              error={fieldState.error?.message}
            />
          )}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('ui:person.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
