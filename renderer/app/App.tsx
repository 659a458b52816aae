/** The start screen on a new device, the shell afterwards. */
import { useEffect } from 'react';
import { Router } from 'wouter';
import type { Vault } from '../store/vault';
import { useAppLocation, useAppSearch } from './hashLocation';
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

function Screen() {
  const vault = useVault();
  const replaced = vault.replaced();
  // What is in memory shows a branch of the log that was given up; the database has the other one.
  useEffect(() => {
    if (replaced) window.location.reload();
  }, [replaced]);
  const starting = useStarting((state) => state.busy);
  return vault.device() && !starting ? <Shell /> : <StartScreen />;
}
