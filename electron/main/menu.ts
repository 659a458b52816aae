/** The native menu in the language of the screens. Its commands go to the page. */
import type { MenuItemConstructorOptions } from 'electron';
import en from '../../resources/locales/en/menu.json';
import zhCN from '../../resources/locales/zh-CN/menu.json';
import type { HostCommand, Locale } from '../../shared/host';

const labels = { en, 'zh-CN': zhCN } satisfies Record<Locale, typeof en>;

export interface MenuOptions {
  readonly locale: Locale;
  readonly platform: NodeJS.Platform;
  /** Reload and developer tools, for those who work on the program. */
  readonly development: boolean;
  readonly send: (command: HostCommand) => void;
}

/** As the title of the window says it. */
export const productName = (locale: Locale): string => labels[locale].product;

type Template = MenuItemConstructorOptions[];

export function menuTemplate({ locale, platform, development, send }: MenuOptions): Template {
  const label = labels[locale];
  const isMac = platform === 'darwin';
  /** The page listens to these keys itself; the menu only shows them. */
  const command = (
    id: HostCommand,
    accelerator?: string,
    registerAccelerator = false,
  ): MenuItemConstructorOptions => ({
    label: label[id],
    ...(accelerator ? { accelerator, registerAccelerator } : {}),
    click: () => send(id),
  });
  const role = (
    id: NonNullable<MenuItemConstructorOptions['role']> & keyof typeof label,
  ): MenuItemConstructorOptions => ({ role: id, label: label[id] });
  const line: MenuItemConstructorOptions = { type: 'separator' };

  const application: Template = [
    {
      label: label.product,
      submenu: [
        role('about'),
        line,
        role('hide'),
        role('hideOthers'),
        role('unhide'),
        line,
        role('quit'),
      ],
    },
  ];
  return [
    ...(isMac ? application : []),
    {
      label: label.file,
      submenu: [
        command('import'),
        command('exchange'),
        line,
        command('print', 'CmdOrCtrl+P', true),
        line,
        command('settings'),
        ...(isMac ? [] : [line, role('quit')]),
      ],
    },
    {
      label: label.edit,
      submenu: [
        command('undo', 'CmdOrCtrl+Z'),
        line,
        role('cut'),
        role('copy'),
        role('paste'),
        role('selectAll'),
        line,
        command('search', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: label.view,
      submenu: [
        role('zoomIn'),
        role('zoomOut'),
        role('resetZoom'),
        line,
        role('togglefullscreen'),
        ...(development ? [line, role('reload'), role('toggleDevTools')] : []),
      ],
    },
    { label: label.window, submenu: [role('minimize'), role('close')] },
  ];
}
