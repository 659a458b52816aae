/** Chooses the host this window runs in: the desktop shell if its bridge is there, or the browser. */
import type { Host, HostBridge } from '../../shared/host';
import { createBrowserHost } from './browserHost';
import { createElectronHost } from './electronHost';
import { keepForOffline } from './offline';

declare global {
  interface Window {
    readonly holdfastHost?: HostBridge;
  }
}

export async function createHost(): Promise<Host> {
  if (window.holdfastHost) return createElectronHost(window.holdfastHost);
  if (import.meta.env.PROD) await keepForOffline();
  return createBrowserHost();
}
