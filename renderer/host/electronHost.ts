/** The desktop edition's host: every call crosses the preload by name and is validated in main. */
import type { Host, HostBridge, HostMethod } from '../../shared/host';

export function createElectronHost(bridge: HostBridge): Host {
  const call =
    <M extends HostMethod>(method: M) =>
    (...args: Parameters<Host[M]>) =>
      bridge.invoke(method, args) as ReturnType<Host[M]>;
  return {
    info: call('info'),
    openFiles: call('openFiles'),
    saveFile: call('saveFile'),
    print: call('print'),
    savePdf: call('savePdf'),
    setLocale: call('setLocale'),
    keepExported: call('keepExported'),
    exported: call('exported'),
    onCommand: (listener) => bridge.onCommand(listener),
  };
}
