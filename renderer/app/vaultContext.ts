/** The open vault for screens. Reading through these hooks re-renders when the vault changes. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Host, HostInfo } from '../../shared/host';
import type { Vault } from '../store/vault';

export const VaultContext = createContext<Vault | undefined>(undefined);
export const HostContext = createContext<Host | undefined>(undefined);
export const HostInfoContext = createContext<HostInfo | undefined>(undefined);

/** The vault, and a re-render after every change in it. */
export function useVault(): Vault {
  const vault = useContext(VaultContext);
  if (!vault) throw new Error('no vault is open');
  useSyncExternalStore(vault.subscribe, vault.version);
  return vault;
}

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('no host');
  return host;
}

/** Edition, platform and version, as asked for once at the start. */
export function useHostInfo(): HostInfo {
  const info = useContext(HostInfoContext);
  if (!info) throw new Error('no host');
  return info;
}
