/** The start screen on a new device, the shell afterwards. */
import i18next from 'i18next';
import { useEffect } from 'react';
import { Router } from 'wouter';
import type { Vault } from '../store/vault';
import { useAppLocation, useAppSearch } from './hashLocation';
import { showTold } from './notices';
import { Shell } from './shell/Shell';
import { StartScreen } from './start/StartScreen';
import { useStarting } from './start/starting';
import { useVault, VaultContext } from './vaultContext';

/** Kept outside the component: these are hooks handed on, not called. */
const routing = { hook: useAppLocation, searchHook: useAppSearch };

export function App({ vault }: { readonly vault: Vault }) {
  return (
    <VaultContext value={vault}>
      <Router {...routing}>
        <Screen />
      </Router>
    </VaultContext>
  );
}

/** The page that comes back says why, and what has become of the file: its dialogue is gone. */
const OPENED_ANEW = 'holdfast.openedAnew';

function tellOpenedAnew(): void {
  if (sessionStorage.getItem(OPENED_ANEW) === null) return;
  sessionStorage.removeItem(OPENED_ANEW);
  showTold(i18next.t('exchange:in.openedAnew'));
}

function Screen() {
  const vault = useVault();
  const replaced = vault.replaced();
  // What is in memory shows a branch of the log that was given up; the database has the other one.
  const isOutsider = vault.device()?.outsider !== undefined;
  useEffect(() => {
    if (!replaced) return tellOpenedAnew();
    if (!isOutsider) sessionStorage.setItem(OPENED_ANEW, 'yes');
    window.location.reload();
  }, [replaced, isOutsider]);
  const starting = useStarting((state) => state.busy);
  return vault.device() && !starting ? <Shell /> : <StartScreen />;
}
