/** One file that is about to be attached. */
import { ActionIcon, Checkbox, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../shared/result';
import { refusalText } from '../app/notices';
import { sizeText } from '../places/exchange/deviceNames';
import type { Row } from './addFiles';
import classes from './attachments.module.css';

interface PendingRowProps {
  readonly row: Row;
  readonly refusal: Refusal | undefined;
  readonly isFirst: boolean;
  readonly disabled: boolean;
  onChange(part: Partial<Omit<Row, 'file'>>): void;
  onRemove(): void;
}

export function PendingRow(props: PendingRowProps) {
  const { t, i18n } = useTranslation();
  const { row, refusal, isFirst, disabled, onChange, onRemove } = props;
  const { name, blob, reduced } = row.file;
  const size = (bytes: number) => sizeText(bytes, i18n.language);
  return (
    <div className={classes.pending} role="group" aria-label={name}>
      <div className={classes.text}>
        <div className={classes.name} title={name}>
          {name}
        </div>
        <div className={classes.facts}>{size(blob.size)}</div>
      </div>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        disabled={disabled}
        aria-label={t('attachments:remove', { name })}
        onClick={onRemove}
      >
        <IconX size={15} />
      </ActionIcon>
      <TextInput
        size="sm"
        placeholder={t('attachments:captionHint')}
        aria-label={t('attachments:captionOf', { name })}
        maxLength={4000}
        disabled={disabled}
        value={row.caption}
        {...(isFirst ? { 'data-autofocus': true } : {})}
        onChange={(event) => onChange({ caption: event.currentTarget.value })}
      />
      {reduced && (
        <Checkbox
          size="xs"
          label={t('attachments:reduce', {
            before: size(blob.size),
            after: size(reduced.blob.size),
          })}
          description={t('attachments:reduceHelp')}
          disabled={disabled}
          checked={row.useReduced}
          onChange={(event) => onChange({ useReduced: event.currentTarget.checked })}
        />
      )}
      {refusal && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {refusalText(refusal)}
        </Text>
      )}
    </div>
  );
}
