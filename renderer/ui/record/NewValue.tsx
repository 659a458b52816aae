/** Neither value is right: a new one, typed with the field's own input. */
import { useState } from 'react';
import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { checkValue } from '../../../shared/kinds/validate';
import type { Value } from '../../../shared/log/change';
import { FieldInput } from '../form/FieldInput';
import { useErrorText } from '../form/errorText';
import classes from './conflict.module.css';

interface NewValueProps {
  readonly kind: KindDef;
  readonly name: string;
  readonly start: Value;
  onSave(value: Value): void;
  onCancel(): void;
}

export function NewValue({ kind, name, start, onSave, onCancel }: NewValueProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [value, setValue] = useState(start);
  const [tried, setTried] = useState(false);
  const definition = kind.fields[name];
  const tidy = typeof value === 'string' ? value.trim() || null : value;
  const refusal = definition && checkValue(definition, tidy);
  const isLong = definition?.type === 'longText';
  const save = () => {
    setTried(true);
    if (!refusal) onSave(tidy);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        const inList = event.target instanceof Element && event.target.ariaExpanded === 'true';
        if (event.key === 'Escape' && !inList) onCancel();
        const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
        if (!sends) return;
        event.preventDefault();
        save();
      }}
    >
      <FieldInput
        kind={kind}
        name={name}
        value={value}
        onChange={setValue}
        autoFocus
        error={tried && refusal ? errorText(definition, refusal) : undefined}
        {...(isLong ? { hint: t('review:ctrlEnter') } : {})}
      />
      <div className={classes.actions}>
        <Button size="compact-sm" type="submit">
          {t('review:saveNew')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('ui:cancel')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('review:newReplacesAll')}
        </Text>
      </div>
    </form>
  );
}
