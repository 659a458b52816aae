/**
 * What the outside world can do for the program: the typed contract between the renderer and its
 * host. Two implementations: Electron's main process behind the preload, and the browser of the
 * portable edition. All of it is data that survives structured cloning.
 */
import type { Bytes } from './largeBytes';
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

/** A file that was read, or why it was not: one broken file never hides the others. */
export interface FileRead {
  /** Without the folder it came from; `sub/a.holdfast` for one in a sub-folder. */
  readonly name: string;
  readonly read: Result<Uint8Array>;
}

export interface FolderRead {
  readonly name: string;
  readonly files: readonly FileRead[];
}

/** Where many files go: a folder the person chose, or the browser's downloads one by one. */
export interface SaveFolder {
  readonly id: string;
  /** Empty for downloads: the browser does not say where they go. */
  readonly name: string;
  readonly into: 'folder' | 'downloads';
}

export interface Host {
  info(): Promise<HostInfo>;
  /** Lets the person choose files; an empty list when they change their mind. */
  openFiles(options: {
    readonly filters: readonly FileFilter[];
    readonly multiple: boolean;
  }): Promise<Result<readonly OpenedFile[]>>;
  /**
   * Every file with one of these endings (without dots) in a folder the person chooses and in its
   * sub-folders, one level down, by name. `null` when they change their mind. Refuses with
   * `host.folderFailed`; what cannot be read is told file by file.
   */
  openFolder(options: {
    readonly extensions: readonly string[];
  }): Promise<Result<FolderRead | null>>;
  /**
   * The exchange file at a path that the person typed or pasted, in any usual notation. Desktop
   * only: a browser reads no paths (`host.noPaths`). Refuses with `host.path`, `host.pathEnding`,
   * `host.pathNetwork`, `host.readFailed`, `host.tooLarge`.
   */
  readPath(path: string): Promise<Result<OpenedFile>>;
  /** Lets the person say where many files go; `null` when they change their mind. */
  chooseSaveFolder(): Promise<Result<SaveFolder | null>>;
  /**
   * Saves one file into a folder chosen before. An earlier file of that name stays; the new one
   * gets a number, so look at the name that comes back. Refuses with `host.folderGone`.
   */
  saveInFolder(options: {
    readonly folder: string;
    readonly name: string;
    readonly bytes: Bytes;
  }): Promise<Result<{ readonly name: string }>>;
  /** Saves under a name the person may change; `null` when they change their mind. */
  saveFile(options: {
    readonly name: string;
    readonly filters: readonly FileFilter[];
    readonly bytes: Bytes;
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
  /**
   * Files that the file manager handed over, each once, those that came before anybody listened
   * included. Returns the unsubscribe.
   */
  onOpenFiles(listener: (files: readonly FileRead[]) => void): () => void;
}

export const hostCommands = ['search', 'undo', 'print', 'settings', 'import', 'exchange'] as const;
export type HostCommand = (typeof hostCommands)[number];

/**
 * What the page may ask the shell: all of the contract but subscriptions, and what feeds those. Bytes
 * cross in one piece, or, where they are many, piece by piece into a save that was begun.
 */
export interface HostCalls extends Omit<
  Host,
  'onCommand' | 'onOpenFiles' | 'saveFile' | 'saveInFolder'
> {
  /** Files handed over since the last time. */
  takeGivenFiles(): Promise<readonly FileRead[]>;
  saveFile(options: InOnePiece<Host['saveFile']>): ReturnType<Host['saveFile']>;
  saveInFolder(options: InOnePiece<Host['saveInFolder']>): ReturnType<Host['saveInFolder']>;
  /** Like `saveFile`; nothing stands under that name before `endSave`. */
  beginSave(options: WithoutBytes<Host['saveFile']>): Promise<Result<BegunSave | null>>;
  beginSaveInFolder(options: WithoutBytes<Host['saveInFolder']>): Promise<Result<BegunSave>>;
  /** After a refusal the save has ended, and nothing of it is left. */
  writeSave(options: { readonly id: string; readonly bytes: Uint8Array }): Promise<Result<null>>;
  /** Puts what was written under its name, or, without `keep`, takes it away. */
  endSave(options: { readonly id: string; readonly keep: boolean }): Promise<Result<null>>;
}

type WithoutBytes<F extends (options: never) => unknown> = Omit<Parameters<F>[0], 'bytes'>;
type InOnePiece<F extends (options: never) => unknown> = WithoutBytes<F> & {
  readonly bytes: Uint8Array;
};

/** A file that is being written. */
export interface BegunSave {
  readonly id: string;
  readonly name: string;
}

export type HostMethod = keyof HostCalls;

/** What the shell tells the page by itself, and what comes with it. */
export interface HostEvents {
  readonly command: HostCommand;
  /** Files wait to be taken. */
  readonly filesGiven: null;
}
export type HostEvent = keyof HostEvents;

/** What the desktop edition's preload puts in the page as `window.holdfastHost`. */
export interface HostBridge {
  invoke(method: HostMethod, args: readonly unknown[]): Promise<unknown>;
  /** Returns the unsubscribe. */
  on<E extends HostEvent>(event: E, listener: (payload: HostEvents[E]) => void): () => void;
}

/** Larger files are refused (`host.tooLarge`) instead of exhausting memory. Bytes. */
export const maximumFileBytes = 512 * 1024 * 1024;

/** Files of a folder beyond this much together are refused (`host.folderFull`). Bytes. */
export const maximumFolderBytes = 1024 * 1024 * 1024;

/** Ending of exchange files, without the dot. */
export const exchangeExtension = 'holdfast';
