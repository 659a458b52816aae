/** Values that the file does not carry because they are the same for all of its rows. */
import { ActionIcon, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FieldDef, KindDef } from '../../../shared/kinds/define';
import { isImportable } from '../../../shared/tabular/guess';
import type { RecordMapping } from '../../../shared/tabular/mapping';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { titleOf } from '../../ui/recordTitle';
import classes from './Importer.module.css';

interface ConstantsProps {
  readonly mapping: RecordMapping;
  readonly kind: KindDef;
  readonly onChange: (mapping: RecordMapping) => void;
}

export function Constants({ mapping, kind, onChange }: ConstantsProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const taken = new Set([
    ...Object.values(mapping.columns).map((column) => column.field),
    ...Object.keys(mapping.constants),
  ]);
  const free = Object.entries(kind.fields).filter(
    ([name, field]) => name !== 'number' && isImportable(name, field) && !taken.has(name),
  );
  const set = (constants: Readonly<Record<string, string>>) => onChange({ ...mapping, constants });
  const label = (name: string) => labels.field(kind.name, name);
  return (
    <Stack className={classes.panel} gap="sm">
      <Text size="sm" fw={500}>
        {t('import:columns.constants')}
      </Text>
      {Object.entries(mapping.constants).map(([name, value]) => {
        const field = kind.fields[name];
        if (!field) return null;
        return (
          <Group key={name} gap="xs" wrap="nowrap">
            <Text size="sm" w={140} truncate>
              {label(name)}
            </Text>
            <ConstantInput
              kind={kind}
              name={name}
              field={field}
              value={value}
              onChange={(next) => set({ ...mapping.constants, [name]: next })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('import:columns.constantRemove', { field: label(name) })}
              onClick={() =>
                set(
                  Object.fromEntries(
                    Object.entries(mapping.constants).filter(([each]) => each !== name),
                  ),
                )
              }
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        );
      })}
      <Select
        size="xs"
        maw={260}
        placeholder={t('import:columns.constantAdd')}
        aria-label={t('import:columns.constantAdd')}
        data={free.map(([value]) => ({ value, label: label(value) }))}
        value={null}
        onChange={(name) => name && set({ ...mapping.constants, [name]: '' })}
        searchable
      />
    </Stack>
  );
}

interface ConstantInputProps {
  readonly kind: KindDef;
  readonly name: string;
  readonly field: FieldDef;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ConstantInput({ kind, name, field, value, onChange }: ConstantInputProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const label = t('import:columns.constantValue', { field: labels.field(kind.name, name) });
  const common = { size: 'xs', 'aria-label': label, className: classes.grow ?? '' } as const;
  if (field.type === 'choice' || field.type === 'ref') {
    const data =
      field.type === 'choice'
        ? field.options.map((option) => ({
            value: option,
            label: labels.option(kind.name, name, option),
          }))
        : projection
            .records(field.to)
            .map((record) => ({ value: record.id, label: titleOf(record) }));
    return (
      <Select
        {...common}
        data={data}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
        limit={100}
        searchable
      />
    );
  }
  return (
    <TextInput
      {...common}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
