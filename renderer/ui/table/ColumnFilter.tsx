/** The filter of one column, as suits its field. */
import { useState } from 'react';
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Popover,
  ScrollArea,
  SegmentedControl,
  Stack,
  TextInput,
} from '@mantine/core';
import { IconFilter, IconFilterFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DurationInput } from '../form/DurationInput';
import type { Column } from './columns';
import { RefFilter } from './RefFilter';
import { filterShape, type Filter } from './view';

interface ColumnFilterProps {
  readonly column: Column;
  readonly filter: Filter | undefined;
  /** Values a choice may take, with their names. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  onChange(filter: Filter | undefined): void;
}

export function ColumnFilter(props: ColumnFilterProps) {
  const { column, filter } = props;
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const active = filter !== undefined;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color={active ? 'harbour' : 'gray'}
          size={24}
          aria-label={t('table:filterColumn', { column: column.label })}
          aria-pressed={active}
          data-filter
          onClick={() => setOpened(!opened)}
        >
          {active ? <IconFilterFilled size={13} /> : <IconFilter size={13} />}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" w={280}>
        <Stack gap="sm">
          <Presence filter={filter} onChange={props.onChange} />
          {filter?.is !== 'empty' && filter?.is !== 'filled' && <FilterBody {...props} />}
          <Group justify="space-between">
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={!active}
              onClick={() => props.onChange(undefined)}
            >
              {t('table:clearFilter')}
            </Button>
            <Button size="compact-xs" onClick={() => setOpened(false)}>
              {t('table:done')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Presence({ filter, onChange }: Pick<ColumnFilterProps, 'filter' | 'onChange'>) {
  const { t } = useTranslation();
  const value = filter?.is === 'empty' || filter?.is === 'filled' ? filter.is : 'any';
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      value={value}
      onChange={(is) => onChange(is === 'empty' || is === 'filled' ? { is } : undefined)}
      data={[
        { value: 'any', label: t('table:anyValue') },
        { value: 'filled', label: t('table:filled') },
        { value: 'empty', label: t('table:empty') },
      ]}
    />
  );
}

function FilterBody({ column, filter, options, onChange }: ColumnFilterProps) {
  const { t } = useTranslation();
  const label = column.label;
  switch (filterShape(column.field)) {
    case 'choice':
      return (
        <ScrollArea.Autosize mah={260}>
          <Checkbox.Group
            aria-label={label}
            value={filter?.is === 'oneOf' ? [...filter.values] : []}
            onChange={(values) => onChange(values.length ? { is: 'oneOf', values } : undefined)}
          >
            <Stack gap={6}>
              {options.map((option) => (
                <Checkbox key={option.value} size="xs" {...option} />
              ))}
            </Stack>
          </Checkbox.Group>
        </ScrollArea.Autosize>
      );
    case 'ref':
      return (
        <RefFilter
          kind={column.field?.type === 'ref' ? column.field.to : ''}
          label={label}
          values={filter?.is === 'oneOf' ? filter.values : []}
          onChange={(values) => onChange(values.length ? { is: 'oneOf', values } : undefined)}
        />
      );
    case 'flag':
      return (
        <SegmentedControl
          size="xs"
          fullWidth
          value={filter?.is === 'flag' ? String(filter.value) : ''}
          onChange={(value) => onChange({ is: 'flag', value: value === 'true' })}
          data={[
            { value: 'true', label: t('record:yes') },
            { value: 'false', label: t('record:no') },
          ]}
        />
      );
    case 'text':
      return (
        <TextInput
          size="xs"
          data-autofocus
          aria-label={label}
          placeholder={t('table:contains')}
          value={filter?.is === 'contains' ? filter.text : ''}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(text ? { is: 'contains', text } : undefined);
          }}
        />
      );
    default:
      return <Range column={column} filter={filter} onChange={onChange} />;
  }
}

function Range({ column, filter, onChange }: Omit<ColumnFilterProps, 'options'>) {
  const { t } = useTranslation();
  const range = filter?.is === 'between' ? filter : undefined;
  const shape = filterShape(column.field);

  function set(end: 'from' | 'to', value: number | string | undefined) {
    const { [end]: _, is: __, ...other } = range ?? { is: 'between' };
    const next = value === undefined || value === '' ? other : { ...other, [end]: value };
    onChange(Object.keys(next).length ? { is: 'between', ...next } : undefined);
  }

  return (
    <Group gap="xs" grow>
      {(['from', 'to'] as const).map((end) => {
        const label = t(`table:${end}`);
        const value = range?.[end];
        if (shape === 'minutes') {
          return (
            <DurationInput
              key={end}
              size="xs"
              label={label}
              value={value ?? null}
              onChange={(typed) => set(end, typeof typed === 'number' ? typed : undefined)}
            />
          );
        }
        if (shape === 'number') {
          return (
            <NumberInput
              key={end}
              size="xs"
              hideControls
              label={label}
              value={value ?? ''}
              onChange={(typed) => set(end, typeof typed === 'number' ? typed : undefined)}
            />
          );
        }
        return (
          <TextInput
            key={end}
            size="xs"
            type="date"
            label={label}
            value={value ?? ''}
            onChange={(event) => set(end, event.currentTarget.value)}
          />
        );
      })}
    </Group>
  );
}
