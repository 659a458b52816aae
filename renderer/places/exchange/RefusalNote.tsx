import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../shared/result';
import { useVault } from '../../app/vaultContext';
import { exchangeRefusal } from './deviceNames';

/** Why something was refused, in words, where it happened. */
export function RefusalNote({ refusal }: { readonly refusal: Refusal | undefined }) {
  const { t } = useTranslation();
  const vault = useVault();
  if (!refusal) return null;
  return (
    <Alert color={refusal.code === 'exchange.cancelled' ? 'gray' : 'red'} role="alert">
      {exchangeRefusal(vault, refusal, t)}
    </Alert>
  );
}
