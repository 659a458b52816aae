import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A kind that only a newer release knows: its records are kept, but there is nothing to show. */
export function UnknownKind({ kind }: { readonly kind: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" title={t('record:unknownKind', { kind })}>
      {t('record:unknownKindText')}
    </Alert>
  );
}
