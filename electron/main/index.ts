/** The desktop edition's shell: wires the parts, and holds no logic of its own. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import type { HostEvent, HostEvents, Locale } from '../../shared/host';
import { preferredLocale } from '../../shared/preferredLocale';
import { callChannel, eventChannel } from '../preload/channels';
import { exportedMarks } from './exportedMarks';
import { beginSave, openFiles, readPath, saveFile, type FileDialogs } from './files';
import { openFolder, saveFolders } from './folders';
import { givenFiles } from './givenFiles';
import { answerCall, type Handlers } from './hostCalls';
import { largeSaves } from './largeSaves';
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

const rules = { platform: process.platform, home: homedir() };
const given = givenFiles(rules, () => tell('filesGiven', null));
/** Packaged, the program stands alone on the line; otherwise the folder of the program follows it. */
const ownWords = app.isPackaged ? 1 : 2;

if (app.requestSingleInstanceLock()) {
  given.fromCommandLine(process.argv.slice(ownWords), process.cwd());
  app.on('second-instance', (_event, argv, folder) => {
    given.fromCommandLine(argv.slice(ownWords), folder);
    focusWindow();
  });
  // macOS hands files over this way, and may do so before the program is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    given.fromPath(path);
    focusWindow();
  });
  void app.whenReady().then(begin);
} else {
  app.quit();
}

function begin(): void {
  lockSession(session.defaultSession, dev);
  protocol.handle(scheme, servePages(join(import.meta.dirname, '../renderer')));
  const window = createWindow(app.getPath('userData'), dev ?? startPage, dev !== undefined);
  const locale = preferredLocale(app.getPreferredSystemLanguages());
  showMenu(locale);
  answerCalls(window, locale);
}

function answerCalls(window: BrowserWindow, locale: Locale): void {
  const contents = window.webContents;
  const dialogs: FileDialogs = {
    showOpenDialog: (options) => dialog.showOpenDialog(window, options),
    showSaveDialog: (options) => dialog.showSaveDialog(window, options),
  };
  const saves = largeSaves();
  const abandon = () => void saves.abandonAll();
  contents.on('did-navigate', abandon);
  contents.on('render-process-gone', abandon);
  contents.on('destroyed', abandon);
  const handlers: Handlers = {
    info: async () => ({
      edition: 'desktop',
      platform: process.platform,
      version: app.getVersion(),
      locale,
    }),
    openFiles: openFiles(dialogs),
    openFolder: openFolder(dialogs),
    readPath: readPath(rules),
    ...saveFolders(dialogs, undefined, saves),
    beginSave: beginSave(dialogs, saves),
    writeSave: saves.writeSave,
    endSave: saves.endSave,
    takeGivenFiles: given.take,
    saveFile: saveFile(dialogs),
    print: print(contents),
    savePdf: savePdf(contents, dialogs),
    setLocale: async (chosen) => {
      window.setTitle(productName(chosen));
      showMenu(chosen);
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

function showMenu(locale: Locale): void {
  const template = menuTemplate({
    locale,
    platform: process.platform,
    development: dev !== undefined,
    send: (command) => tell('command', command),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** A page that is not there yet is told nothing; it asks when it starts. */
function tell<E extends HostEvent>(event: E, payload: HostEvents[E]): void {
  BrowserWindow.getAllWindows()[0]?.webContents.send(eventChannel, event, payload);
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
