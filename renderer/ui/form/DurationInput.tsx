/** A duration typed as `90`, `1h30` or `1:30`; shown in words as soon as it is left. */
import { useState } from 'react';
import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { parseMinutes } from '../../../shared/kinds/duration';
import type { Value } from '../../../shared/log/change';
import { duration } from '../formatValue';
import { useLabels } from '../labels';

interface DurationInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: Value | undefined;
  onChange(value: Value): void;
}

export function DurationInput({ value, onChange, ...rest }: DurationInputProps) {
  const labels = useLabels();
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const shown =
    typeof value === 'number' ? duration(labels, value) : typeof value === 'string' ? value : '';
  return (
    <TextInput
      placeholder={t('form:durationPlaceholder')}
      {...rest}
      value={typed ?? shown}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(text.trim() === '' ? null : (parseMinutes(text) ?? text));
      }}
      onBlur={(event) => {
        setTyped(undefined);
        rest.onBlur?.(event);
      }}
    />
  );
}
