/** The one window: placed where it was, sandboxed, and remembered when it moves. */
import { join } from 'node:path';
import { BrowserWindow, screen, type WebContents } from 'electron';
import { placeWindow, readWindowState, saveWindowState, smallest } from './windowState';

/** A page that dies again this soon after a reload would die for ever. */
const reloadPauseMs = 10_000;

export function createWindow(
  userData: string,
  address: string,
  development: boolean,
): BrowserWindow {
  const statePath = join(userData, 'window.json');
  const { bounds, maximised } = placeWindow(readWindowState(statePath), workAreas());
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Holdfast',
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: development,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  });
  if (maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  // A record's title is not for the task bar.
  window.on('page-title-updated', (event) => event.preventDefault());
  rememberState(window, statePath);
  // Forms keep drafts; a page may not hold its window open.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  reloadAfterCrash(window.webContents, address);
  void window.loadURL(address);
  return window;
}

function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}

function rememberState(window: BrowserWindow, path: string): void {
  window.on('close', () => {
    saveWindowState(path, { bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  });
}

function reloadAfterCrash(contents: WebContents, address: string): void {
  let last = -Infinity;
  contents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason === 'clean-exit' || now - last < reloadPauseMs) return;
    last = now;
    void contents.loadURL(address);
  });
}
