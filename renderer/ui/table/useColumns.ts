import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { useVault } from '../../app/vaultContext';
import { useFormat } from '../useFormat';
import { createColumn, type Column } from './columns';
import { possibleColumns } from './view';

/** Every column the kind can show, in the person's language. */
export function useColumns(kind: KindDef): readonly Column[] {
  const { exchange } = useVault();
  const format = useFormat();
  const { t } = useTranslation();
  return useMemo(
    () =>
      possibleColumns(kind).map((id) =>
        createColumn(kind, id, {
          format,
          delivery: (record) => exchange.delivery(record),
          deliveryLabel: (delivery) => t(`record:delivery.${delivery}`),
          deliveryTitle: t('record:deliveryTitle'),
        }),
      ),
    [kind, exchange, format, t],
  );
}
