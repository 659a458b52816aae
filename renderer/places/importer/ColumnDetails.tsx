/** What else a column needs: what to do with unknown names, what unknown values mean. */
import { useMemo } from 'react';
import { Button, Group, Modal, ScrollArea, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ChoiceField, KindDef } from '../../../shared/kinds/define';
import { kindOf } from '../../../shared/kinds/registry';
import { unknownValues } from '../../../shared/tabular/choices';
import type { FieldColumn, RefPolicy } from '../../../shared/tabular/mapping';
import { defaultPolicy, isCreatable } from '../../../shared/tabular/refs';
import type { Sheet } from '../../../shared/tabular/sheet';
import { useLabels } from '../../ui/labels';
import { guessContext } from './context';
import classes from './Importer.module.css';

interface ColumnDetailsProps {
  readonly sheet: Sheet;
  readonly kind: KindDef;
  readonly header: string;
  readonly index: number;
  readonly column: FieldColumn;
  readonly onChange: (column: FieldColumn) => void;
}

export function ColumnDetails(props: ColumnDetailsProps) {
  const field = props.kind.fields[props.column.field];
  if (field?.type === 'ref') return <MissingPolicy {...props} to={field.to} />;
  if (field?.type === 'choice') return <ChoiceValues {...props} field={field} />;
  return null;
}

function MissingPolicy({
  header,
  column,
  onChange,
  to,
}: ColumnDetailsProps & { readonly to: string }) {
  const { t } = useTranslation();
  const target = kindOf(to);
  const policies: readonly RefPolicy[] = isCreatable(target)
    ? ['create', 'empty', 'refuse']
    : ['empty', 'refuse'];
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="xs" c="dimmed" className={classes.head ?? ''}>
        {t('import:columns.missing')}
      </Text>
      <Select
        size="xs"
        aria-label={t('import:columns.missingOf', { column: header })}
        data={policies.map((value) => ({ value, label: t(`import:columns.policy.${value}`) }))}
        value={column.missing ?? defaultPolicy(target)}
        allowDeselect={false}
        onChange={(value) => {
          const missing = policies.find((policy) => policy === value);
          if (missing) onChange({ ...column, missing });
        }}
      />
    </Group>
  );
}

const REFUSE = '!refuse';
const LEAVE = '!leave';

function ChoiceValues({
  sheet,
  kind,
  header,
  index,
  column,
  field,
  onChange,
}: ColumnDetailsProps & { readonly field: ChoiceField }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [opened, { open, close }] = useDisclosure(false);
  const unknown = useMemo(
    () => unknownValues(sheet, index, kind.name, column.field, field, guessContext().labels),
    [sheet, index, kind, column.field, field],
  );
  if (!unknown.length) return null;
  const chosen = unknown.filter((value) => column.values?.[value.key] !== undefined).length;
  const left = unknown.length - chosen;

  function assign(key: string, option: string | null) {
    const values = { ...column.values };
    if (option === null || option === REFUSE) delete values[key];
    else values[key] = option === LEAVE ? '' : option;
    onChange({ ...column, values });
  }

  const options = [
    { value: REFUSE, label: t('import:columns.valueRefuse') },
    { value: LEAVE, label: t('import:columns.valueLeave') },
    ...field.options.map((value) => ({
      value,
      label: labels.option(kind.name, column.field, value),
    })),
  ];
  return (
    <>
      <Button
        size="compact-xs"
        variant="light"
        color={left ? 'yellow' : 'green'}
        aria-haspopup="dialog"
        onClick={open}
      >
        {left
          ? t('import:columns.values', { count: left })
          : t('import:columns.valuesChosen', { count: chosen })}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('import:columns.valuesTitle', { column: header })}
        scrollAreaComponent={ScrollArea.Autosize}
      >
        <Stack gap="xs">
          {unknown.map(({ text, key, count }) => (
            <Group key={key} wrap="nowrap" gap="sm">
              <Text size="sm" className={classes.grow} truncate title={text}>
                {text}{' '}
                <Text span size="xs" c="dimmed">
                  × {count}
                </Text>
              </Text>
              <Select
                size="xs"
                w={200}
                aria-label={t('import:columns.valueOf', { value: text })}
                data={options}
                value={optionValue(column.values?.[key])}
                allowDeselect={false}
                onChange={(option) => assign(key, option)}
              />
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
}

const optionValue = (assigned: string | undefined): string =>
  assigned === undefined ? REFUSE : assigned === '' ? LEAVE : assigned;
