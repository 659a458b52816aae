/** The desktop edition's shell: wires the parts, and holds no logic of its own. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import type { Locale } from '../../shared/host';
import { preferredLocale } from '../../shared/preferredLocale';
import { callChannel, commandChannel } from '../preload/channels';
import { exportedMarks } from './exportedMarks';
import { openFiles, saveFile, type FileDialogs } from './files';
import { answerCall, type Handlers } from './hostCalls';
import { lockContents, lockSession } from './lockdown';
import { menuTemplate, productName } from './menu';
import { isOwnPage, scheme, startPage } from './ownAddress';
import { servePages } from './pages';
import { print, savePdf } from './printing';

import { createWindow } from './window';

const dev = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;

app.enableSandbox();
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('disable-component-update');
// Whatever might still look up a name finds none.
if (!dev) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
protocol.registerSchemesAsPrivileged([
  {
    scheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
]);
app.on('web-contents-created', (_event, contents) => lockContents(contents, dev));
app.on('window-all-closed', () => app.quit());

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', focusWindow);
  void app.whenReady().then(begin);
} else {
  app.quit();
}

function begin(): void {
  lockSession(session.defaultSession, dev);
  protocol.handle(scheme, servePages(join(import.meta.dirname, '../renderer')));
  const window = createWindow(app.getPath('userData'), dev ?? startPage, dev !== undefined);
  const locale = preferredLocale(app.getPreferredSystemLanguages());
  showMenu(window, locale);
  answerCalls(window, locale);
}

function answerCalls(window: BrowserWindow, locale: Locale): void {
  const contents = window.webContents;
  const dialogs: FileDialogs = {
    showOpenDialog: (options) => dialog.showOpenDialog(window, options),
    showSaveDialog: (options) => dialog.showSaveDialog(window, options),
  };
  const handlers: Handlers = {
    info: async () => ({
      edition: 'desktop',
      platform: process.platform,
      version: app.getVersion(),
      locale,
    }),
    openFiles: openFiles(dialogs),
    saveFile: saveFile(dialogs),
    print: print(contents),
    savePdf: savePdf(contents, dialogs),
    setLocale: async (chosen) => {
      window.setTitle(productName(chosen));
      showMenu(window, chosen);
    },
    ...exportedMarks(join(app.getPath('userData'), 'exported.json')),
  };
  const answer = answerCall(handlers, (url) => isOwnPage(url, dev));
  ipcMain.handle(callChannel, ({ sender, senderFrame }, method: unknown, args: unknown) => {
    const from = senderFrame
      ? {
          isMainFrame: sender === contents && senderFrame === contents.mainFrame,
          url: senderFrame.url,
        }
      : undefined;
    return answer(from, method, args);
  });
}

function showMenu(window: BrowserWindow, locale: Locale): void {
  const template = menuTemplate({
    locale,
    platform: process.platform,
    development: dev !== undefined,
    send: (command) => window.webContents.send(commandChannel, command),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
