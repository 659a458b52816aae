import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldDef } from '../../../shared/kinds/define';
import type { Refusal } from '../../../shared/result';

/** A refusal beside its field, in words that say what to type instead. */
export function useErrorText(): (field: FieldDef | undefined, refusal: Refusal) => string {
  const { t } = useTranslation();
  return useCallback(
    (field, refusal) =>
      field?.type === 'minutes' && ['field.number', 'field.integer'].includes(refusal.code)
        ? t('errors:field.minutes')
        : t(`errors:${refusal.code}`, refusal.params ?? {}),
    [t],
  );
}
