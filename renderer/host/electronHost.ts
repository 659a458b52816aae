/** The desktop edition's host: every call crosses the preload by name and is validated in main. */
import type { FileRead, Host, HostBridge, HostCalls, HostMethod } from '../../shared/host';
import { ok } from '../../shared/result';
import { createDelivery } from './delivery';
import { savePieces } from './savePieces';

export function createElectronHost(bridge: HostBridge): Host {
  const call =
    <M extends HostMethod>(method: M) =>
    (...args: Parameters<HostCalls[M]>) =>
      bridge.invoke(method, args) as ReturnType<HostCalls[M]>;
  const pieces = { writeSave: call('writeSave'), endSave: call('endSave') };
  const given = createDelivery<FileRead>();
  const take = async () => given.bring(await call('takeGivenFiles')());
  bridge.on('filesGiven', () => void take());
  // What came before this page was there.
  void take();
  return {
    info: call('info'),
    openFiles: call('openFiles'),
    openFolder: call('openFolder'),
    readPath: call('readPath'),
    chooseSaveFolder: call('chooseSaveFolder'),
    saveInFolder: async ({ bytes, ...where }) => {
      if (bytes instanceof Uint8Array) return call('saveInFolder')({ ...where, bytes });
      const begun = await call('beginSaveInFolder')(where);
      return begun.ok ? savePieces(pieces, begun.value, bytes) : begun;
    },
    saveFile: async ({ bytes, ...where }) => {
      if (bytes instanceof Uint8Array) return call('saveFile')({ ...where, bytes });
      const begun = await call('beginSave')(where);
      if (!begun.ok) return begun;
      return begun.value ? savePieces(pieces, begun.value, bytes) : ok(null);
    },
    print: call('print'),
    savePdf: call('savePdf'),
    setLocale: call('setLocale'),
    keepExported: call('keepExported'),
    exported: call('exported'),
    onCommand: (listener) => bridge.on('command', listener),
    onOpenFiles: (listener) => given.listen(listener),
  };
}
