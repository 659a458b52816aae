/** The input that suits a field. What cannot be read stays as typed, so validation can refuse it. */
import { useContext } from 'react';
import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import type { Value } from '../../../shared/log/change';
import { useLabels } from '../labels';
import { RecordPicker } from '../RecordPicker';
import { offsetAt, fromDateTimeInput, toDateTimeInput } from '../times';
import { CreateRecordContext } from './createContext';
import { DurationInput } from './DurationInput';

/** Help stands below, so that inputs side by side stay in line. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'error',
  'description',
];

export interface FieldInputProps {
  readonly kind: KindDef;
  readonly name: string;
  readonly value: Value | undefined;
  onChange(value: Value): void;
  readonly error?: string | undefined;
  /** A remark that does not refuse the value. */
  readonly hint?: string | undefined;
  readonly autoFocus?: boolean;
  /** States a lifecycle allows from here; absent: all options. */
  readonly options?: readonly string[];
  readonly disabled?: boolean;
}

export function FieldInput(props: FieldInputProps) {
  const { kind, name, value, onChange } = props;
  const labels = useLabels();
  const { t } = useTranslation();
  const create = useContext(CreateRecordContext);
  const field = kind.fields[name];
  if (!field) return null;
  const shared = {
    label: labels.field(kind.name, name),
    description: props.hint ?? labels.help(kind.name, name),
    error: props.error,
    withAsterisk: field.required ?? false,
    size: 'sm',
    inputWrapperOrder: ORDER,
    autoFocus: props.autoFocus ?? false,
    disabled: props.disabled ?? false,
    'data-field': name,
  } as const;
  const text = typeof value === 'string' ? value : '';
  const orNull = (typed: string) => onChange(typed === '' ? null : typed);

  switch (field.type) {
    case 'longText':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={18}
          value={text}
          onChange={(event) => orNull(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          hideControls
          allowDecimal={!(field.integer ?? false)}
          suffix={field.unit ? ` ${labels.unit(field.unit)}` : ''}
          value={typeof value === 'number' || typeof value === 'string' ? value : ''}
          onChange={(typed) => onChange(typed === '' ? null : typed)}
        />
      );
    case 'minutes':
      return <DurationInput {...shared} value={value} onChange={onChange} />;
    case 'date':
      return (
        <DateInput
          {...shared}
          clearable
          valueFormat="YYYY-MM-DD"
          placeholder={t('form:datePlaceholder')}
          value={text || null}
          onChange={onChange}
        />
      );
    case 'dateTime':
      return (
        <TextInput
          {...shared}
          type="datetime-local"
          rightSection={<span>{offsetAt(new Date(typeof value === 'number' ? value : 0))}</span>}
          rightSectionWidth={64}
          value={typeof value === 'number' ? toDateTimeInput(value) : ''}
          onChange={(event) => onChange(fromDateTimeInput(event.currentTarget.value) ?? null)}
        />
      );
    case 'flag':
      return (
        <Switch
          label={shared.label}
          description={shared.description}
          error={shared.error}
          size="sm"
          autoFocus={shared.autoFocus}
          disabled={shared.disabled}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          clearable={!field.required && field.initial === undefined}
          searchable={field.options.length > 8}
          checkIconPosition="right"
          data={(props.options ?? field.options).map((option) => ({
            value: option,
            label: labels.option(kind.name, name, option),
          }))}
          value={text || null}
          onChange={onChange}
        />
      );
    case 'tags':
      return (
        <TagsInput
          {...shared}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(tags) => onChange(tags.length ? tags : null)}
        />
      );
    case 'ref':
      return (
        <RecordPicker
          kinds={[field.to]}
          label={shared.label}
          description={shared.description}
          error={shared.error}
          required={shared.withAsterisk}
          autoFocus={shared.autoFocus}
          disabled={shared.disabled}
          value={text || undefined}
          onChange={(id) => onChange(id ?? null)}
          {...(create
            ? {
                onCreate: (title: string) =>
                  create({ kind: field.to, title, onCreated: (id) => onChange(id) }),
              }
            : {})}
        />
      );
    case 'json':
      return null;
    default:
      return (
        <TextInput
          {...shared}
          type={field.type === 'text' ? 'text' : field.type === 'phone' ? 'tel' : 'email'}
          value={text}
          onChange={(event) => orNull(event.currentTarget.value)}
        />
      );
  }
}
