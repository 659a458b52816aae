/** An extract for somebody outside: which kinds, which sites, with or without private numbers. */
import { useMemo } from 'react';
import { Alert, Checkbox, MultiSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Controller, FormProvider, useForm, useWatch } from 'react-hook-form';
import { DEFAULT_BUDGET } from '../../../../shared/attachments/limits';
import type { Scope } from '../../../../shared/exchange/manifest';
import { scopeKinds } from '../../../../shared/exchange/scope';
import { kindOf, kinds } from '../../../../shared/kinds/registry';
import { LINK } from '../../../../shared/log/change';
import { asText } from '../../../../shared/projection/projection';
import { useVault } from '../../../app/vaultContext';
import { chooseRecords } from '../../../exchange/extractFile';
import { useLabels } from '../../../ui/labels';
import { listText } from '../deviceNames';
import { PassphraseFields, type PassphraseForm } from '../PassphraseFields';
import type { ExtractChoice, FormProps } from './choices';
import { FormButtons } from './FormButtons';

interface Form extends PassphraseForm {
  readonly kinds: readonly string[];
  /** Empty: all. */
  readonly sites: readonly string[];
  readonly withoutPrivate: boolean;
  readonly attachments: boolean;
}

/** What a fire brigade or a contractor needs; the rest is ticked when it is meant. */
const USUAL = ['plan', 'service', 'site', 'organisation', 'person'];

export function ExtractForm({ onSubmit, onCancel, note }: FormProps<ExtractChoice>) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const choices = scopeKinds(kinds);
  const form = useForm<Form>({
    defaultValues: {
      kinds: choices.map(({ name }) => name).filter((name) => USUAL.includes(name)),
      sites: [],
      withoutPrivate: true,
      attachments: false,
      passphrase: '',
      repeat: '',
    },
    mode: 'onTouched',
  });
  const { control } = form;
  const submit = form.handleSubmit((values) =>
    onSubmit({
      sort: 'extract',
      scope: scopeOf(values),
      budget: values.attachments ? DEFAULT_BUDGET : 0,
      passphrase: values.passphrase,
    }),
  );
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <Controller
            control={control}
            name="kinds"
            rules={{ validate: (value) => value.length > 0 || t('exchange:out.kindsMissing') }}
            render={({ field, fieldState }) => (
              <Checkbox.Group
                label={t('exchange:out.kinds')}
                description={t('exchange:out.kindsHelp')}
                value={[...field.value]}
                onChange={field.onChange}
                error={fieldState.error?.message}
              >
                <SimpleGrid cols={3} spacing={6} verticalSpacing={6} mt="xs">
                  {choices.map(({ name }) => (
                    <Checkbox key={name} size="xs" value={name} label={labels.plural(name)} />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
            )}
          />
          <Controller
            control={control}
            name="sites"
            render={({ field }) => (
              <MultiSelect
                size="sm"
                label={t('exchange:out.sites')}
                description={t('exchange:out.sitesHelp')}
                placeholder={field.value.length ? '' : t('exchange:out.sitesAll')}
                nothingFoundMessage={t('exchange:out.noMatch')}
                searchable
                clearable
                hidePickedOptions
                data={projection.records('site').map(({ id, values }) => ({
                  value: id,
                  label: asText(values.name) || id,
                }))}
                value={[...field.value]}
                onChange={field.onChange}
              />
            )}
          />
          <Controller
            control={control}
            name="withoutPrivate"
            render={({ field }) => (
              <Checkbox
                size="sm"
                label={t('exchange:out.withoutPrivate')}
                description={t('exchange:out.withoutPrivateHelp', {
                  fields: listText(privateFields(labels), labels.locale),
                })}
                checked={field.value}
                onChange={field.onChange}
              />
            )}
          />
          <Controller
            control={control}
            name="attachments"
            render={({ field }) => (
              <Checkbox
                size="sm"
                label={t('exchange:out.withAttachments')}
                checked={field.value}
                onChange={field.onChange}
              />
            )}
          />
          <Preview />
          <PassphraseFields />
          {note}
          <FormButtons onCancel={onCancel} />
        </Stack>
      </form>
    </FormProvider>
  );
}

const scopeOf = ({
  kinds: names,
  sites,
  withoutPrivate,
}: Omit<Form, keyof PassphraseForm>): Scope => ({
  kinds: names,
  sites: sites.length > 0 ? sites : null,
  withoutPrivate,
});

/** Fields that any kind keeps as private, by their labels. */
const privateFields = (labels: ReturnType<typeof useLabels>): readonly string[] =>
  kinds.flatMap((kind) =>
    Object.entries(kind.fields)
      .filter(([, field]) => field.confidential)
      .map(([name]) => labels.field(kind.name, name)),
  );

/** What would go, counted as the person chooses. */
function Preview() {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const names = useWatch<Form, 'kinds'>({ name: 'kinds' });
  const sites = useWatch<Form, 'sites'>({ name: 'sites' });
  const withoutPrivate = useWatch<Form, 'withoutPrivate'>({ name: 'withoutPrivate' });
  const counts = useMemo(() => {
    const scope = scopeOf({ kinds: names, sites, withoutPrivate, attachments: false });
    const records = chooseRecords(vault, scope).filter(({ k }) => k !== LINK);
    return Map.groupBy(records, ({ k }) => k);
  }, [vault, names, sites, withoutPrivate]);
  const parts = [...counts]
    .filter(([kind]) => kindOf(kind))
    .map(([kind, list]) => `${labels.plural(kind)} ${list.length.toLocaleString(labels.locale)}`);
  return (
    <Alert color="harbour" icon={<IconInfoCircle aria-hidden />} py="xs">
      <Text size="sm" role="status">
        {parts.length
          ? t('exchange:out.preview', { parts: listText(parts, labels.locale) })
          : t('exchange:out.previewNothing')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('exchange:out.extractIs')}
      </Text>
    </Alert>
  );
}
