/** After an update, whether the files kept for a later release can be read now. */
import { useEffect } from 'react';
import i18next from 'i18next';
import { showDone } from '../../../app/notices';
import { useHostInfo, useVault } from '../../../app/vaultContext';
import { readableNow } from '../../../exchange/readableNow';

export function useHeldRetry(): void {
  const vault = useVault();
  const { version } = useHostInfo();
  useEffect(() => {
    if (!vault.isWriter()) return undefined;
    const controller = new AbortController();
    void readableNow(vault, version, controller.signal).then(
      (count) => count > 0 && showDone(i18next.t('exchange:held.readable', { count })),
    );
    return () => controller.abort();
  }, [vault, version]);
}
