/** Choosing one record by typing a part of its name or number; fast with very many records. */
import { useMemo, useState } from 'react';
import { CloseButton, Combobox, Group, Text, TextInput, useCombobox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordState } from '../../shared/log/record';
import type { Projection } from '../../shared/projection/projection';
import { useVault } from '../app/vaultContext';
import { KindIcon } from './KindIcon';
import { useLabels } from './labels';
import { numberOf, titleOf } from './recordTitle';

const SHOWN = 40;

interface Found {
  readonly found: readonly RecordState[];
  readonly more: number;
  /** One of them has the very name that was typed: creating it would make a second one. */
  readonly exact: boolean;
}

const NOTHING: Found = { found: [], more: 0, exact: false };

interface RecordPickerProps {
  readonly kinds: readonly string[];
  readonly value: string | undefined;
  onChange(id: string | undefined): void;
  readonly label?: string;
  readonly ariaLabel?: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
  /** Records that cannot be chosen. */
  readonly exclude?: ReadonlySet<string>;
  /** Offered at the end of the list, with what was typed. */
  onCreate?(title: string): void;
  onBlur?(): void;
}

export function RecordPicker(props: RecordPickerProps) {
  const { projection } = useVault();
  const { t } = useTranslation();
  const labels = useLabels();
  const [text, setText] = useState<string>();
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setText(undefined);
    },
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active'),
  });
  const open = combobox.dropdownOpened;
  const { found, more, exact } = useMemo(
    () => (open ? search(projection, props.kinds, text ?? '', props.exclude) : NOTHING),
    [open, projection, props.kinds, text, props.exclude],
  );
  const shown = props.value ? titleOf(projection.get(props.value)) || props.value : '';

  function choose(option: string) {
    if (option === '$create') props.onCreate?.(text?.trim() ?? '');
    else props.onChange(option);
    combobox.closeDropdown();
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose} size="sm" withinPortal>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          role="combobox"
          size="sm"
          {...(props.label ? { label: props.label } : {})}
          {...(props.ariaLabel ? { 'aria-label': props.ariaLabel } : {})}
          description={props.description}
          error={props.error}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          withAsterisk={props.required ?? false}
          placeholder={props.placeholder ?? t('form:pickPlaceholder')}
          value={text ?? shown}
          autoFocus={props.autoFocus ?? false}
          disabled={props.disabled ?? false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            props.onBlur?.();
          }}
          rightSection={
            props.value ? (
              <CloseButton
                size="xs"
                aria-label={t('form:clear')}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => props.onChange(undefined)}
              />
            ) : (
              <IconChevronDown size={14} aria-hidden />
            )
          }
          rightSectionPointerEvents={props.value ? 'auto' : 'none'}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {found.map((record) => (
            <Combobox.Option key={record.id} value={record.id} active={record.id === props.value}>
              <Choice record={record} withKind={props.kinds.length > 1} />
            </Combobox.Option>
          ))}
          {!found.length && <Combobox.Empty>{t('form:nothingFound')}</Combobox.Empty>}
          {more > 0 && <Combobox.Empty>{t('form:moreFound', { count: more })}</Combobox.Empty>}
          {props.onCreate && props.kinds[0] && !exact && (
            <Combobox.Option value="$create">
              <Text size="sm" c="harbour">
                {text?.trim()
                  ? t('form:createNamed', {
                      kind: labels.kindInText(props.kinds[0]),
                      name: text.trim(),
                    })
                  : t('form:createNew', { kind: labels.kindInText(props.kinds[0]) })}
              </Text>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Choice({ record, withKind }: { record: RecordState; withKind: boolean }) {
  const labels = useLabels();
  return (
    <Group gap={8} wrap="nowrap">
      <KindIcon kind={record.kind} style={{ flex: 'none' }} />
      <Text size="sm" truncate>
        {titleOf(record)}
      </Text>
      <Text size="xs" c="dimmed" ml="auto" style={{ flex: 'none' }}>
        {withKind ? `${labels.kind(record.kind)} ` : ''}
        {numberOf(record)}
      </Text>
    </Group>
  );
}

/** Those that start with the text first, then those that contain it, in order of creation. */
function search(
  projection: Projection,
  kinds: readonly string[],
  text: string,
  exclude: ReadonlySet<string> | undefined,
): Found {
  const wanted = text.trim().toLowerCase();
  const first: RecordState[] = [];
  const rest: RecordState[] = [];
  let count = 0;
  let exact = false;
  for (const record of kinds.flatMap((kind) => projection.records(kind))) {
    if (exclude?.has(record.id)) continue;
    const title = titleOf(record).toLowerCase();
    if (wanted && !title.includes(wanted)) {
      if (!numberOf(record).toLowerCase().includes(wanted)) continue;
    }
    count++;
    exact ||= title === wanted;
    if (wanted && title.startsWith(wanted)) {
      if (first.length < SHOWN) first.push(record);
    } else if (rest.length < SHOWN) rest.push(record);
  }
  const found = [...first, ...rest].slice(0, SHOWN);
  return { found, more: count - found.length, exact };
}
