/** Exchange files that the file manager hands over: at the start, later, before the page is ready. */
import type { FileRead } from '../../shared/host';
import { ok } from '../../shared/result';
import { disk, readOne, type Reader } from './files';
import { pastedPath, type PathRules } from './pastedPath';

/** A person who opens more than this at once wants the folder import. */
const MOST = 1000;

export interface GivenFiles {
  /** A command line without the program itself, and the folder it was typed in. */
  fromCommandLine(args: readonly string[], folder: string): void;
  fromPath(path: string): void;
  /** Reads what has come since the last time. */
  take(): Promise<readonly FileRead[]>;
}

/** `tell` is called when files wait; the page then takes them when it can. */
export function givenFiles(
  rules: Omit<PathRules, 'base'>,
  tell: () => void,
  files: Reader = disk,
): GivenFiles {
  let waiting: string[] = [];
  const add = (paths: readonly string[]) => {
    waiting = [...new Set([...waiting, ...paths])].slice(0, MOST);
    if (paths.length) tell();
  };
  return {
    fromCommandLine: (args, folder) =>
      add(
        args.flatMap((arg) => {
          // Switches of Chromium and Electron stand between; whatever else is no exchange file.
          const path = arg.startsWith('-')
            ? undefined
            : pastedPath(arg, { ...rules, base: folder });
          return path?.ok ? [path.value] : [];
        }),
      ),
    fromPath(path) {
      add([path]);
    },
    async take() {
      const taken = waiting;
      waiting = [];
      const read: FileRead[] = [];
      for (const path of taken) {
        const one = await readOne(path, files);
        const name = path.split(/[\\/]/).at(-1) ?? path;
        read.push({ name, read: one.ok ? ok(one.value.bytes) : one });
      }
      return read;
    },
  };
}
