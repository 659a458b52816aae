/**
 * The whole preload: one channel to ask through, one to be told on. It checks nothing, because it
 * shares a process with the page; main checks everything.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { HostBridge, HostCommand } from '../../shared/host';
import { callChannel, commandChannel } from './channels';

const bridge: HostBridge = {
  invoke: (method, args) => ipcRenderer.invoke(callChannel, method, args),
  onCommand: (listener) => {
    const tell = (_event: unknown, command: HostCommand) => listener(command);
    ipcRenderer.on(commandChannel, tell);
    return () => ipcRenderer.off(commandChannel, tell);
  },
};

contextBridge.exposeInMainWorld('holdfastHost', bridge);
