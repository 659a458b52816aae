/**
 * The whole preload: one channel to ask through, one to be told on. It checks nothing, because it
 * shares a process with the page; main checks everything.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { HostBridge, HostEvents } from '../../shared/host';
import { callChannel, eventChannel } from './channels';

const bridge: HostBridge = {
  invoke: (method, args) => ipcRenderer.invoke(callChannel, method, args),
  on: (event, listener) => {
    const tell = (_event: unknown, name: unknown, payload: HostEvents[typeof event]) => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on(eventChannel, tell);
    return () => ipcRenderer.off(eventChannel, tell);
  },
};

contextBridge.exposeInMainWorld('holdfastHost', bridge);
