/**
 * What the outside world can do for the program: the typed contract between the renderer and its
 * host. Two implementations: Electron's main process behind the preload, and the browser of the
 * portable edition. All of it is data that survives structured cloning.
 */
import type { Result } from './result';

export type Locale = 'en' | 'zh-CN';

export interface HostInfo {
  readonly edition: 'desktop' | 'portable';
  readonly platform: string;
  readonly version: string;
  /** The system's preferred locale. */
  readonly locale: Locale;
}

export interface FileFilter {
  readonly name: string;
  /** Without dots: `['holdfast']`. */
  readonly extensions: readonly string[];
}

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Host {
  info(): Promise<HostInfo>;
  /** Lets the person choose files; an empty list when they change their mind. */
  openFiles(options: {
    readonly filters: readonly FileFilter[];
    readonly multiple: boolean;
  }): Promise<Result<readonly OpenedFile[]>>;
  /** Saves under a name the person may change; `null` when they change their mind. */
  saveFile(options: {
    readonly name: string;
    readonly filters: readonly FileFilter[];
    readonly bytes: Uint8Array;
  }): Promise<Result<{ readonly name: string } | null>>;
  /** Opens the print dialogue for the page as shown (print style sheet). */
  print(): Promise<Result<null>>;
  /**
   * The page as shown, as a PDF the person saves. `null` when they change their mind. The portable
   * edition opens the browser's print dialogue, which saves PDF.
   */
  savePdf(options: { readonly name: string }): Promise<Result<{ readonly name: string } | null>>;
  /** Language of native menus and dialogues. */
  setLocale(locale: Locale): Promise<void>;
  /** Largest exported sequence per replica, kept outside the database against restored backups. */
  keepExported(replica: string, sequence: number): Promise<Result<null>>;
  exported(replica: string): Promise<number>;
  /** Menu commands from the native menu: ids such as `search`, `undo`. Returns the unsubscribe. */
  onCommand(listener: (command: HostCommand) => void): () => void;
}

export const hostCommands = ['search', 'undo', 'print', 'settings', 'import', 'exchange'] as const;
export type HostCommand = (typeof hostCommands)[number];

/** Everything but subscriptions travels as a call: its name and its arguments. */
export type HostMethod = Exclude<keyof Host, 'onCommand'>;

/** What the desktop edition's preload puts in the page as `window.holdfastHost`. */
export interface HostBridge {
  invoke(method: HostMethod, args: readonly unknown[]): Promise<unknown>;
  onCommand(listener: (command: HostCommand) => void): () => void;
}

/** Larger files are refused (`host.tooLarge`) instead of exhausting memory. Bytes. */
export const maximumFileBytes = 512 * 1024 * 1024;
