import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useVault } from '../app/vaultContext';
import type { Format } from './formatValue';
import { useLabels } from './labels';
import { titleIn } from './recordTitle';

/** How values read in the person's language, with the names of the open vault. */
export function useFormat(): Format {
  const { projection } = useVault();
  const labels = useLabels();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      labels,
      titleOf: (id: string) => titleIn(projection, id),
      yes: t('record:yes'),
      no: t('record:no'),
    }),
    [projection, labels, t],
  );
}
