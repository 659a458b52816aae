// Stands for Electron, which cannot run here: notes what the shell asks of it. Loaded in place of
// the module `electron` when the built main process is evaluated.
const noted = [];
const note = (name, value) => noted.push([name, value]);

const contents = {
  on: () => contents,
  mainFrame: {},
  send: () => undefined,
  loadURL: async () => undefined,
};

export class BrowserWindow {
  webContents = contents;
  constructor({ webPreferences, title }) {
    note('window', { webPreferences, title });
  }
  static getAllWindows = () => [];
  once = () => this;
  on = () => this;
  show = () => undefined;
  maximize = () => undefined;
  loadURL = async (address) => note('loadURL', address);
}

export const app = {
  isPackaged: true,
  enableSandbox: () => note('enableSandbox', true),
  commandLine: { appendSwitch: (name, value) => note('switch', [name, value]) },
  on: (event) => {
    note(`on ${event}`, true);
    return app;
  },
  requestSingleInstanceLock: () => true,
  whenReady: async () => undefined,
  quit: () => note('quit', true),
  getPath: () => '/nowhere',
  getVersion: () => '0.0.0',
  getPreferredSystemLanguages: () => ['zh-Hans-CN', 'en-GB'],
};
export const protocol = {
  registerSchemesAsPrivileged: (schemes) => note('schemes', schemes),
  handle: (scheme) => note('protocol', scheme),
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => note('permissionRequest', true),
    setPermissionCheckHandler: () => note('permissionCheck', true),
    setDevicePermissionHandler: () => note('devicePermission', true),
    on: (event) => note('session', event),
    webRequest: { onBeforeRequest: () => note('webRequest', true) },
  },
};
const area = { x: 0, y: 0, width: 1440, height: 900 };
const display = { id: 1, workArea: area };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };
export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (template) =>
    note(
      'menu',
      template.map((item) => item.label),
    ),
};
export const ipcMain = { handle: (channel) => note('handle', channel) };
export const dialog = {};

export const read = () => Object.fromEntries(noted.map(([name, value]) => [name, value]));
